// A circuit breaker for a failing language model, so that turns do not wait for it again and again.

export type CircuitBreaker = {
  /** Whether the model may be asked now. */
  allows(): boolean
  succeeded(): void
  failed(): void
}

/** After `failures` in a row nothing is asked for `restMs`; then one question at a time tries again. */
export function openCircuitBreaker(failures: number, restMs: number, now: () => number): CircuitBreaker {
  let inARow = 0
  let closedUntil = 0
  return {
    allows() {
      if (inARow < failures) return true
      if (now() < closedUntil) return false
      closedUntil = now() + restMs
      return true
    },
    succeeded() {
      inARow = 0
    },
    failed() {
      inARow += 1
      if (inARow >= failures) closedUntil = now() + restMs
    },
  }
}
