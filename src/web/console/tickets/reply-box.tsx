// The box of a reply: writing, what the gate objects to, saved replies, and the seconds in which sending is taken back.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Checkbox, Label, TextArea, TextField } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { CheckMark } from '../../ui/checkbox.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { Audience, Finding, SavedReply } from '../api-client.ts'
import { offerReopening } from '../undo.tsx'
import type { ComposerProps } from './composer.tsx'
import { DraftState } from './draft-state.tsx'
import { Findings } from './gate-findings.tsx'
import { asksFor } from './picker.tsx'
import { type MacroSteps, SavedReplyPicker, StepsOnSend } from './saved-replies.tsx'
import { useSecondsTo, useSendLater } from './sending.ts'
import { checkReply, useCheck } from './use-check.ts'

type Writing = {
  readonly text: string
  readonly override?: string
  readonly invite?: true
  readonly part?: string
  readonly also?: MacroSteps
}
type Refused = { readonly findings: readonly Finding[]; readonly text: string }

export function ReplyBox({
  ticket,
  view,
  audience,
  draft,
  onPrivate,
  part,
  ...props
}: ComposerProps & { audience: Audience }) {
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
    if (written.also?.resolve) offerReopening(ticket)
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
    if (asksFor('/', event)) {
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
export function leaveBox(event: KeyboardEvent): void {
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
