// Shows masked private data; that is recorded.
import { createContext, type ReactNode, useContext, useState } from 'react'
import { Act } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { Ticket } from '../api-client.ts'
import { type MaskedSpans, nameOf } from './masked-text.tsx'
import type { TicketView } from './use-ticket.ts'

type Shown = {
  /** Whether this message's private data is in sight; without an id: what no message said. */
  isShown(message?: string): boolean
  show(message?: string): Promise<boolean>
  hide(message?: string): void
}

const ShownContext = createContext<Shown>({ isShown: () => false, show: async () => false, hide: () => {} })
export const useShown = (): Shown => useContext(ShownContext)

const ALL = ''

export function ShownPrivateData({ view, children }: { view: TicketView; children: ReactNode }) {
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set())
  const value: Shown = {
    isShown: (message = ALL) => shown.has(message) || shown.has(ALL),
    async show(message = ALL) {
      if (await view.act('show', message === ALL ? {} : { messages: [message] })) return false
      setShown((before) => new Set([...before, message]))
      return true
    },
    // Whoever hides one message after all were shown hides them all: nothing is in sight by mistake.
    hide: (message = ALL) => setShown((before) => new Set([...before].filter((one) => one !== message && one !== ALL))),
  }
  return <ShownContext value={value}>{children}</ShownContext>
}

type ButtonProps = { message?: string; spans: readonly MaskedSpans[]; of: string; all?: boolean }

/** Shows and hides the private data of a message; nothing where there is none. */
export function ShowButton({ message, spans, of, all }: ButtonProps) {
  const { isShown, show, hide } = useShown()
  const kinds = [...new Set(spans.flatMap((some) => some ?? []).map(({ type }) => nameOf(type)))]
  if (kinds.length === 0) return null
  const open = isShown(message)
  return (
    <Act
      small
      look="quiet"
      aria-label={`${open ? 'Hide' : 'Show'} ${all ? 'all ' : ''}${of}: ${kinds.join(', ')}`}
      onPress={() => (open ? hide(message) : void show(message))}
    >
      {open ? 'Hide' : 'Show'}
      {all ? ' all' : ''}
    </Act>
  )
}

/** One line for the whole ticket. */
export function ShowAll({ ticket: { brief, conversations } }: { ticket: Ticket }) {
  const { isShown } = useShown()
  const spans = [
    brief.private?.wants,
    brief.private?.suggestedReply,
    ...brief.suggestions.map((one) => one.private),
    ...brief.facts.map((fact) => fact.private),
    ...conversations.flatMap((one) => one.messages.flatMap((said) => [said.private, said.privateBefore])),
  ]
  if (!spans.some((some) => some?.length)) return null
  return (
    <p className="show-all">
      <Icon name="eye" />
      <span>
        {isShown()
          ? 'Private data is in sight; the history says so.'
          : 'Private data is masked. Showing it is recorded.'}
      </span>
      <ShowButton all spans={spans} of="private data of this ticket" />
    </p>
  )
}
