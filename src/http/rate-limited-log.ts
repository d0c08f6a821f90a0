// Rate limit for log lines that anybody outside may cause; counts the rest.

type Warn = (fields: object, message: string) => void

const MINUTE_MS = 60_000

/** Warns at most `most` times a minute; what is left out is counted, and told when the minute is over. */
export function limitedWarnings(log: { warn: Warn }, most = 10): Warn {
  let told = 0
  let isCounting = false
  const leftOut = new Map<string, number>()
  const summarise = () => {
    isCounting = false
    told = 0
    for (const [message, times] of leftOut) log.warn({ times }, `${message} (as often as that besides, in one minute)`)
    leftOut.clear()
  }
  return (fields, message) => {
    if (!isCounting) setTimeout(summarise, MINUTE_MS).unref()
    isCounting = true
    if (told++ < most) log.warn(fields, message)
    else leftOut.set(message, (leftOut.get(message) ?? 0) + 1)
  }
}
