// The ticket page: handover summary, both sides of the conversation, actions.
import { useEffect, useRef, useState } from 'react'
import { Act } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useMedia } from '../../ui/use-media-query.ts'
import { useKeys } from '../../ui/use-shortcut.ts'
import { useTitle } from '../../ui/use-title.ts'
import type { Audience, Ticket, User } from '../api-client.ts'
import { useDesk } from '../desk-data.tsx'
import { go } from '../router.tsx'
import { Composer, type Side } from './composer.tsx'
import { Brief } from './handover-summary.tsx'
import { latestRecipient, RecipientSelect, recipientsOf } from './merging.tsx'
import { Rail } from './rail.tsx'
import { ShowAll, ShownPrivateData } from './reveal.tsx'
import { TicketHead } from './ticket-header.tsx'
import { Timeline } from './timeline.tsx'
import { useDraft } from './unsent-drafts.ts'
import { type TicketView, useTicket } from './use-ticket.ts'
import { TypingLine, useViewers, ViewerFaces } from './viewers.tsx'

/** Of these, the first that is there once the page is drawn has the keyboard. */
function focusSoon(selector: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus())
}

export const queuePath = (): string => `/console/${location.search}`

export function TicketPage({ id, user }: { id: string; user: User }) {
  const view = useTicket(id)
  const { data: ticket, problem } = view
  useTitle(ticket?.customer.name ?? 'Ticket')
  useKeys({ u: () => go(queuePath()) })

  const isGone = problem?.status === 404
  // What was read of somebody who has been erased is not shown any longer.
  if (ticket && !isGone) {
    return (
      <ShownPrivateData view={view}>
        <Opened view={view} ticket={ticket} user={user} />
      </ShownPrivateData>
    )
  }
  return (
    <div className="empty centered">
      {problem ? (
        <>
          <Icon name="alert" />
          <strong>{ticket ? 'This ticket is gone: its customer was erased.' : problem.message}</strong>
          <Act onPress={() => (isGone ? go(queuePath()) : view.refresh())}>
            {isGone ? 'Back to the queue' : 'Try again'}
          </Act>
        </>
      ) : (
        <p>Loading…</p>
      )}
    </div>
  )
}

/** The side on which the customer wrote last; private in doubt. */
function latestSide({ conversations }: Ticket): Audience {
  const last = (side: Audience) =>
    Math.max(
      0,
      ...conversations
        .filter(({ audience }) => audience === side)
        .flatMap(({ messages }) => messages.flatMap((one) => (one.authorKind === 'customer' ? [one.at] : []))),
    )
  return last('public') > last('private') ? 'public' : 'private'
}

/** Where the agent chose to write, unless that is in public and the customer wrote in private since. */
function sideToOpen(ticket: Ticket, chosen: string): Audience {
  const latest = latestSide(ticket)
  return chosen === 'private' || latest === 'private' ? 'private' : 'public'
}

