// The header of a ticket: state, SLA, actions.
import { Act } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { Ticket, User } from '../api-client.ts'
import { channelName, many } from '../labels.ts'
import { Due } from '../queue/sla-badge.tsx'
import { Go } from '../router.tsx'
import { ResolveDialog } from './resolve-dialog.tsx'
import { ReturnDialog } from './return-to-bot-dialog.tsx'
import { queuePath } from './ticket-page.tsx'
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
          {customer.reach > 0 ? <span className="numbers">{many(customer.reach, 'follower')}</span> : null}
          {priority === 'urgent' || priority === 'high' ? (
            <span className={`chip ${priority === 'urgent' ? 'danger' : 'warm'}`}>{priority}</span>
          ) : null}
          {state === 'resolved' ? null : <Due at={ticket.dueAt} answeredAt={ticket.answeredAt} />}
        </p>
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
  const who = mine ? 'you' : (owner?.split('@')[0] ?? 'nobody')
  return (
    <p className="ticket-holder" title={owner}>
      <Icon name={state === 'resolved' ? 'check' : 'person'} />{' '}
      <span>{state === 'resolved' ? 'Resolved' : mine ? 'You have it' : `${who} has it`}</span>
    </p>
  )
}

function Actions({ ticket, view, user }: Props) {
  if (ticket.state !== 'claimed' || ticket.owner !== user.email) return null
  return (
    <div className="ticket-actions">
      <Act isPending={view.pending === 'release'} onPress={() => view.act('release')}>
        Release
      </Act>
      <ReturnDialog view={view} />
      <ResolveDialog ticket={ticket} view={view} />
    </div>
  )
}
