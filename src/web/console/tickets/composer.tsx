// Where agents write: privately, publicly, or a note. Colour, icon, words and button all say who will read it.
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Checkbox, Label, TextArea, TextField, ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { CheckMark } from '../../ui/checkbox.tsx'
import { Icon } from '../../ui/icon.tsx'
import { type Audience, type Finding, type SavedReply, sentence, type Ticket } from '../api-client.ts'
import type { NameOf } from '../desk-data.tsx'
import { channelName } from '../labels.ts'
import { Go, ticketPath } from '../router.tsx'
import { offerUndo } from '../undo.tsx'
import { DraftState } from './draft-state.tsx'
import { Findings } from './gate-findings.tsx'
import { type MacroSteps, opensSavedReplies, SavedReplyPicker, StepsOnSend } from './saved-replies.tsx'
import { useSecondsTo, useSendLater } from './sending.ts'
import { SuggestionChips } from './suggestions.tsx'
import type { DraftView } from './unsent-drafts.ts'
import { checkReply, useCheck } from './use-check.ts'
import type { TicketView } from './use-ticket.ts'

export type Side = Audience | 'note'

type Props = {
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

export function Composer(props: Props) {
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

type Writing = {
  readonly text: string
  readonly override?: string
  readonly invite?: true
  readonly part?: string
  readonly also?: MacroSteps
}
type Refused = { readonly findings: readonly Finding[]; readonly text: string }

function ReplyBox({ ticket, view, audience, draft, onPrivate, part, ...props }: Props & { audience: Audience }) {
  const [refused, setRefused] = useState<Refused>()
  const [asking, setAsking] = useState(false)
  const [isPicking, setPicking] = useState(false)
  const [steps, setSteps] = useState<MacroSteps>()
  const box = useRef<HTMLTextAreaElement>(null)
  const isPublic = audience === 'public'
  const text = draft.parts[audience]
  const mayInvite = isPublic && !ticket.sides.private.open
  const checked = useCheck({ ticket: ticket.id, text, audience, ...(part ? { part } : {}) }, text.trim() !== '')

  const post = async (written: Writing) => {
    await draft.settle()
    const problem = await view.act('replies', { ...written, audience })
    setRefused(problem && problem.findings.length > 0 ? { findings: problem.findings, text: written.text } : undefined)
    if (problem) return
    draft.sent(audience, written.text)
    setSteps(undefined)
    if (written.also?.resolve) offerUndo(ticket)
  }
  const later = useSendLater<Writing>((written) => void post(written))

  const send = async (override?: string) => {
    if (asking || later.held) return
    if (!text.trim()) {
      box.current?.focus()
      return
    }
    setAsking(true)
    // What would be refused is refused at once; where nobody can be asked, sending says it.
    const answer = override
      ? undefined
      : await checkReply({ ticket: ticket.id, text, audience, ...(part ? { part } : {}) }).catch(() => undefined)
    setAsking(false)
    if (answer && answer.findings.length > 0) {
      setRefused({ findings: answer.findings, text })
      return
    }
    setRefused(undefined)
    later.hold(
      {
        text,
        ...(part ? { part } : {}),
        ...(override ? { override } : {}),
        ...(mayInvite && props.invites ? { invite: true } : {}),
        ...(steps ? { also: steps } : {}),
      },
      audience,
    )
  }
  const undo = () => {
    later.undo()
    requestAnimationFrame(() => box.current?.focus())
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send()
    if (opensSavedReplies(event)) {
      event.preventDefault()
      setPicking(true)
    }
    leaveBox(event)
  }
  const closePicker = () => {
    setPicking(false)
    requestAnimationFrame(() => box.current?.focus())
  }
  /** Where the cursor is, or in place of what is selected. */
  const insertSaved = (saved: SavedReply) => {
    const [from, to] = [box.current?.selectionStart ?? text.length, box.current?.selectionEnd ?? text.length]
    setRefused(undefined)
    draft.write(audience, text.slice(0, from) + saved.text + text.slice(to))
    setSteps(saved.also)
    closePicker()
  }
  const select = (start: number, end: number) => {
    box.current?.focus()
    box.current?.setSelectionRange(start, end)
  }
  const remove = (words: string) => {
    draft.write(audience, text.replace(words, '').replace(/ {2,}/g, ' '))
    box.current?.focus()
  }
  if (later.held) return <Sending name={ticket.customer.name} until={later.held.until} {...{ audience, undo }} />

  const isChecked = checked?.text === text
  const found: Refused | undefined =
    refused ?? (checked && checked.findings.length > 0 ? { findings: checked.findings, text: checked.text } : undefined)
  return (
    <>
      <TextField
        className="field"
        value={text}
        onChange={(typed) => {
          setRefused(undefined)
          draft.write(audience, typed)
        }}
        aria-describedby="composer-who"
      >
        <Label className="hidden-text">Reply</Label>
        <TextArea className="input" ref={box} rows={2} onKeyDown={onKeyDown} dir="auto" />
      </TextField>
      {isPicking ? (
        <SavedReplyPicker ticket={ticket.id} audience={audience} box={box} onClose={closePicker} onPick={insertSaved} />
      ) : null}
      {mayInvite ? (
        <Checkbox className="check" isSelected={props.invites} onChange={props.onInvites}>
          <CheckMark /> With a button to write to us privately
        </Checkbox>
      ) : null}
      {found && text.trim() ? (
        <Findings
          {...found}
          draft={text}
          isRefused={refused !== undefined}
          onSelect={select}
          onRemove={remove}
          onOverride={send}
          onPrivate={isPublic ? onPrivate : undefined}
          pending={view.pending === 'replies'}
        />
      ) : null}
      {steps && text.trim() ? <StepsOnSend steps={steps} onDrop={() => setSteps(undefined)} /> : null}
      <div className="composer-foot">
        <Act small look="quiet" onPress={() => setPicking(true)}>
          Saved replies <kbd className="desktop-only">/</kbd>
        </Act>
        {text.trim() ? <DraftState draft={draft} /> : null}
        {checked && text ? (
          <span
            className={`counter numbers ${checked.limit && checked.length > checked.limit ? 'over' : ''} ${isChecked ? '' : 'old'}`}
          >
            {checked.length.toLocaleString('en')}
            {checked.limit ? ` / ${checked.limit.toLocaleString('en')}` : ''}
          </span>
        ) : null}
        <Act
          look={isPublic ? 'public' : 'private'}
          isPending={asking || view.pending === 'replies'}
          onPress={() => send()}
        >
          <Icon name={isPublic ? 'globe' : 'lock'} /> {isPublic ? 'Send publicly to everybody' : 'Send privately'}{' '}
          <kbd className="desktop-only">Ctrl ⏎</kbd>
        </Act>
      </div>
    </>
  )
}

/** Single keys act again: nobody has to reach for the mouse to leave the box. */
function leaveBox(event: KeyboardEvent): void {
  if (event.key === 'Escape') event.currentTarget.closest<HTMLElement>('.composer')?.focus()
}

function Sending({
  name,
  until,
  audience,
  undo,
}: {
  name: string
  until: number
  audience: Audience
  undo: () => void
}) {
  const seconds = useSecondsTo(until)
  const bar = useRef<HTMLDivElement>(null)
  const latest = useRef(undo)
  latest.current = undo
  useEffect(() => {
    // The box is gone. The bar takes the keyboard, not “Undo”: pressing Enter twice takes nothing back.
    bar.current?.focus()
    const pressed = (event: globalThis.KeyboardEvent) => {
      const isUndo = event.key === 'Escape' || (event.key === 'z' && (event.ctrlKey || event.metaKey))
      if (!isUndo) return
      event.preventDefault()
      event.stopPropagation()
      latest.current()
    }
    addEventListener('keydown', pressed, true)
    return () => removeEventListener('keydown', pressed, true)
  }, [])
  return (
    <div className="sending" ref={bar} tabIndex={-1} role="status" aria-label="Your reply is about to be sent">
      <Icon name={audience === 'public' ? 'globe' : 'lock'} />
      <p>
        {audience === 'public' ? 'Posting for ' : 'Sending to '}
        <bdi>{name}</bdi> in <span className="numbers">{seconds} s</span>
      </p>
      <Act small onPress={undo}>
        Undo
      </Act>
    </div>
  )
}

/** Notes for colleagues; the customer never sees them. */
function NoteBox({ view, draft }: Pick<Props, 'view' | 'draft'>) {
  const text = draft.parts.note
  const add = async () => {
    if (!text.trim()) return
    await draft.settle()
    if (!(await view.act('notes', { text }))) draft.sent('note', text)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void add()
    leaveBox(event)
  }
  return (
    <>
      <TextField className="field" value={text} onChange={(typed) => draft.write('note', typed)}>
        <Label className="hidden-text">Note for colleagues</Label>
        <TextArea className="input" rows={2} onKeyDown={onKeyDown} dir="auto" />
      </TextField>
      <div className="composer-foot">
        {text.trim() ? <DraftState draft={draft} /> : null}
        <Act isPending={view.pending === 'notes'} onPress={add}>
          <Icon name="note" /> Add note
        </Act>
      </div>
    </>
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
function Folded({ ticket: { customer, sides }, draft, onWrite }: Props) {
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
function Closed({ ticket: { sides }, audience, draft, onWrite }: Props & { audience: Audience }) {
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
function NotMine({ ticket: { state, owner, mergedInto }, view, nameOf, onSide, typing }: Props) {
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
