// Text in which private values are masked: “card ••••”.
import type { ReactNode } from 'react'
import type { Message } from '../api-client.ts'

export type MaskedSpans = Message['private']

const NAMES: Record<string, string> = {
  email: 'e-mail',
  iban: 'IBAN',
  'national-id': 'national ID',
  'date-of-birth': 'date of birth',
  ip: 'IP address',
  'url-token': 'link with a key',
}
/** A kind of private data in words. */
export const nameOf = (type: string): string => NAMES[type] ?? type

export function Masked({ text, spans = [], shown = false }: { text: string; spans?: MaskedSpans; shown?: boolean }) {
  if (shown || spans.length === 0) return text
  const parts: ReactNode[] = []
  let at = 0
  for (const { type, start, end } of spans) {
    parts.push(text.slice(at, start), <Mask key={start} type={type} />)
    at = end
  }
  return [...parts, text.slice(at)]
}

/** The same to be read aloud. */
export const maskedWords = (text: string, spans: MaskedSpans = []): string =>
  spans.reduceRight((words, { type, start, end }) => `${words.slice(0, start)}${nameOf(type)}${words.slice(end)}`, text)

/** The same where values are known and not their places. */
export function MaskedValues({ text, values }: { text: string; values: readonly { type: string; value: string }[] }) {
  const spans: { type: string; start: number; end: number }[] = []
  for (const { type, value } of values) {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      const end = at + value.length
      if (!spans.some((one) => at < one.end && end > one.start)) spans.push({ type, start: at, end })
    }
  }
  return <Masked text={text} spans={spans.sort((one, other) => one.start - other.start)} />
}

function Mask({ type }: { type: string }) {
  return (
    <span className="mask" dir="ltr">
      {nameOf(type)} <span aria-hidden="true">••••</span>
      <span className="hidden-text">(masked)</span>
    </span>
  )
}
