// One ticket in the queue.
import { Icon } from '../../ui/icon.tsx'
import { span, useNow } from '../../ui/relative-time.ts'
import type { TicketSummary } from '../api-client.ts'
import { channelName } from '../labels.ts'
import { Go, ticketPath } from '../router.tsx'
import { Masked } from '../tickets/masked-text.tsx'
import { Due } from './sla-badge.tsx'

type Props = { ticket: TicketSummary; me: string; current: boolean; tabIndex: number }

/** One ticket of the queue: who, what, why, and how long there is. */
export function QueueRow({ ticket, me, current, tabIndex }: Props) {
  const { customer, priority, state, owner } = ticket
  return (
    <Go
      href={ticketPath(ticket.id)}
      className={`row ${priority}`}
      aria-current={current ? 'page' : undefined}
      tabIndex={tabIndex}
    >
      <span className="row-line">
        <strong className="row-name" dir="auto">
          {customer.name}
        </strong>
        {ticket.unread > 0 ? (
          <span className="unread numbers">
            {ticket.unread}
            <span className="hidden-text"> unread</span>
          </span>
        ) : null}
        <span className="row-due">
          {state === 'resolved' ? (
            <Age since={ticket.openedAt} />
          ) : (
            <Due at={ticket.dueAt} answeredAt={ticket.answeredAt} />
          )}
        </span>
      </span>
      <span className="row-wants" dir="auto">
        <Masked text={ticket.wants} spans={ticket.private} />
      </span>
      <span className="row-because">{ticket.because}</span>
      <span className="row-line row-foot">
        {priority === 'urgent' || priority === 'high' ? (
          <span className={`chip ${priority === 'urgent' ? 'danger' : 'warm'}`}>{priority}</span>
        ) : null}
        <span>{channelName(customer.channel)}</span>
        {ticket.mood ? <span>{ticket.mood}</span> : null}
        {state !== 'resolved' ? <Age since={ticket.openedAt} /> : null}
        {owner && state === 'claimed' ? (
          <span className="row-owner">
            <Icon name="person" /> {owner === me ? 'you' : owner.split('@')[0]}
          </span>
        ) : null}
      </span>
    </Go>
  )
}

function Age({ since }: { since: string }) {
  return <span className="numbers">{span(useNow() - Date.parse(since))} old</span>
}
