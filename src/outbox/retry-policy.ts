// Retry policy of the outbox: timings, backoff, attempts.
/** How long an effect may take, and how long it waits; milliseconds. */
export type Timing = {
  /** A send that has leave to start must begin within this; whoever was frozen for longer asks for leave again. */
  readonly begin: number
  /** A send is cut short this long after its leave. */
  readonly end: number
  /** When to look for a send whose answer was lost, counted from the doubt; the last look comes after `end`. */
  readonly looks: readonly [number, ...number[]]
  /** The first wait before another try; each further one is twice as long. */
  readonly again: number
  /** How long a limit of the network may hold a message back before tries against it count. */
  readonly patience: number
}

export const TIMING: Timing = {
  begin: 2_000,
  end: 8_000,
  looks: [2_000, 5_000, 12_000],
  again: 500,
  patience: 6 * 3_600_000,
}

/** Tries before we give up. */
export const ATTEMPTS = 8

/** The wait before the try after `tries`, a little longer or shorter each time so that not all come at once. */
export function backoff({ again }: Timing, tries: number): number {
  return Math.min(again * 2 ** tries, 240 * again) * (0.75 + Math.random() / 2)
}

/** The wait after the look number `looks`, counted from 0; undefined after the last. A network that is away is given longer. */
export function nextLookAt({ looks: times }: Timing, looks: number, away: boolean): number | undefined {
  const next = times[looks + 1]
  if (next !== undefined) return next - (times[looks] ?? 0)
  const beyond = looks + 2 - times.length
  return away && beyond <= LONGER ? (times.at(-1) ?? 0) * 2 ** beyond : undefined
}

const LONGER = 4
