import { Act } from '../../look/act.tsx'
import { Icon } from '../../look/icon.tsx'
import type { Ticket, User } from '../ask.ts'
import { Due } from '../queue/due.tsx'
import { Go } from '../route.tsx'
import { channelName, many } from '../words.ts'
import { ReturnDialog } from './return-dialog.tsx'
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
        <h1>{customer.name}</h1>
        <p>
          {customer.handle && customer.handle !== customer.name ? (
            <span>@{customer.handle.replace(/^@/, '')}</span>
          ) : null}
          <span>{channelName(customer.channel)}</span>
          {customer.reach > 0 ? <span className="numbers">{many(customer.reach, 'follower')}</span> : null}
          {priority === 'urgent' || priority === 'high' ? (
            <span className={`chip ${priority === 'urgent' ? 'danger' : 'warm'}`}>{priority}</span>
          ) : null}
          {state === 'resolved' ? <span className="chip good">resolved</span> : <Due at={ticket.dueAt} />}
        </p>
      </div>
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

function Actions({ ticket, view, user }: Props) {
  const { pending, act } = view
  if (ticket.state === 'waiting') {
    return (
      <div className="ticket-actions">
        <Act look="primary" isPending={pending === 'claim'} onPress={() => act('claim')}>
          Claim
        </Act>
      </div>
    )
  }
  if (ticket.state === 'resolved') return null
  if (ticket.owner !== user.email) {
    return (
      <p className="ticket-owner">
        <Icon name="person" /> {ticket.owner} is on it
      </p>
    )
  }
  return (
    <div className="ticket-actions">
      <Act isPending={pending === 'release'} onPress={() => act('release')}>
        Release
      </Act>
      <ReturnDialog view={view} />
      <Act look="primary" isPending={pending === 'resolve'} onPress={() => act('resolve')}>
        Resolve
      </Act>
    </div>
  )
}
