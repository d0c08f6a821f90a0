// A customer's whole story, from all sides, in the order of time: for whoever has to find out what went wrong.
import type { HistoryEvent } from '#domain'
import type { History } from './record.ts'

const short = (text: string) => `“${text.length > 70 ? `${text.slice(0, 70)}…` : text}”`

export function storyOf(history: History, customer: string): string {
  const kept = history.store.customers.find((one) => one.id === customer)
  const ids = new Set(kept?.history.flatMap((event) => (event.type === 'message-received' ? [event.message.id] : [])))
  const user = customer.slice(customer.lastIndexOf(':') + 1)
  const lines: { at: number; says: string }[] = []
  const add = (at: number | undefined, says: string) => at && lines.push({ at, says })
  for (const said of history.said) {
    if (!ids.has(said.id) && said.user !== user) continue
    add(
      said.sentAt,
      `customer  ${said.id} ${said.audience} ${short(said.text)}${said.changed ? ' (later taken back)' : ''}`,
    )
    add(said.ackedAt, `warmline  ${said.id} acknowledged`)
  }
  for (const event of kept?.history ?? []) add(event.at, `store     ${sayEvent(event)}`)
  const texts = new Set(kept?.history.flatMap((event) => (event.type === 'message-queued' ? [event.message.text] : [])))
  for (const seen of history.seen) {
    if (!ids.has(seen.to) && seen.to !== user) continue
    const known = texts.has(seen.text) ? '' : ' (not in the store)'
    add(seen.at, `network   ${seen.id} to ${seen.to} ${seen.audience} ${short(seen.text)}${known}`)
  }
  for (const act of history.acts) {
    if (act.customer !== customer) continue
    add(act.askedAt, `agent     ${act.agent} asks: ${act.what} ${act.ticket} ${act.text ? short(act.text) : ''}`)
    add(act.answeredAt, `agent     ${act.agent} is answered ${act.status}: ${act.what} ${act.ticket}`)
  }
  for (const { user: who, ackedAt } of history.inboxWords) {
    if (who === user) add(ackedAt, 'inbox     somebody answered in the network’s own inbox, and that was acknowledged')
  }
  const start = Math.min(...lines.map(({ at }) => at))
  const told = lines
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, says }) => `  ${String(at - start).padStart(7)} ms  ${says}`)
  const end = kept
    ? `  at the end: owner ${kept.owner}, epoch ${kept.epoch}, waiting [${kept.mailbox}], outbox [${kept.outbox}], effects ${JSON.stringify(kept.effects)}, ticket ${JSON.stringify(kept.case?.ticket?.id)} ${kept.case?.ticket?.state ?? ''}`
    : '  the store does not know this customer'
  return [`  ${customer}`, ...told, end].join('\n')
}

function sayEvent(event: HistoryEvent): string {
  switch (event.type) {
    case 'message-received':
      return `received ${event.message.id}`
    case 'message-queued':
      return `queued ${event.effect} ${event.message.authorKind} ${event.message.conversation.audience} ${short(event.message.text)}`
    case 'turn-taken':
      return `turn of ${event.messages.join(', ')}: ${event.outcome} (${event.reasons.map(({ rule }) => rule).join(', ')})`
    case 'message-echoed':
      return `echo ${event.message.id} by ${event.by}`
    default: {
      const { at: _, type, caseId: __, ...rest } = event
      return `${type} ${JSON.stringify(rest)}`
    }
  }
}
