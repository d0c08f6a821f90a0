// The header of a ticket: who it is, when it is due, who holds it, what can be done.
import { type ReactNode, useState } from 'react'
import { Act } from '../../ui/button.tsx'
import { present } from '../../ui/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { useMedia } from '../../ui/use-media-query.ts'
import type { Ticket, User } from '../api-client.ts'
import type { NameOf } from '../desk-data.tsx'
import { channelName, readable } from '../labels.ts'
import { Due } from '../queue/sla-badge.tsx'
import { Go, ticketPath } from '../router.tsx'
import { MoreMenu } from './more-menu.tsx'
import { ResolveDialog } from './resolve-dialog.tsx'
import { choicesAt, SnoozedNotice, SnoozeMenu } from './snooze-menu.tsx'
import { queuePath } from './ticket-page.tsx'
import { TransferDialog } from './transfer-dialog.tsx'
import type { TicketView } from './use-ticket.ts'

type Props = {
  ticket: Ticket
  view: TicketView
  user: User
  nameOf: NameOf
  /** Who else looks. */
  viewers: ReactNode
  /** Opens the rail, where there is no room for it beside the conversation. */
  onRail?: () => void
}

export function TicketHead({ ticket, view, user, nameOf, viewers, onRail }: Props) {
  const { customer, state, priority } = ticket
  return (
    <header className="ticket-head">
      <Go className="button quiet square back" href={queuePath()} aria-label="Back to the queue">
        <Icon name="back" />
      </Go>
      <div className="ticket-who">
        <h1 dir="auto" title={customer.name}>
          {customer.name}
        </h1>
        <p>
          {customer.handle && customer.handle !== customer.name ? (
            <bdi>@{customer.handle.replace(/^@/, '')}</bdi>
          ) : null}
          <span>{channelName(customer.channel)}</span>
          <span>{readable(ticket.team)}</span>
          <span className="numbers">{ticket.id}</span>
          {priority === 'urgent' || priority === 'high' ? (
            <span className={`ticket-priority ${priority}`}>{priority}</span>
          ) : null}
          {state === 'resolved' || ticket.snoozed ? null : <Due at={ticket.dueAt} answeredAt={ticket.answeredAt} />}
        </p>
        <SnoozedNotice ticket={ticket} />
      </div>
      {viewers}
      <Actions ticket={ticket} view={view} user={user} onRail={onRail} />
      <Holder ticket={ticket} view={view} user={user} nameOf={nameOf} />
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
function Holder({
  ticket: { state, owner, mergedInto },
  view,
  user,
  nameOf,
}: Pick<Props, 'ticket' | 'view' | 'user' | 'nameOf'>) {
  if (state === 'waiting') {
    return (
      <div className="ticket-holder">
        <Act look="primary" isPending={view.pending === 'claim'} onPress={() => view.act('claim')}>
          Claim
        </Act>
      </div>
    )
  }
  if (mergedInto) {
    return (
      <p className="ticket-holder">
        <Icon name="merge" />{' '}
        <span>
          Merged into <Go href={ticketPath(mergedInto)}>{mergedInto}</Go>
        </span>
      </p>
    )
  }
  const mine = owner === user.email
  return (
    <p className="ticket-holder" title={owner}>
      <Icon name={state === 'resolved' ? 'check' : 'person'} />{' '}
      <span>
        {state === 'resolved' ? 'Resolved' : mine ? 'You have it' : `${owner ? nameOf(owner) : 'nobody'} has it`}
      </span>
    </p>
  )
}

/** On a phone all of it stands in the menu. */
function Actions({ ticket, view, user, onRail }: Pick<Props, 'ticket' | 'view' | 'user' | 'onRail'>) {
  const [opened, setOpened] = useState<'resolve' | 'transfer'>()
  const isPhone = useMedia('(max-width: 760px)')
  const mine = ticket.state === 'claimed' && ticket.owner === user.email
  const isLead = user.roles.some((role) => role === 'supervisor' || role === 'admin')
  const mayAct = ticket.state === 'waiting' || mine || (ticket.state === 'claimed' && isLead)
  const takeOver =
    isLead && !mine && ticket.state === 'claimed' ? () => void view.act('transfer', { to: user.email }) : undefined
  const openOf = (name: 'resolve' | 'transfer') => ({
    isOpen: opened === name,
    onOpenChange: (open: boolean) => setOpened(open ? name : undefined),
  })
  const snoozes = ticket.snoozed
    ? [{ name: 'Take up again', act: () => void view.act('unsnooze') }]
    : choicesAt(new Date(present())).map(([name, until]) => ({
        name: `Snooze: ${name.toLowerCase()}`,
        act: () => void view.act('snooze', until ? { until: until.toISOString() } : {}),
      }))
  const first = [
    ...(mine ? [{ name: 'Resolve…', act: () => setOpened('resolve') }] : []),
    ...(takeOver ? [{ name: 'Take over', act: takeOver }] : []),
    { name: 'Transfer…', act: () => setOpened('transfer') },
    ...(mine ? snoozes : []),
  ]
  return (
    <div className="ticket-actions">
      {onRail ? (
        <Act look="quiet" square aria-label="Facts, customer, notes, history" onPress={onRail}>
          <Icon name="rail" />
        </Act>
      ) : null}
      {mayAct ? (
        <>
          <div className="ticket-buttons">
            {takeOver && !isPhone ? (
              <Act isPending={view.pending === 'transfer'} onPress={takeOver}>
                Take over
              </Act>
            ) : null}
            <TransferDialog ticket={ticket} view={view} user={user} {...openOf('transfer')} />
            {mine && !isPhone ? <SnoozeMenu ticket={ticket} view={view} /> : null}
            {mine ? <ResolveDialog ticket={ticket} view={view} {...openOf('resolve')} /> : null}
          </div>
          <MoreMenu ticket={ticket} view={view} mayRelease={ticket.state === 'claimed'} first={isPhone ? first : []} />
        </>
      ) : null}
    </div>
  )
}
