// Where agents write. Colour, icon, words and button all say who will read it.
import { type KeyboardEvent, useRef, useState } from 'react'
import { Checkbox, Label, TextArea, TextField } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { CheckMark } from '../../ui/checkbox.tsx'
import { Icon } from '../../ui/icon.tsx'
import { type Audience, type Problem, sentence, type Ticket } from '../api-client.ts'
import { useDesk } from '../desk-data.tsx'
import { channelName } from '../labels.ts'
import { DraftState } from './draft-state.tsx'
import { Findings } from './gate-findings.tsx'
import type { DraftView } from './unsent-drafts.ts'
import type { TicketView } from './use-ticket.ts'

type Props = {
  ticket: Ticket
  view: TicketView
  mine: boolean
  audience: Audience
  draft: DraftView
  writesPublicly: boolean
  /** Whether a public reply has a button to write privately. */
  invites: boolean
  onInvites: (invites: boolean) => void
  onWrite: (audience: Audience, invites?: boolean) => void
  /** Takes the public draft over to the private side; absent where that is closed. */
  onPrivate?: () => void
}

export function Composer({ ticket, view, mine, audience, draft, writesPublicly, onWrite, onPrivate, ...props }: Props) {
  const [refused, setRefused] = useState<{ problem: Problem; text: string }>()
  const box = useRef<HTMLTextAreaElement>(null)
  const isPublic = audience === 'public'
  const text = draft.parts[audience]
  const mayInvite = isPublic && !ticket.sides.private.open

  if (!mine) return <NotMine ticket={ticket} view={view} />
  if (!ticket.sides[audience].open) return <Closed ticket={ticket} audience={audience} text={text} onWrite={onWrite} />
  if (isPublic && !writesPublicly) return <ChooseSide ticket={ticket} text={text} onWrite={onWrite} />

  const send = async (override?: string) => {
    if (!text.trim()) {
      box.current?.focus()
      return
    }
    await draft.settle()
    const more = { ...(override ? { override } : {}), ...(mayInvite && props.invites ? { invite: true } : {}) }
    const problem = await view.act('replies', { text, audience, ...more })
    setRefused(problem && problem.findings.length > 0 ? { problem, text } : undefined)
    if (!problem) draft.sent(audience, text)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send()
    // Single keys act again: nobody has to reach for the mouse to leave the box.
    if (event.key === 'Escape') event.currentTarget.closest<HTMLElement>('.composer')?.focus()
  }
  const select = (start: number, end: number) => {
    box.current?.focus()
    box.current?.setSelectionRange(start, end)
  }
  const who = isPublic
    ? `Everybody on ${channelName(ticket.customer.channel)} will see this`
    : `Only ${ticket.customer.name} will see this`

  return (
    <div className={`composer ${audience}`} tabIndex={-1}>
      <p className="composer-who" id="composer-who">
        <Icon name={isPublic ? 'globe' : 'lock'} /> <strong>{isPublic ? 'Public reply' : 'Private reply'}</strong>
        <span>{who}</span>
      </p>
      <TextField
        className="field"
        value={text}
        onChange={(typed) => draft.write(audience, typed)}
        aria-describedby="composer-who"
      >
        <Label className="hidden-text">Reply</Label>
        <TextArea className="input" ref={box} rows={3} onKeyDown={onKeyDown} dir="auto" />
      </TextField>
      {mayInvite ? (
        <Checkbox className="check" isSelected={props.invites} onChange={props.onInvites}>
          <CheckMark /> With a button to write to us privately
        </Checkbox>
      ) : null}
      {refused && text ? (
        <Findings
          {...refused}
          draft={text}
          onSelect={select}
          onOverride={send}
          onPrivate={isPublic ? onPrivate : undefined}
          pending={view.pending === 'replies'}
        />
      ) : null}
      <div className="composer-foot">
        <span className="faint desktop-only">
          <kbd>Ctrl</kbd> <kbd>Enter</kbd> sends
        </span>
        {text.trim() ? <DraftState draft={draft} /> : null}
        <Act look={isPublic ? 'public' : 'primary'} isPending={view.pending === 'replies'} onPress={() => send()}>
          <Icon name={isPublic ? 'globe' : 'lock'} /> {isPublic ? 'Send publicly to everybody' : 'Send privately'}
        </Act>
      </div>
    </div>
  )
}

/** Nobody writes in public by mistake: it is chosen first, with one press. */
function ChooseSide({ ticket, text, onWrite }: { ticket: Ticket; text: string } & Pick<Props, 'onWrite'>) {
  const { customer, sides } = ticket
  return (
    <section className="composer choose" tabIndex={-1} aria-label="Who will read your reply?">
      <p>
        <strong>Who will read your reply?</strong>
        {sides.private.open ? null : <span> {sentence(sides.private.closed ?? '')}</span>}
      </p>
      {text.trim() ? (
        <p className="draft-start" dir="auto">
          <span className="tab-draft">Draft</span> {text}
        </p>
      ) : null}
      <div className="buttons">
        {sides.private.open ? (
          <Act onPress={() => onWrite('private')}>
            <Icon name="lock" /> Write privately
          </Act>
        ) : null}
        <Act look="public" onPress={() => onWrite('public')}>
          <Icon name="globe" /> Write publicly on {channelName(customer.channel)}
        </Act>
      </div>
    </section>
  )
}

/** Says why nothing can be written on this side, and what can be done instead. */
function Closed({
  ticket: { sides },
  audience,
  text,
  onWrite,
}: { ticket: Ticket; audience: Audience; text: string } & Pick<Props, 'onWrite'>) {
  const other = audience === 'private' ? 'public' : 'private'
  return (
    <div className="composer shut" tabIndex={-1}>
      <p>
        <Icon name="lock" /> {sentence(sides[audience].closed ?? 'nothing can be written here')}
      </p>
      {text.trim() ? (
        <p className="draft-start" dir="auto">
          <span className="tab-draft">Draft</span> {text}
        </p>
      ) : null}
      {sides[other].open ? (
        <Act look={other === 'public' ? 'public' : ''} onPress={() => onWrite(other, true)}>
          <Icon name={other === 'public' ? 'globe' : 'lock'} />
          {other === 'public' ? 'Ask them in public to write privately' : 'Write privately'}
        </Act>
      ) : null}
    </div>
  )
}

/** Only whoever holds the ticket writes to the customer. */
function NotMine({ ticket: { state, owner }, view }: Pick<Props, 'ticket' | 'view'>) {
  const { nameOf } = useDesk()
  if (state !== 'resolved') {
    return (
      <div className="composer shut">
        <p>
          {state === 'waiting'
            ? 'Claim this ticket to reply. From then on the bot is silent.'
            : `${owner ? nameOf(owner) : 'Another agent'} holds this ticket and writes to the customer.`}
        </p>
      </div>
    )
  }
  return (
    <div className="composer shut">
      <Act isPending={view.pending === 'reopen'} onPress={() => view.act('reopen')}>
        Reopen
      </Act>
      <p>This ticket is resolved. Reopen it to write to the customer.</p>
    </div>
  )
}
