import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { Label, TextArea, TextField } from 'react-aria-components'
import { Act } from '../../look/act.tsx'
import { exactly, moment } from '../../look/clock.ts'
import type { Ticket } from '../ask.ts'
import type { TicketView } from './use-ticket.ts'

/** Notes for colleagues; the customer never sees them. */
export function Notes({ ticket, view }: { ticket: Ticket; view: TicketView }) {
  const [text, setText] = useState('')

  const keep = async (event?: FormEvent) => {
    event?.preventDefault()
    if (!text.trim()) return
    const problem = await view.act('notes', { text })
    if (!problem) setText('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void keep()
  }

  return (
    <section className="rail-part notes">
      <h2>Notes</h2>
      <ul>
        {ticket.notes.map(({ by, text: said, at }) => (
          <li key={`${at} ${by}`}>
            <p>{said}</p>
            <p className="faint">
              {by} ·{' '}
              <time dateTime={at} title={exactly(at)}>
                {moment(at)}
              </time>
            </p>
          </li>
        ))}
      </ul>
      <form onSubmit={keep}>
        <TextField className="field" value={text} onChange={setText}>
          <Label className="hidden-text">Note for colleagues</Label>
          <TextArea className="input" rows={2} placeholder="Only colleagues see this" onKeyDown={onKeyDown} />
        </TextField>
        {text.trim() ? (
          <Act type="submit" small isPending={view.pending === 'notes'}>
            Keep note
          </Act>
        ) : null}
      </form>
    </section>
  )
}
