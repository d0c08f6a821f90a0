// The messages of a history as they stand now: edited, deleted, sent or not. Pure.

import { type AnnotatedText, withText } from './annotated-text.ts'
import type { ConversationRef, Message } from './conversation.ts'
import type { HistoryEvent } from './history.ts'

/** How a message of ours fares. */
type Delivery = 'sending' | 'sent' | 'refused' | 'suppressed' | 'in-doubt'

export type TimelineMessage = Message & {
  readonly delivery?: Delivery
  /** Article ids behind a message of the bot. */
  readonly sources?: readonly string[]
  readonly deleted?: boolean
  /** Its author changed it; `before` is what it said last, while that is kept. */
  readonly edited?: boolean
  readonly before?: string
  readonly privateBefore?: Message['privateData']
}

/** In the order in which they were written. A message of ours stands in the conversation in which it landed. */
export function timelineOf(history: readonly HistoryEvent[]): TimelineMessage[] {
  const messages: TimelineMessage[] = []
  const places = new Map<string, number>()
  const add = (message: TimelineMessage) => {
    places.set(message.id, messages.length)
    messages.push(message)
  }
  const change = (id: string, part: Partial<TimelineMessage>) => {
    const place = places.get(id)
    const before = place === undefined ? undefined : messages[place]
    if (place !== undefined && before) messages[place] = { ...before, ...part }
  }
  const edit = (id: string, written: AnnotatedText) => {
    const place = places.get(id)
    const given = place === undefined ? undefined : messages[place]
    if (place === undefined || !given || given.deleted) return
    const { privateBefore: _, ...rest } = given
    const spans = given.privateData ? { privateBefore: given.privateData } : {}
    messages[place] = given.text
      ? { ...withText(rest, written), edited: true, before: given.text, ...spans }
      : { ...withText(given, written), edited: true }
  }
  const remove = (id: string) => {
    const place = places.get(id)
    const message = place === undefined ? undefined : messages[place]
    if (place === undefined || !message) return
    const { before: _, privateBefore: __, ...rest } = message
    messages[place] = { ...withText(rest, { text: '' }), deleted: true }
  }
  const fared = (effect: string, delivery: Delivery, conversation?: ConversationRef) =>
    change(`effect:${effect}`, { delivery, ...(conversation ? { conversation } : {}) })
  for (const event of history) {
    switch (event.type) {
      case 'message-received':
        add(event.message)
        break
      case 'message-queued':
        add({ ...event.message, delivery: 'sending', sources: event.sources })
        break
      case 'message-echoed':
        if (event.by === 'person' || event.by === 'automation') add(event.message)
        break
      case 'message-edited':
        edit(event.message, event)
        break
      case 'message-deleted':
        remove(event.message)
        break
      case 'effect-sent':
        fared(event.effect, 'sent', event.conversation)
        break
      case 'effect-retried':
        fared(event.effect, 'sending')
        break
      case 'effect-refused':
        fared(event.effect, 'refused')
        break
      case 'effect-suppressed':
        fared(event.effect, 'suppressed')
        break
      case 'effect-in-doubt':
        fared(event.effect, 'in-doubt')
        break
    }
  }
  return messages
}
