// Redacts a customer's records once messages are purged: answers stay, without their values. Pure.

import escapeStringRegexp from 'escape-string-regexp'
import { type Case, type Effect, type HistoryEvent, withoutMessages, withText } from '#domain'
import { findPrivateData } from '#privacy'

export type CustomerRecords = {
  readonly case?: Case
  readonly history: readonly HistoryEvent[]
  readonly effects: readonly Effect[]
}

const REMOVED = '[removed]'
/** Shorter values are words of everybody's. */
const SHORTEST = 4
/** A text as long as this, found again as a whole, is a quotation. */
const QUOTED = 20
/** Where records hold sentences; all else is ids, numbers and names of ours. */
const SENTENCES = new Set(['text', 'because', 'doubts', 'reason', 'detail', 'tried', 'wants', 'suggestedReply'])

/** Letters and digits alone: people write `hl 20419` and the form keeps `HL-20419`. */
const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

/** Every text that each message ever had. */
function textsOf(history: readonly HistoryEvent[]): Map<string, string[]> {
  const texts = new Map<string, string[]>()
  const add = (id: string, text: string) => text && texts.set(id, [...(texts.get(id) ?? []), text])
  for (const event of history) {
    if (event.type === 'message-received') add(event.message.id, event.message.text)
    if (event.type === 'message-edited') add(event.message, event.text)
  }
  return texts
}

/** Ids of messages of which more than their newest words is kept. */
export const editedMessagesIn = (history: readonly HistoryEvent[]): string[] =>
  [...textsOf(history)].flatMap(([id, all]) => (all.length > 1 ? [id] : []))

/** The records without what the `gone` messages said, and without what the `changed` ones said before. */
export function redactMessages(
  records: CustomerRecords,
  gone: ReadonlySet<string>,
  changed: ReadonlySet<string> = new Set(),
): CustomerRecords {
  const texts = [...textsOf(records.history)]
  const isFormer = (id: string, at: number, all: readonly string[]) =>
    gone.has(id) || (changed.has(id) && at < all.length - 1)
  const lost = texts.flatMap(([id, all]) => all.filter((_, at) => isFormer(id, at, all)))
  const kept = texts.map(([id, all]) => [id, all.filter((_, at) => !isFormer(id, at, all))] as const)
  const newest = new Set<HistoryEvent>()
  for (const id of changed) {
    const last = records.history.findLast((event) => event.type === 'message-edited' && event.message === id)
    if (last) newest.add(last)
  }
  const emptied = (event: HistoryEvent) => (newest.has(event) ? event : empty(event, gone, changed))
  const elsewhere = (value: string): string | undefined => {
    const wanted = plain(value)
    return wanted && kept.find(([, all]) => all.some((text) => plain(text).includes(wanted)))?.[0]
  }
  const isLost = (value: string) => lost.some((text) => plain(text).includes(plain(value))) && !elsewhere(value)
  // A turn is read as a whole, so that what one of its messages said may be noted as said by another.
  const touched = new Set([...gone, ...changed])
  const mates = new Set(touched)
  for (const event of records.history) {
    if (event.type !== 'turn-taken' || !event.messages.some((id) => touched.has(id))) continue
    for (const id of event.messages) mates.add(id)
  }
  const left =
    records.case &&
    withoutMessages(records.case, { isTouched: (id) => mates.has(id), elsewhere, isLost, lost: lost.filter(isLost) })
  const found = lost.flatMap((text) => findPrivateData(text).map(({ start, end }) => text.slice(start, end)))
  const values = [
    ...(left?.values ?? []),
    ...found.filter(isLost),
    ...lost.filter((text) => text.length >= QUOTED && isLost(text)),
  ]
  const mask = maskOf(values.filter((value) => value.length >= SHORTEST))
  return {
    history: records.history.map((event) => mask(emptied(event))),
    effects: records.effects.map(mask),
    ...(left ? { case: { ...mask(left.case), promises: left.case.promises } } : {}),
  }
}

function emptiedEdit({ privateData: _, cutFrom: __, ...event }: Extract<HistoryEvent, { type: 'message-edited' }>) {
  return { ...event, text: '' }
}

function empty(event: HistoryEvent, gone: ReadonlySet<string>, changed: ReadonlySet<string>): HistoryEvent {
  const isEmptied = (id: string) => gone.has(id) || changed.has(id)
  switch (event.type) {
    case 'message-received':
    case 'message-echoed':
      return isEmptied(event.message.id) && event.message.text
        ? { ...event, message: withText(event.message, { text: '' }) }
        : event
    case 'message-edited':
      return isEmptied(event.message) ? emptiedEdit(event) : event
    case 'turn-taken': {
      if (gone.size + changed.size === 0) return event
      // An amount may have been said in any message before this turn.
      const { facts, ...others } = event
      const { amount: _, ...kept } = facts ?? {}
      if (!event.messages.some((id) => gone.has(id)))
        return facts && 'amount' in facts ? { ...others, facts: kept } : event
      const { understanding: __, ...rest } = others
      return rest
    }
    default:
      return event
  }
}

/** Takes values out of the sentences of a record. Notes are the agents' own. */
function maskOf(values: readonly string[]): <T extends object>(record: T) => T {
  if (!values.length) return (record) => record
  const any = values
    .toSorted((a, b) => b.length - a.length)
    .map(escapeStringRegexp)
    .join('|')
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'giu')
  const walk = (value: unknown, isSentence: boolean): unknown => {
    if (typeof value === 'string') return isSentence ? value.replaceAll(pattern, REMOVED) : value
    if (Array.isArray(value)) return value.map((one) => walk(one, isSentence))
    if (typeof value !== 'object' || value === null) return value
    const walked = Object.entries(value).map(([name, one]) => [name, walk(one, SENTENCES.has(name))] as const)
    // Where its text is another, the places in it are others: they are found again when they are wanted.
    const isSame = walked.every(([name, one]) => name !== 'text' || one === (value as { text?: unknown }).text)
    return Object.fromEntries(isSame ? walked : walked.filter(([name]) => name !== 'privateData'))
  }
  return (record) => {
    const type = 'type' in record ? record.type : undefined
    return type === 'note-added' || type === 'effect-sent' ? record : (walk(record, false) as typeof record)
  }
}