function Opened({ view, ticket, user }: { view: TicketView; ticket: Ticket; user: User }) {
  const draft = useDraft(ticket)
  const { parts } = draft
  const viewers = useViewers(ticket.id, user, parts)
  const { nameOf } = useDesk()
  const [side, setSide] = useState<Side>(() => sideToOpen(ticket, parts.side))
  // Nothing is written in public before the agent has said so, for this ticket.
  const [writesPublicly, setWritesPublicly] = useState(() => parts.side === 'public' && side === 'public')
  const [invites, setInvites] = useState(false)
  const [target, setTarget] = useState<{ message: string }>()
  const [railIsOpen, setRailOpen] = useState(false)

  /** Chooses a side; the public box stays folded until it is asked for. */
  const lookAt = (next: Side) => {
    setSide(next)
    if (next !== 'private') return
    setWritesPublicly(false)
    draft.write('side', 'private')
  }
  /** Chooses the side to write to; the box has the keyboard once it is drawn. */
  const writeTo = (audience: Audience, invite = invites) => {
    setSide(audience)
    setInvites(invite)
    setWritesPublicly(audience === 'public')
    draft.write('side', audience)
    focusSoon('.composer textarea')
  }
  const goTo = (next: Side) => {
    lookAt(next)
    setRailOpen(false)
    focusSoon('.composer textarea, .composer .folded button')
  }
  const jump = (message: string) => {
    setRailOpen(false)
    setTarget({ message })
  }
  /** What was made for one customer never lands on the public side. */
  const insert = (text: string, readers: Audience) => {
    const into = readers === 'private' || side !== 'public' ? 'private' : 'public'
    draft.write(into, parts[into] ? `${parts[into].trimEnd()}\n${text}` : text)
    setRailOpen(false)
    writeTo(into)
  }
  // A reply goes to whoever wrote last, until the agent has begun to write or chosen somebody.
  const recipients = recipientsOf(ticket)
  const [chosen, setChosen] = useState<string>()
  const to = [chosen, latestRecipient(ticket)].find((one) => recipients.some(({ id }) => id === one))
  const recipient = recipients.find(({ id }) => id === to)
  const hasBegun = parts.private.trim() !== '' || parts.public.trim() !== ''
  useEffect(() => {
    if (hasBegun && to !== undefined) setChosen(to)
  }, [hasBegun, to])
  useEffect(() => {
    if (!hasBegun) setChosen(undefined)
  }, [hasBegun])
  const addressed = recipient ? { ...ticket, customer: recipient.customer, sides: recipient.sides } : ticket
  const wide = useMedia('(min-width: 1181px)')
  const sayInPrivate = () => {
    draft.write('private', [parts.private.trimEnd(), parts.public].filter(Boolean).join('\n'))
    draft.write('public', '')
    writeTo('private')
  }
  const mine = ticket.owner === user.email && ticket.state === 'claimed'
  const claimable = ticket.state === 'waiting'
  // Whoever has just claimed goes on with the reply; pressing Enter twice does nothing there.
  const wasMine = useRef(mine)
  useEffect(() => {
    if (mine && !wasMine.current) focusSoon('.composer textarea, .composer')
    wasMine.current = mine
  }, [mine])
  // What stands before the eyes of whoever holds the ticket is no longer unread.
  const { seen } = view
  const isUnread = mine && ticket.unread > 0
  useEffect(() => {
    if (!isUnread) return
    const look = () => {
      if (document.visibilityState === 'visible') seen()
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [isUnread, seen])
  useKeys({
    c: () => void (claimable && view.act('claim')),
    r: () => goTo('private'),
    p: () => goTo('public'),
    n: () => goTo('note'),
    Escape: () => setRailOpen(false),
  })

  return (
    <article className="ticket" aria-label={`Ticket of ${ticket.customer.name}`}>
      <div className="ticket-main">
        <TicketHead
          ticket={ticket}
          view={view}
          user={user}
          nameOf={nameOf}
          viewers={<ViewerFaces viewers={viewers} />}
          onRail={wide ? undefined : () => setRailOpen(!railIsOpen)}
        />
        <Brief ticket={ticket} />
        <ShowAll ticket={ticket} />
        {ticket.danger ? <DangerBanner ticket={ticket} /> : null}
        <Timeline ticket={ticket} view={view} user={user} nameOf={nameOf} target={target} />
        <Composer
          ticket={addressed}
          {...(to === undefined ? {} : { part: to })}
          recipients={<RecipientSelect recipients={recipients} to={to ?? ticket.id} onTo={setChosen} />}
          view={view}
          mine={mine}
          nameOf={nameOf}
          side={side}
          onSide={lookAt}
          draft={draft}
          writesPublicly={writesPublicly}
          invites={invites}
          onInvites={setInvites}
          onWrite={writeTo}
          onInsert={insert}
          onPrivate={addressed.sides.private.open ? sayInPrivate : undefined}
          typing={<TypingLine viewers={viewers} />}
        />
      </div>
      {wide || railIsOpen ? (
        <aside className="rail" aria-label="What is known">
          {wide ? null : (
            <Act look="quiet" small onPress={() => setRailOpen(false)}>
              <Icon name="back" /> Back to the conversation
            </Act>
          )}
          <Rail
            ticket={ticket}
            view={view}
            user={user}
            nameOf={nameOf}
            onJump={jump}
            onInsert={mine ? insert : undefined}
            onNote={() => goTo('note')}
          />
        </aside>
      ) : null}
    </article>
  )
}

/** Somebody may need help at once: what the rules that called a person say is to be done. */
function DangerBanner({ ticket: { reasons } }: { ticket: Ticket }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <section className="danger-banner" aria-label="Danger" tabIndex={0}>
      <Icon name="alert" />
      <div>
        <strong>Somebody may be in danger</strong>
        <ol>
          {reasons.slice(0, 3).map(({ rule, because }) => (
            <li key={rule}>{because}</li>
          ))}
        </ol>
      </div>
    </section>
  )
}
