// The tags of a ticket.
import { type KeyboardEvent, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { Icon } from '../../ui/icon.tsx'
import { ask, asProblem, type Ticket } from '../api-client.ts'
import type { TicketView } from './use-ticket.ts'

export function Tags({ ticket, view }: { ticket: Ticket; view: TicketView }) {
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState('')
  const put = async (tags: readonly string[]) => {
    try {
      view.put(await ask<Ticket>('PUT', `/api/tickets/${encodeURIComponent(ticket.id)}/tags`, { tags }))
      setTyped('')
      setProblem('')
    } catch (error) {
      setProblem(asProblem(error).message)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !typed.trim()) return
    event.preventDefault()
    void put([...ticket.tags, ...typed.split(',')].map((tag) => tag.trim()).filter(Boolean))
  }
  return (
    <section className="rail-part">
      <h2>Tags</h2>
      {ticket.tags.length > 0 ? (
        <ul className="tags">
          {ticket.tags.map((tag) => (
            <li key={tag} className="tag">
              <span dir="auto">{tag}</span>
              <Button
                aria-label={`Remove the tag ${tag}`}
                onPress={() => put(ticket.tags.filter((one) => one !== tag))}
              >
                <Icon name="cross" />
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <TextField className="field" value={typed} onChange={setTyped} onKeyDown={onKeyDown} maxLength={200}>
        <Label className="hidden-text">Add a tag</Label>
        <Input className="input" placeholder="Add a tag, press Enter" />
      </TextField>
      {problem ? (
        <p className="suggestion-trouble" role="alert">
          {problem}
        </p>
      ) : null}
    </section>
  )
}
