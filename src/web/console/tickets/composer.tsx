// Where agents write: privately, publicly, or a note. Colour, icon, words and button all say who will read it.
import type { ReactNode } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { type Audience, sentence, type Ticket } from '../api-client.ts'
import type { NameOf } from '../desk-data.tsx'
import { channelName } from '../labels.ts'
import { Go, ticketPath } from '../router.tsx'
import { NoteBox } from './note-box.tsx'
import { ReplyBox } from './reply-box.tsx'
import { SuggestionChips } from './suggestions.tsx'
import type { DraftView } from './unsent-drafts.ts'
import type { TicketView } from './use-ticket.ts'

export type Side = Audience | 'note'

export type ComposerProps = {
  ticket: Ticket
  view: TicketView
  mine: boolean
  nameOf: NameOf
  side: Side
  onSide: (side: Side) => void
  draft: DraftView
  writesPublicly: boolean
  /** Whether a public reply has a button to write privately. */
  invites: boolean
  onInvites: (invites: boolean) => void
  /** Chooses the side to write to; the box has the keyboard then. */
  onWrite: (audience: Audience, invites?: boolean) => void
  onInsert: (text: string, audience: Audience) => void
  /** Takes the public draft over to the private side; absent where that is closed. */
  onPrivate?: () => void
  /** Who else types. */
  typing: ReactNode
  /** To whom a reply goes where others are merged into the ticket, and the choice of them. */
  part?: string
  recipients: ReactNode
}

const SIDES = [
  ['private', 'Private', 'lock'],
  ['public', 'Public', 'globe'],
  ['note', 'Note', 'note'],
] as const

export function Composer(props: ComposerProps) {
  const { ticket, view, mine, side, onSide, draft, writesPublicly, typing, recipients } = props
  if (!mine && side !== 'note') {
    return <NotMine {...props} />
  }
  const isOpen = side === 'note' || ticket.sides[side].open
  return (
    <section className={`composer ${side} ${isOpen ? '' : 'shut'}`} tabIndex={-1} aria-label="Write">
      {typing}
      {mine && side !== 'note' && isOpen ? <SuggestionChips ticket={ticket} onInsert={props.onInsert} /> : null}
      <div className="composer-bar">
        <ToggleButtonGroup
          className="sides"
          aria-label="Who reads it"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[side]}
          onSelectionChange={([key]) => onSide(key === 'public' || key === 'note' ? key : 'private')}
        >
          {SIDES.map(([id, name, icon]) => (
            <ToggleButton key={id} id={id} className={`side side-${id}`} isDisabled={!mine && id !== 'note'}>
              <Icon name={icon} /> {name}
              {id !== side && draft.parts[id].trim() ? <span className="side-draft">Draft</span> : null}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        {mine && side !== 'note' ? recipients : null}
        <p className="composer-who" id="composer-who">
          {side === 'note'
            ? 'Only colleagues see this'
            : side === 'public'
              ? `Everybody on ${channelName(ticket.customer.channel)} will see this`
              : isOpen
                ? `Only ${ticket.customer.name} will see this`
                : ''}
        </p>
      </div>
      {side === 'note' ? (
        <NoteBox view={view} draft={draft} />
      ) : !isOpen ? (
        <Closed {...props} audience={side} />
      ) : side === 'public' && !writesPublicly ? (
        <Folded {...props} />
      ) : (
        <ReplyBox key={side} {...props} audience={side} />
      )}
    </section>
  )
}

function DraftStart({ text }: { text: string }) {
  return text.trim() ? (
    <p className="draft-start" dir="auto">
      <span className="side-draft">Draft</span> {text}
    </p>
  ) : null
}

/** Nobody writes in public by mistake: the box is unfolded first, with one press. */
function Folded({ ticket: { customer, sides }, draft, onWrite }: ComposerProps) {
  return (
    <div className="folded">
      {sides.private.open ? null : <p>{sentence(sides.private.closed ?? '')}</p>}
      <DraftStart text={draft.parts.public} />
      <Act onPress={() => onWrite('public')}>
        <Icon name="globe" /> Write publicly to everybody on {channelName(customer.channel)}
      </Act>
    </div>
  )
}

/** Says why nothing can be written on this side, and what can be done instead. */
function Closed({ ticket: { sides }, audience, draft, onWrite }: ComposerProps & { audience: Audience }) {
  const other = audience === 'private' ? 'public' : 'private'
  return (
    <div className="folded">
      <p>
        <Icon name="alert" /> {sentence(sides[audience].closed ?? 'nothing can be written here')}
      </p>
      <DraftStart text={draft.parts[audience]} />
      {sides[other].open ? (
        <Act onPress={() => onWrite(other, other === 'public')}>
          <Icon name={other === 'public' ? 'globe' : 'lock'} />{' '}
          {other === 'public' ? 'Ask them in public to write privately' : 'Write privately'}
        </Act>
      ) : null}
    </div>
  )
}

/** Says who may write here, and what to do. A note can be left on any ticket. */
function NotMine({ ticket: { state, owner, mergedInto }, view, nameOf, onSide, typing }: ComposerProps) {
  if (mergedInto) {
    return (
      <section className="composer shut" tabIndex={-1} aria-label="Write">
        <p>This ticket is merged into {mergedInto} and answered there.</p>
        <Go className="button small" href={ticketPath(mergedInto)}>
          Open {mergedInto}
        </Go>
      </section>
    )
  }
  return (
    <section className="composer shut" tabIndex={-1} aria-label="Write">
      {typing}
      {state === 'resolved' ? (
        <Act isPending={view.pending === 'reopen'} onPress={() => view.act('reopen')}>
          Reopen
        </Act>
      ) : null}
      <p>
        {state === 'waiting'
          ? 'Claim this ticket to reply. From then on the bot is silent.'
          : state === 'resolved'
            ? 'This ticket is resolved. Reopen it to write to the customer.'
            : `${owner ? nameOf(owner) : 'Another agent'} holds this ticket and writes to the customer.`}
      </p>
      <Act small look="quiet" onPress={() => onSide('note')}>
        <Icon name="note" /> Add a note
      </Act>
    </section>
  )
}
