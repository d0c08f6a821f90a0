// Notes for colleagues.
import type { FormEvent, KeyboardEvent } from 'react'
import { Label, TextArea, TextField } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { exactly, moment } from '../../ui/relative-time.ts'
import type { Ticket } from '../api-client.ts'
import { useDesk } from '../desk-data.tsx'
import { DraftState } from './draft-state.tsx'
import type { DraftView } from './unsent-drafts.ts'
import type { TicketView } from './use-ticket.ts'

/** Notes for colleagues; the customer never sees them. */
export function Notes({ ticket, view, draft }: { ticket: Ticket; view: TicketView; draft: DraftView }) {
  const text = draft.parts.note
  const { nameOf } = useDesk()

  const keep = async (event?: FormEvent) => {
    event?.preventDefault()
    if (!text.trim()) return
    await draft.settle()
    if (!(await view.act('notes', { text }))) draft.sent('note', text)
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
            <p dir="auto">{said}</p>
            <p className="faint">
              {nameOf(by)} ·{' '}
              <time dateTime={at} title={exactly(at)}>
                {moment(at)}
              </time>
            </p>
          </li>
        ))}
      </ul>
      <form onSubmit={keep}>
        <TextField className="field" value={text} onChange={(typed) => draft.write('note', typed)}>
          <Label className="hidden-text">Note for colleagues</Label>
          <TextArea
            className="input"
            rows={2}
            placeholder="Only colleagues see this"
            onKeyDown={onKeyDown}
            dir="auto"
          />
        </TextField>
        {text.trim() ? (
          <div className="notes-foot">
            <DraftState draft={draft} />
            <Act type="submit" small isPending={view.pending === 'notes'}>
              Add note
            </Act>
          </div>
        ) : null}
      </form>
    </section>
  )
}
