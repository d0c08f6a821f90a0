// Opens the log: JSON lines with ids and reasons, never with customers' texts.
// Errors of others may quote what they were given (a refused Redis command carries its arguments), so they are masked.
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'
import { stackFrames } from '#lib'
import { redact } from '#privacy'

/** Fields that hold sentences; the others are ids, names and numbers of ours. */
const SENTENCES = ['reason', 'because', 'detail']

/** Addresses of machines are ours, and an operator needs them. */
const masked = (text: string) => redact(text, ['ip']).text

function describe(error: unknown): object {
  if (!(error instanceof Error)) return { message: masked(String(error)) }
  const { cause } = error
  return {
    type: error.name,
    message: masked(error.message),
    at: stackFrames(error).slice(0, 8),
    ...(cause === undefined ? {} : { cause: describe(cause) }),
  }
}

function withoutValues(fields: Record<string, unknown>): Record<string, unknown> {
  const sentences = SENTENCES.flatMap((name) => {
    const text = fields[name]
    return typeof text === 'string' ? [[name, masked(text)]] : []
  })
  return { ...fields, ...Object.fromEntries(sentences) }
}

export function openLogger(level: NonNullable<LoggerOptions['level']>, to: DestinationStream): Logger {
  return pino({ level, base: undefined, serializers: { err: describe }, formatters: { log: withoutValues } }, to)
}
