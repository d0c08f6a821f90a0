// A deadline for what may never end.
/** A deadline is waited for in so many parts. */
const PARTS = 8

/**
 * Rejects with `late()` when `work` takes longer than `ms`. While this process is too busy to hear of the outcome no time
 * passes, but for one part of it. `work` itself goes on.
 */
export async function withDeadline<T>(work: Promise<T>, ms: number, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<never>((_, reject) => {
    const wait = (parts: number) => {
      timer = setTimeout(() => {
        if (parts > 1) wait(parts - 1)
        // After the answers that arrived while this process was busy.
        else setImmediate(() => reject(late()))
      }, ms / PARTS)
    }
    wait(PARTS)
  })
  try {
    return await Promise.race([work, over])
  } finally {
    clearTimeout(timer)
  }
}
