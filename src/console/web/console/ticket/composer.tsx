// Where agents write. Colour, icon, words and button all say who will read it.
import { type KeyboardEvent, useRef, useState } from 'react'
import { Label, TextArea, TextField } from 'react-aria-components'
import { Act } from '../../look/act.tsx'
import { Icon } from '../../look/icon.tsx'
import type { Audience, Conversation, Problem, Ticket } from '../ask.ts'
import { channelName } from '../words.ts'
import { Findings } from './findings.tsx'
import type { TicketView } from './use-ticket.ts'

type Props = {
  ticket: Ticket
  view: TicketView
  mine: boolean
  audience: Audience
  side?: Conversation
  draft: string
  onDraft: (text: string) => void
  /** Takes the draft over to the private side. */
  onPrivate: () => void
}

export function Composer({ ticket, view, mine, audience, side, draft, onDraft, onPrivate }: Props) {
  const [refused, setRefused] = useState<{ problem: Problem; text: string }>()
  const box = useRef<HTMLTextAreaElement>(null)
  const isPublic = audience === 'public'

  const closed = side && !side.open ? (side.closed ?? 'Nothing can be written here.') : undefined
  if (closed || !mine) return <Closed ticket={ticket} why={mine ? closed : undefined} />

  const send = async (override?: string) => {
    if (!draft.trim()) {
      box.current?.focus()
      return
    }
    const problem = await view.act('replies', { text: draft, audience, ...(override ? { override } : {}) })
    setRefused(problem && problem.findings.length > 0 ? { problem, text: draft } : undefined)
    if (!problem) onDraft('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send()
  }
  const select = (start: number, end: number) => {
    box.current?.focus()
    box.current?.setSelectionRange(start, end)
  }
  const who = isPublic
    ? `Everybody on ${channelName(ticket.customer.channel)} will see this`
    : `Only ${ticket.customer.name} will see this`

  return (
    <div className={`composer ${audience}`}>
      <p className="composer-who" id="composer-who">
        <Icon name={isPublic ? 'globe' : 'lock'} /> <strong>{isPublic ? 'Public reply' : 'Private reply'}</strong>
        <span>{who}</span>
      </p>
      <TextField className="field" value={draft} onChange={onDraft} aria-describedby="composer-who">
        <Label className="hidden-text">Reply</Label>
        <TextArea className="input" ref={box} rows={3} onKeyDown={onKeyDown} dir="auto" />
      </TextField>
      {refused && draft ? (
        <Findings
          {...refused}
          draft={draft}
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
        <Act look={isPublic ? 'public' : 'primary'} isPending={view.pending === 'replies'} onPress={() => send()}>
          <Icon name={isPublic ? 'globe' : 'lock'} /> {isPublic ? 'Send publicly' : 'Send privately'}
        </Act>
      </div>
    </div>
  )
}

/** Says why nothing can be written, and what to do about it. */
function Closed({ ticket, why }: { ticket: Ticket; why?: string }) {
  const reason = {
    waiting: 'Claim this ticket to reply. From then on the bot is silent.',
    claimed: `${ticket.owner ?? 'Another agent'} holds this ticket and writes to the customer.`,
    resolved: 'This ticket is resolved.',
  }[ticket.state]
  return (
    <div className="composer shut">
      <p>{why ?? reason}</p>
    </div>
  )
}
