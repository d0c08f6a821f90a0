// Values that a customer gave in what they wrote, for the handover summary: nobody asks for them again. Pure.
import { type HistoryEvent, timelineOf } from '#domain'
import { normaliseValue, type PrivateSpan, type PrivateType } from '#privacy'
import { maskedSpans } from './pii-masking.ts'
import type { Brief } from './ticket-view.ts'

type StatedFact = Brief['facts'][number]

/** What a value is called in the summary. Other private data is no detail that an agent asks for. */
const NAMES: Partial<Record<PrivateType, string>> = {
  order: 'order',
  email: 'e-mail',
  phone: 'phone',
  name: 'name',
  account: 'account',
  address: 'address',
  'date-of-birth': 'date of birth',
}

/** So many are stated, the last ones. */
const MOST = 12

/** Codes that nobody names: booking references, flights, user names. They are no words, and hold a digit or an underscore. */
const REFERENCE =
  /(?<![\p{L}\p{N}_@./#-])(?:(?=[A-Z\d-]*\d)(?=[A-Z\d-]*[A-Z])[A-Z\d]{2,}(?:-[A-Z\d]+)*|\p{L}+(?:_[\p{L}\p{N}]+)+)(?![\p{L}\p{N}_@/-]|\.\p{L})/gu
const SHORTEST_REFERENCE = 5

/** The values in the customer's messages since `from` that `facts` do not state, each once, oldest first. */
export function givenValues(
  history: readonly HistoryEvent[],
  from: number,
  facts: readonly { readonly value: string }[],
): readonly StatedFact[] {
  const stated = new Set<string>()
  const known = facts.map(({ value }) => plain(value))
  const given: StatedFact[] = []
  for (const message of timelineOf(history)) {
    if (message.authorKind !== 'customer' || message.deleted || message.at < from) continue
    const { text, privateData = [] } = message
    const add = (name: string, value: string, key: string, masked: readonly PrivateSpan[]) => {
      if (stated.has(key) || known.some((one) => one.includes(plain(value)))) return
      stated.add(key)
      given.push({ name, value, messageId: message.id, private: masked })
    }
    for (const span of privateData) {
      const name = span.replaced ? undefined : NAMES[span.type]
      const value = text.slice(span.start, span.end)
      if (name !== undefined) add(name, value, normaliseValue(span.type, value), masked(span, text))
    }
    for (const { 0: value, index } of text.matchAll(REFERENCE)) {
      const isOther = privateData.some(({ start, end }) => start < index + value.length && end > index)
      if (!isOther && value.length >= SHORTEST_REFERENCE) add('reference', value, plain(value), [])
    }
  }
  return given.slice(-MOST)
}

const plain = (value: string): string => value.toLowerCase().replace(/[^\p{L}\p{N}@]/gu, '')

/** A value's places that are masked, counted from its own beginning. */
function masked(value: PrivateSpan, text: string): readonly PrivateSpan[] {
  return maskedSpans(text, [value]).map(({ type }) => ({ type, start: 0, end: value.end - value.start }))
}
