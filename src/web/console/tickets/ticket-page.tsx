// The ticket page: handover summary, both sides of the conversation, actions.
import { useEffect, useRef, useState } from 'react'
import { Act } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useMedia } from '../../ui/use-media-query.ts'
import { useKeys } from '../../ui/use-shortcut.ts'
import { useTitle } from '../../ui/use-title.ts'
import type { Audience, Ticket, User } from '../api-client.ts'
import { many } from '../labels.ts'
import { go } from '../router.tsx'
import { ConversationTabs } from './conversation-tabs.tsx'
import { Facts } from './customer-facts.tsx'
import { Brief } from './handover-summary.tsx'
import { History } from './history.tsx'
import { Notes } from './notes.tsx'
import { ShowAll, ShownPrivateData } from './reveal.tsx'
import { TicketHead } from './ticket-header.tsx'
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

  if (ticket) {
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
          <strong>{problem.message}</strong>
          <Act onPress={() => (problem.status === 404 ? go(queuePath()) : view.refresh())}>
            {problem.status === 404 ? 'Back to the queue' : 'Try again'}
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
  const [audience, setAudience] = useState<Audience>(() => sideToOpen(ticket, parts.side))
  // Nothing is written in public before the agent has said so, for this ticket.
  const [writesPublicly, setWritesPublicly] = useState(() => parts.side === 'public' && audience === 'public')
  const [invites, setInvites] = useState(false)
  const [target, setTarget] = useState<{ message: string }>()

  const lookAt = (side: Audience) => {
    setAudience(side)
    if (side === 'public') return
    setWritesPublicly(false)
    draft.write('side', 'private')
  }
  /** Chooses the side to write to; the box has the keyboard once it is drawn. */
  const writeTo = (side: Audience, invite = invites) => {
    setAudience(side)
    setInvites(invite)
    setWritesPublicly(side === 'public')
    draft.write('side', side)
    focusSoon('.composer textarea')
  }
  const jump = (message: string) => {
    const side = ticket.conversations.find(({ messages }) => messages.some(({ id }) => id === message))
    if (!side) return
    setAudience(side.audience)
    setTarget({ message })
  }
  /** What was made for one customer never lands on the public side. */
  const insert = (text: string, readers?: Audience) => {
    const side = readers === 'private' ? 'private' : audience
    draft.write(side, parts[side] ? `${parts[side].trimEnd()}\n${text}` : text)
    writeTo(side)
  }
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
    p: () => lookAt(audience === 'public' ? 'private' : 'public'),
    r: () => document.querySelector<HTMLElement>('.composer textarea, .composer button')?.focus(),
    n: () => document.querySelector<HTMLElement>('.notes textarea')?.focus(),
  })

  return (
    <article className="ticket" aria-label={`Ticket of ${ticket.customer.name}`}>
      <div className="ticket-main">
        <TicketHead ticket={ticket} view={view} user={user} />
        <Brief ticket={ticket} view={view} user={user} onInsert={mine ? insert : undefined} />
        <ShowAll ticket={ticket} />
        {wide ? null : (
          <details className="known">
            <summary>
              What is known: {many(ticket.brief.facts.length, 'fact')}, {many(ticket.reasons.length, 'reason')}
            </summary>
            <Facts ticket={ticket} view={view} onJump={jump} />
          </details>
        )}
        <div className="present">
          <ViewerFaces viewers={viewers} />
          <TypingLine viewers={viewers} />
        </div>
        <ConversationTabs
          user={user}
          ticket={ticket}
          view={view}
          mine={mine}
          audience={audience}
          onAudience={lookAt}
          target={target}
          draft={draft}
          writesPublicly={writesPublicly}
          invites={invites}
          onInvites={setInvites}
          onWrite={writeTo}
          onPrivate={ticket.sides.private.open ? sayInPrivate : undefined}
        />
      </div>
      <aside className="rail" aria-label="What is known">
        {wide ? <Facts ticket={ticket} view={view} onJump={jump} /> : null}
        <Notes ticket={ticket} view={view} draft={draft} />
        <History ticket={ticket} />
      </aside>
    </article>
  )
}
