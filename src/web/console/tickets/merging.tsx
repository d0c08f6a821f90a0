// Merging: likely duplicates with what speaks for them, a ticket by its number, splitting off, and whom a reply goes to.
import { useState } from 'react'
import { Input, Label, Text, TextField } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { Box } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { announce } from '../../ui/live-region.tsx'
import { exactly, moment } from '../../ui/relative-time.ts'
import { ask, asProblem, type Duplicates, sentence, type Ticket } from '../api-client.ts'
import { changesTicket, useLive } from '../event-stream.tsx'
import { channelName } from '../labels.ts'
import { Go, ticketPath } from '../router.tsx'
import { offerUndo } from '../undo.tsx'
import { useResource } from '../use-resource.ts'
import { Masked } from './masked-text.tsx'
import type { TicketView } from './use-ticket.ts'

const pathOf = (ticket: string) => `/api/tickets/${encodeURIComponent(ticket)}`

/** Likely duplicates of an open ticket. */
export function useDuplicates({ id, state, mergedInto }: Ticket): Duplicates['duplicates'] {
  const { data, refresh } = useResource<Duplicates>(`${pathOf(id)}/duplicates`)
  useLive((event) => (event === 'connected' || (changesTicket(event) && event.ticket === id)) && refresh())
  return state === 'resolved' || mergedInto ? [] : (data?.duplicates ?? [])
}

/** Merges another ticket into the one that is shown; undoing it splits it off. Resolves to why it did not happen. */
async function mergeInto({ id }: Ticket, view: TicketView, other: string): Promise<string | undefined> {
  try {
    const merged = await ask<Ticket>('POST', `${pathOf(other)}/merge`, { into: id })
    view.put(merged)
    announce(`${other} is merged into this ticket.`)
    offerUndo({
      ticket: id,
      text: `Merged: ${merged.parts?.find((part) => part.id === other)?.customer.name ?? other}`,
      undone: `${other} is split off again.`,
      undo: async () => view.put(await ask<Ticket>('POST', `${pathOf(other)}/split`)),
    })
    return undefined
  } catch (error) {
    return asProblem(error).message
  }
}

type ListProps = { ticket: Ticket; view: TicketView; duplicates: Duplicates['duplicates'] }

export function DuplicateList({ ticket, view, duplicates }: ListProps) {
  const [pending, setPending] = useState('')
  const [trouble, setTrouble] = useState('')
  if (duplicates.length === 0) return null
  const merge = async (other: string) => {
    setPending(other)
    setTrouble((await mergeInto(ticket, view, other)) ?? '')
    setPending('')
  }
  return (
    <section className="rail-part duplicates">
      <h2>May be the same person</h2>
      {trouble ? (
        <div className="notice danger" role="alert">
          <Icon name="alert" />
          <p>{trouble}</p>
        </div>
      ) : null}
      <ul>
        {duplicates.map(({ ticket: { id, customer, wants, private: spans, openedAt }, because }) => (
          <li key={id}>
            <p>
              <Go href={ticketPath(id)}>
                <bdi>{customer.name}</bdi>, {channelName(customer.channel)}, <span className="numbers">{id}</span>
              </Go>
            </p>
            <p className="duplicate-words" dir="auto">
              <Masked text={wants} spans={spans} />
            </p>
            <p className="faint">
              {sentence(`has ${because.join(', ')}`)}{' '}
              <time dateTime={openedAt} title={exactly(openedAt)}>
                {moment(openedAt)}
              </time>
            </p>
            <Act small isPending={pending === id} aria-label={`Merge ${id} into this ticket`} onPress={() => merge(id)}>
              Merge
            </Act>
          </li>
        ))}
      </ul>
    </section>
  )
}

type DialogProps = { ticket: Ticket; view: TicketView; isOpen: boolean; onOpenChange: (open: boolean) => void }

export function MergeDialog({ ticket, view, isOpen, onOpenChange }: DialogProps) {
  const [number, setNumber] = useState('')
  const [problem, setProblem] = useState('')
  const [pending, setPending] = useState(false)
  const merge = async () => {
    const other = number.trim().toUpperCase()
    if (!other || pending) return
    setPending(true)
    const because = await mergeInto(ticket, view, /^\d+$/.test(other) ? `T-${other}` : other)
    setPending(false)
    setProblem(because ?? '')
    if (because) return
    setNumber('')
    onOpenChange(false)
  }
  return (
    <Box
      title="Merge another ticket into this one"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      onConfirm={() => void merge()}
    >
      <p>Merge tickets of one person only. You can split them again at any time.</p>
      {problem ? (
        <div className="notice danger" role="alert">
          <Icon name="alert" />
          <p>{problem}</p>
        </div>
      ) : null}
      <TextField className="field" value={number} onChange={setNumber} autoFocus>
        <Label>Number of the other ticket</Label>
        <Input className="input" maxLength={40} autoComplete="off" />
        <Text slot="description">For example T-1042. Its conversation is then answered here.</Text>
      </TextField>
      <div className="buttons">
        <Act slot="close">Cancel</Act>
        <Act look="primary" isPending={pending} isDisabled={!number.trim()} onPress={merge}>
          Merge
        </Act>
      </div>
    </Box>
  )
}

/** Whom a reply may go to: the ticket's own customer, and those of the tickets that are merged into it. */
export type Recipient = Pick<Ticket, 'id' | 'customer' | 'sides'>

export const recipientsOf = (ticket: Ticket): readonly Recipient[] =>
  ticket.parts ? [ticket, ...ticket.parts.filter(({ state }) => state !== 'resolved')] : []

/** The one who wrote last. */
export function latestRecipient({ id, conversations }: Ticket): string {
  const written = conversations.flatMap(({ part = id, messages }) =>
    messages.flatMap(({ authorKind, at }) => (authorKind === 'customer' ? [{ part, at }] : [])),
  )
  return written.reduce((last, one) => (one.at > last.at ? one : last), { part: id, at: 0 }).part
}

type ToProps = { recipients: readonly Recipient[]; to: string; onTo: (ticket: string) => void }

export function RecipientSelect({ recipients, to, onTo }: ToProps) {
  if (recipients.length < 2) return null
  return (
    <label className="recipient">
      <span>To</span>
      <select className="input" value={to} onChange={(event) => onTo(event.target.value)}>
        {recipients.map(({ id, customer }) => (
          <option key={id} value={id}>
            {customer.name}, {channelName(customer.channel)}, {id}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Of which account a message of a merged ticket is, or to whom it went. */
export function PartChip({
  part: { id, customer },
  isOurs,
}: {
  part: NonNullable<Ticket['parts']>[number]
  isOurs: boolean
}) {
  return (
    <span className="chip part-chip" title={`Merged: ${id}`}>
      <Icon name="merge" />{' '}
      <span>
        {isOurs ? (
          <>
            to <bdi>{customer.name}</bdi>,{' '}
          </>
        ) : null}
        {channelName(customer.channel)}, <span className="numbers">{id}</span>
      </span>
    </span>
  )
}
