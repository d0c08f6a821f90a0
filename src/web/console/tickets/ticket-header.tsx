// The header of a ticket: state, SLA, actions.
import { Act } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { Ticket, User } from '../api-client.ts'
import { useDesk } from '../desk-data.tsx'
import { channelName, many, readable } from '../labels.ts'
import { Due } from '../queue/sla-badge.tsx'
import { Go } from '../router.tsx'
import { MoreMenu } from './more-menu.tsx'
import { ResolveDialog } from './resolve-dialog.tsx'
import { SnoozedNotice, SnoozeMenu } from './snooze-menu.tsx'
import { queuePath } from './ticket-page.tsx'
import { TransferDialog } from './transfer-dialog.tsx'
import type { TicketView } from './use-ticket.ts'

type Props = { ticket: Ticket; view: TicketView; user: User }

export function TicketHead({ ticket, view, user }: Props) {
  const { customer, state, priority } = ticket
  return (
    <header className="ticket-head">
      <Go className="button quiet square back" href={queuePath()} aria-label="Back to the queue">
        <Icon name="back" />
      </Go>
      <div className="ticket-who">
        <h1 dir="auto">{customer.name}</h1>
        <p>
          {customer.handle && customer.handle !== customer.name ? (
            <span>@{customer.handle.replace(/^@/, '')}</span>
          ) : null}
          <span>{channelName(customer.channel)}</span>
          <span>{readable(ticket.team)}</span>
          <span className="numbers">{ticket.id}</span>
          {customer.reach > 0 ? <span className="numbers">{many(customer.reach, 'follower')}</span> : null}
          {priority === 'urgent' || priority === 'high' ? (
            <span className={`chip ${priority === 'urgent' ? 'danger' : 'warm'}`}>{priority}</span>
          ) : null}
          {state === 'resolved' || ticket.snoozed ? null : <Due at={ticket.dueAt} answeredAt={ticket.answeredAt} />}
        </p>
        <SnoozedNotice ticket={ticket} />
      </div>
      <Holder ticket={ticket} view={view} user={user} />
      <Actions ticket={ticket} view={view} user={user} />
      {view.refusal ? (
        <div className="notice danger ticket-refusal" role="alert">
          <Icon name="alert" />
          <p>{view.refusal.message}</p>
          <Act look="quiet" small aria-label="Dismiss" onPress={view.forget}>
            <Icon name="cross" />
          </Act>
        </div>
      ) : null}
    </header>
  )
}

/** Claim, or who has the ticket. Nothing else can be pressed in this place, whatever the ticket's state. */
function Holder({ ticket: { state, owner }, view, user }: Props) {
  const { nameOf } = useDesk()
  if (state === 'waiting') {
    return (
      <div className="ticket-holder">
        <Act look="primary" isPending={view.pending === 'claim'} onPress={() => view.act('claim')}>
          Claim
        </Act>
      </div>
    )
  }
  const mine = owner === user.email
  const who = owner === undefined ? 'nobody' : nameOf(owner)
  return (
    <p className="ticket-holder" title={owner}>
      <Icon name={state === 'resolved' ? 'check' : 'person'} />{' '}
      <span>{state === 'resolved' ? 'Resolved' : mine ? 'You have it' : `${who} has it`}</span>
    </p>
  )
}

function Actions({ ticket, view, user }: Props) {
  if (ticket.state === 'resolved') return null
  const mine = ticket.owner === user.email
  const isLead = user.roles.some((role) => role === 'supervisor' || role === 'admin')
  if (ticket.state === 'claimed' && !mine && !isLead) return null
  return (
    <div className="ticket-actions">
      <TransferDialog ticket={ticket} view={view} user={user} />
      {mine ? <SnoozeMenu ticket={ticket} view={view} /> : null}
      {mine ? <ResolveDialog ticket={ticket} view={view} /> : null}
      <MoreMenu ticket={ticket} view={view} mayRelease={ticket.state === 'claimed'} />
    </div>
  )
}
