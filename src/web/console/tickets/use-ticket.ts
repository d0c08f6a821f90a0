// One ticket, kept fresh, and what can be done with it.
import { useCallback, useState } from 'react'
import { announce } from '../../ui/live-region.tsx'
import { ask, asProblem, type EarlierMessages, type Problem, type Ticket } from '../api-client.ts'
import { changesTicket, useLive } from '../event-stream.tsx'
import { type Resource, useResource } from '../use-resource.ts'

type Step =
  | 'claim'
  | 'release'
  | 'reopen'
  | 'resolve'
  | 'return'
  | 'transfer'
  | 'snooze'
  | 'unsnooze'
  | 'replies'
  | 'notes'
  | 'show'
  | 'wordings'
  | 'labels'

export type TicketView = Resource<Ticket> & {
  /** The step under way. */
  readonly pending?: Step
  /** Why the last step did not happen. */
  readonly refusal?: Problem
  /** Carries the step out; resolves to what stood in its way, or to nothing. */
  act(step: Step, body?: unknown): Promise<Problem | undefined>
  /** Splits off a ticket that is merged into this one. */
  split(part: string): Promise<void>
  forget(): void
  /** Notes that the agent who holds the ticket has it before them. */
  seen(): void
  /** Reads the page of messages before the first that is shown. */
  showEarlier(): Promise<void>
}

const DONE: Record<Step, string> = {
  claim: 'You hold this ticket now. The bot is silent in it.',
  release: 'The ticket is back in the queue.',
  reopen: 'You hold this ticket again. The bot is silent in it.',
  resolve: 'Resolved.',
  return: 'The bot has the case again.',
  transfer: 'Transferred.',
  snooze: 'Put aside.',
  unsnooze: 'You have taken the ticket up again.',
  replies: 'Your reply is on its way.',
  notes: 'Note kept.',
  wordings: 'The customer’s wording is proposed. It waits for approval in a draft.',
  labels: 'What kind of message it is waits for approval in a draft.',
  show: 'Private data is in sight. The history says that you had it shown.',
}

export function useTicket(id: string): TicketView {
  const path = `/api/tickets/${encodeURIComponent(id)}`
  const resource = useResource<Ticket>(path)
  const [pending, setPending] = useState<Step>()
  const [refusal, setRefusal] = useState<Problem>()
  const [older, setOlder] = useState<{ id: string } & EarlierMessages>()

  useLive((event) => {
    if (event !== 'connected' && !(changesTicket(event) && event.ticket === id)) return
    if (event !== 'connected' && event.type === 'message-received') announce('The customer wrote a new message.')
    if (event !== 'connected' && event.type === 'expert-answered') announce('An expert has answered, in a note.')
    resource.refresh()
  })

  const { data, put } = resource
  const seen = useCallback(() => {
    // The next event shows it; a badge that stays is no reason to disturb anybody.
    ask<Ticket>('POST', `${path}/seen`).then(put, () => {})
  }, [path, put])
  const before = older?.id === id ? older : undefined
  const ticket =
    data && before
      ? { ...data, conversations: joined(before.conversations, data.conversations), earlier: before.earlier }
      : data

  return {
    ...resource,
    ...(ticket ? { data: ticket } : {}),
    seen,
    async showEarlier() {
      if (!ticket) return
      const page = await ask<EarlierMessages>('GET', `${path}/messages?before=${ticket.earlier}`)
      setOlder({ id, ...page, conversations: joined(page.conversations, before?.conversations ?? []) })
    },
    pending,
    refusal,
    async split(part) {
      try {
        resource.put(await ask<Ticket>('POST', `/api/tickets/${encodeURIComponent(part)}/split`))
        announce(`${part} is split off.`)
      } catch (error) {
        setRefusal(asProblem(error))
        resource.refresh()
      }
    },
    forget: () => setRefusal(undefined),
    async act(step, body) {
      setPending(step)
      setRefusal(undefined)
      try {
        resource.put(await ask<Ticket>('POST', `${path}/${step}`, body))
        announce(DONE[step])
        return undefined
      } catch (error) {
        const problem = asProblem(error)
        // What is explained where it was pressed needs no second place.
        if (problem.findings.length === 0 && step !== 'wordings' && step !== 'labels') setRefusal(problem)
        resource.refresh()
        return problem
      } finally {
        setPending(undefined)
      }
    },
  }
}

type Conversations = Ticket['conversations']

/** Earlier messages before later ones, by conversation; what is in both stands once, as it is later. */
function joined(earlier: Conversations, later: Conversations): Conversations {
  // Two accounts may write in one public thread.
  const keyOf = ({ id, part = '' }: Conversations[number]) => `${part} ${id}`
  const places = new Map(later.map((one) => [keyOf(one), one]))
  const both = earlier.map((one) => {
    const after = places.get(keyOf(one))
    if (!after) return one
    const known = new Set(after.messages.map(({ id }) => id))
    return { ...after, messages: [...one.messages.filter(({ id }) => !known.has(id)), ...after.messages] }
  })
  const keys = new Set(earlier.map(keyOf))
  return [...both, ...later.filter((one) => !keys.has(keyOf(one)))]
}
