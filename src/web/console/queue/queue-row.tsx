// One ticket in the queue.
import { moment, span, useNow } from '../../ui/relative-time.ts'
import type { TicketSummary } from '../api-client.ts'
import { useDesk } from '../desk-data.tsx'
import { channelName, readable } from '../labels.ts'
import { Go, ticketPath } from '../router.tsx'
import { Masked } from '../tickets/masked-text.tsx'
import { Due } from './sla-badge.tsx'

type Props = { ticket: TicketSummary; me: string; current: boolean; tabIndex: number }

/** One ticket of the queue, in two lines: who, where and how long there is; what they want. */
export function QueueRow({ ticket, me, current, tabIndex }: Props) {
  const { customer, priority, state, owner } = ticket
  const { nameOf } = useDesk()
  return (
    <Go
      href={ticketPath(ticket.id)}
      className={`row ${priority} ${isLate(ticket, useNow()) ? 'overdue' : ''}`}
      aria-current={current ? 'page' : undefined}
      tabIndex={tabIndex}
    >
      <span className="row-line">
        <Priority of={priority} />
        <strong className="row-name" dir="auto">
          {customer.name}
        </strong>
        <span className="row-where">
          {channelName(customer.channel)} · {readable(ticket.team)}
          {owner && state === 'claimed' ? ` · ${owner === me ? 'you' : nameOf(owner)}` : ''}
        </span>
        <span className="row-due">
          <When ticket={ticket} />
        </span>
      </span>
      <span className="row-line">
        <span className="row-wants" dir="auto">
          {ticket.wants ? <Masked text={ticket.wants} spans={ticket.private} /> : 'No words: see what they sent'}
        </span>
        {ticket.mood.startsWith('furious') ? <span className="row-mood">furious</span> : null}
        {ticket.unread > 0 ? <span className="unread numbers">{ticket.unread} new</span> : null}
      </span>
    </Go>
  )
}

/** Urgent is a filled dot, high a ring; what is normal has nothing. */
function Priority({ of }: { of: TicketSummary['priority'] }) {
  if (of !== 'urgent' && of !== 'high') return null
  return <span className={`priority ${of}`} role="img" aria-label={of} title={of} />
}

const isLate = ({ state, answeredAt, snoozed, dueAt }: TicketSummary, now: number): boolean =>
  state !== 'resolved' && !answeredAt && !snoozed && Date.parse(dueAt) < now

function When({ ticket }: { ticket: TicketSummary }) {
  if (ticket.state === 'resolved') return <Age since={ticket.openedAt} />
  if (ticket.snoozed) {
    const { until } = ticket.snoozed
    return <span className="due numbers">put aside{until ? ` until ${moment(Date.parse(until))}` : ''}</span>
  }
  return <Due at={ticket.dueAt} answeredAt={ticket.answeredAt} />
}

function Age({ since }: { since: string }) {
  return <span className="numbers">{span(useNow() - Date.parse(since))} old</span>
}
