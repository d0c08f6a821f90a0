// The conversation as one timeline: both sides, notes, and what happened to the ticket, in order of time.
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Act } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { exactly, moment } from '../../ui/relative-time.ts'
import { type Audience, asProblem, type Message, type Ticket, type User } from '../api-client.ts'
import type { NameOf } from '../desk-data.tsx'
import { happened, many } from '../labels.ts'
import { MessageLine } from './message.tsx'
import type { TicketView } from './use-ticket.ts'

type Props = {
  ticket: Ticket
  view: TicketView
  user: User
  nameOf: NameOf
  /** The message to show; a new object each time it is asked for. */
  target?: { message: string }
}

/** Of the history, what tells whose hands the ticket was in. */
const MOVES = new Set([
  'ticket-opened',
  'ticket-claimed',
  'ticket-released',
  'ticket-resolved',
  'ticket-returned',
  'ticket-reopened',
  'ticket-transferred',
  'ticket-snoozed',
  'ticket-unsnoozed',
  'ticket-merged',
  'ticket-split',
  'expert-asked',
  'expert-revoked',
])

type Part = NonNullable<Ticket['parts']>[number]

type Entry =
  | {
      readonly at: number
      readonly kind: 'message'
      readonly message: Message
      readonly audience: Audience
      readonly part?: Part
    }
  | { readonly at: number; readonly kind: 'note'; readonly note: Ticket['notes'][number] }
  | { readonly at: number; readonly kind: 'move'; readonly move: Ticket['history'][number] }

/** Everything in order. What is older than the first message that is shown comes with the page of that time. */
function entriesOf({ conversations, notes, history, earlier, parts = [] }: Ticket): readonly Entry[] {
  const messages = conversations.flatMap(({ audience, part: of, messages: some }) => {
    const part = parts.find(({ id }) => id === of)
    return some.map((message) => ({
      ...{ at: message.at, kind: 'message' as const, message, audience },
      ...(part ? { part } : {}),
    }))
  })
  const from = earlier > 0 ? Math.min(...messages.map(({ at }) => at)) : 0
  const others: Entry[] = [
    ...notes.map((note) => ({ at: Date.parse(note.at), kind: 'note' as const, note })),
    ...history.flatMap((move) =>
      MOVES.has(move.what) ? [{ at: Date.parse(move.at), kind: 'move' as const, move }] : [],
    ),
  ]
  return [...messages, ...others.filter(({ at }) => at >= from)].sort((one, other) => one.at - other.at)
}

/** Neighbours that are bystanders' posts, together. */
function runsOf(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const runs: Entry[][] = []
  for (const entry of entries) {
    const last = runs.at(-1)
    if (last && isBystander(entry) && isBystander(last[0])) last.push(entry)
    else runs.push([entry])
  }
  return runs
}
const isBystander = (entry: Entry | undefined) => entry?.kind === 'message' && entry.message.authorKind === 'bystander'

export function Timeline({ ticket, view, user, nameOf, target }: Props) {
  const scroll = useRef<HTMLElement>(null)

  useEffect(() => {
    if (!target) return
    const line = [...(scroll.current?.querySelectorAll<HTMLElement>('[data-message]') ?? [])].find(
      ({ dataset }) => dataset.message === target.message,
    )
    line?.closest('details')?.setAttribute('open', '')
    line?.scrollIntoView({ block: 'center' })
    line?.focus()
  }, [target])

  const lineOf = (entry: Entry): ReactNode => {
    if (entry.kind === 'note') return <NoteLine key={`note ${entry.note.at}`} note={entry.note} nameOf={nameOf} />
    if (entry.kind === 'move')
      return <MoveLine key={`${entry.move.what} ${entry.move.at}`} move={entry.move} nameOf={nameOf} />
    const { message, audience, part } = entry
    return (
      <MessageLine
        key={message.id}
        message={message}
        audience={audience}
        channel={(part ?? ticket).customer.channel}
        author={authorOf(message, part ?? ticket, nameOf)}
        part={part}
        marked={target?.message === message.id}
        view={view}
        user={user}
      />
    )
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <section className="messages" ref={scroll} aria-label="Conversation" tabIndex={0}>
      <div>
        {ticket.earlier > 0 ? <ShowEarlier count={ticket.earlier} view={view} /> : null}
        <ol>
          {runsOf(entriesOf(ticket)).map((run) => {
            const [first] = run
            if (!first || !isBystander(first)) return run.map(lineOf)
            return (
              <li key={`others ${first.at}`} className="bystanders">
                <details>
                  <summary>{many(run.length, 'post')} by others</summary>
                  <ol>{run.map(lineOf)}</ol>
                </details>
              </li>
            )
          })}
        </ol>
      </div>
    </section>
  )
}

/** The names that people go by; networks often give a number. */
function authorOf({ authorKind, author }: Message, { customer }: Pick<Ticket, 'customer'>, nameOf: NameOf): string {
  if (authorKind === 'agent') return nameOf(author)
  return authorKind === 'customer' ? customer.name : author
}

function NoteLine({ note: { by, text, at }, nameOf }: { note: Ticket['notes'][number]; nameOf: NameOf }) {
  return (
    <li className="message ours note">
      <div className="bubble">
        <p className="message-head">
          <strong>
            <bdi>{nameOf(by)}</bdi>
          </strong>
          <span className="message-side">
            <Icon name="note" /> Note, colleagues only
          </span>
          <time dateTime={at} title={exactly(at)} className="numbers">
            {moment(at)}
          </time>
        </p>
        <p className="message-text" dir="auto">
          {text}
        </p>
      </div>
    </li>
  )
}

const SAYS_MORE = new Set(['ticket-merged', 'ticket-split', 'expert-asked', 'expert-revoked'])

function MoveLine({ move: { at, what, by, detail }, nameOf }: { move: Ticket['history'][number]; nameOf: NameOf }) {
  return (
    <li className="move">
      <span>
        {happened(what)}
        {SAYS_MORE.has(what) && detail ? ` ${detail.split(', until')[0]}` : ''}
        {by && by !== 'bot' ? (
          <>
            {' '}
            by <bdi>{nameOf(by)}</bdi>
          </>
        ) : null}{' '}
        <time dateTime={at} title={exactly(at)} className="numbers">
          {moment(at)}
        </time>
      </span>
    </li>
  )
}

/** The older messages of a long case, a page at a time. */
function ShowEarlier({ count, view }: { count: number; view: TicketView }) {
  const [pending, setPending] = useState(false)
  const [trouble, setTrouble] = useState('')
  const show = async () => {
    setPending(true)
    setTrouble(
      await view.showEarlier().then(
        () => '',
        (error) => asProblem(error).message,
      ),
    )
    setPending(false)
  }
  return (
    <div className="earlier">
      <Act small look="quiet" isPending={pending} onPress={show}>
        Show {many(count, 'earlier message')}
      </Act>
      {trouble ? <p role="alert">{trouble}</p> : null}
    </div>
  )
}
