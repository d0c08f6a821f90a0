// One ticket: the brief, both sides of the conversation, and what can be done.
import { useState } from 'react'
import { Act } from '../../look/act.tsx'
import { Icon } from '../../look/icon.tsx'
import { useMedia } from '../../look/media.ts'
import type { Audience, Ticket, User } from '../ask.ts'
import { useKeys } from '../keys.ts'
import { go } from '../route.tsx'
import { useTitle } from '../title.ts'
import { many } from '../words.ts'
import { Brief } from './brief.tsx'
import { ConversationTabs } from './conversation-tabs.tsx'
import { keepDraft, readDraft } from './drafts.ts'
import { Facts } from './facts.tsx'
import { History } from './history.tsx'
import { Notes } from './notes.tsx'
import { ShowAll, ShownPrivateData } from './shown.tsx'
import { TicketHead } from './ticket-head.tsx'
import { type TicketView, useTicket } from './use-ticket.ts'

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

/** The side on which the customer spoke last. */
function latestSide({ conversations }: Ticket): Audience {
  const last = (one: Ticket['conversations'][number]) => one.messages.at(-1)?.at ?? 0
  return [...conversations].sort((one, other) => last(other) - last(one))[0]?.audience ?? 'private'
}

function Opened({ view, ticket, user }: { view: TicketView; ticket: Ticket; user: User }) {
  const [audience, setAudience] = useState<Audience>(() => latestSide(ticket))
  const [target, setTarget] = useState<{ message: string }>()
  // Drafts outlive this page, so that looking at another ticket loses nothing.
  const [, redraw] = useState(0)
  const write = (text: string) => {
    keepDraft(ticket.id, audience, text)
    redraw((count) => count + 1)
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
    const draft = readDraft(ticket.id, side)
    keepDraft(ticket.id, side, draft ? `${draft.trimEnd()}\n${text}` : text)
    setAudience(side)
    redraw((count) => count + 1)
    // The other side's box is there once it is drawn.
    requestAnimationFrame(() => document.querySelector<HTMLTextAreaElement>('.composer textarea')?.focus())
  }
  const wide = useMedia('(min-width: 1181px)')
  const sayInPrivate = () => {
    const draft = readDraft(ticket.id, 'private')
    keepDraft(ticket.id, 'private', [draft.trimEnd(), readDraft(ticket.id, 'public')].filter(Boolean).join('\n'))
    keepDraft(ticket.id, 'public', '')
    setAudience('private')
  }
  const claimable = ticket.state === 'waiting'
  useKeys({
    c: () => void (claimable && view.act('claim')),
    p: () => setAudience(audience === 'public' ? 'private' : 'public'),
    r: () => document.querySelector<HTMLElement>('.composer textarea')?.focus(),
    n: () => document.querySelector<HTMLElement>('.notes textarea')?.focus(),
  })

  const mine = ticket.owner === user.email && ticket.state === 'claimed'
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
            <Facts ticket={ticket} onJump={jump} />
          </details>
        )}
        <ConversationTabs
          user={user}
          ticket={ticket}
          view={view}
          mine={mine}
          audience={audience}
          onAudience={setAudience}
          target={target}
          draft={readDraft(ticket.id, audience)}
          onDraft={write}
          onPrivate={sayInPrivate}
        />
      </div>
      <aside className="rail" aria-label="What is known">
        {wide ? <Facts ticket={ticket} onJump={jump} /> : null}
        <Notes ticket={ticket} view={view} />
        <History ticket={ticket} />
      </aside>
    </article>
  )
}
