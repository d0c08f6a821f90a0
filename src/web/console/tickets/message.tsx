// One message of a conversation.

import { Icon } from '../../ui/icon.tsx'
import { exactly, moment } from '../../ui/relative-time.ts'
import type { Audience, Message, Ticket, User } from '../api-client.ts'
import { ATTACHMENTS, AUTHORS, channelName, delivered, troubled } from '../labels.ts'
import { Masked } from './masked-text.tsx'
import { PartChip } from './merging.tsx'
import { ShowButton, useShown } from './reveal.tsx'
import { Sources } from './sources.tsx'
import type { TicketView } from './use-ticket.ts'

/** One message: who, when, what, and how it fared. */
type Props = {
  message: Message
  audience: Audience
  channel: string
  author: string
  /** The merged ticket that it belongs to. */
  part?: NonNullable<Ticket['parts']>[number]
  marked: boolean
  view: TicketView
  user: User
}

export function MessageLine({ message, audience, channel, author, part, marked, view, user }: Props) {
  const { id, authorKind, text, at, attachmentKinds = [], delivery, edited, before, cutFrom } = message
  const shown = useShown().isShown(id)
  const ours = authorKind === 'bot' || authorKind === 'agent' || authorKind === 'brand'
  return (
    <li className={`message ${audience} ${authorKind} ${ours ? 'ours' : 'theirs'} ${marked ? 'marked' : ''}`}>
      <div className="bubble" data-message={id} tabIndex={-1}>
        <p className="message-head">
          <strong>
            <bdi>{author}</bdi>
          </strong>
          {authorKind === 'customer' || authorKind === 'agent' ? null : (
            <span className="chip">{AUTHORS[authorKind]}</span>
          )}
          {part ? <PartChip part={part} isOurs={ours} /> : null}
          <span className="message-side">
            <Icon name={audience === 'public' ? 'globe' : 'lock'} /> {audience === 'public' ? 'Public' : 'Private'}
          </span>
          <time dateTime={new Date(at).toISOString()} title={exactly(at)} className="numbers">
            {moment(at)}
          </time>
          {message.link ? (
            <a href={message.link} target="_blank" rel="noreferrer noopener" className="message-link">
              Open on {channelName(channel)}
            </a>
          ) : null}
          <ShowButton
            message={id}
            spans={[message.private, message.privateBefore]}
            of={`private data that ${author} wrote at ${moment(at)}`}
          />
        </p>
        {text ? (
          <p className="message-text" dir="auto">
            <Masked text={text} spans={message.private} shown={shown} />
          </p>
        ) : null}
        {attachmentKinds.length > 0 ? (
          <p className="faint">{attachmentKinds.map((kind) => ATTACHMENTS[kind]).join(', ')}</p>
        ) : null}
        {cutFrom ? (
          <p className="edited">
            Cut here: the message had {cutFrom.toLocaleString('en')} characters. Ask for the rest if you need it.
          </p>
        ) : null}
        {edited ? (
          <p className="edited">
            Edited
            {before ? (
              <>
                . Before:{' '}
                <q dir="auto">
                  <Masked text={before} spans={message.privateBefore} shown={shown} />
                </q>
              </>
            ) : null}
          </p>
        ) : null}
        <Sources message={message} view={view} user={user} />
      </div>
      {ours && delivery ? (
        <p className={`delivery ${troubled(delivery) ? 'troubled' : ''}`}>{delivered(delivery)}</p>
      ) : null}
    </li>
  )
}
