// One ticket, kept fresh, and what can be done with it.
import { useState } from 'react'
import { announce } from '../announce.tsx'
import { ask, asProblem, type Problem, type Ticket } from '../ask.ts'
import { useLive } from '../live.tsx'
import { type Resource, useResource } from '../resource.ts'

type Step = 'claim' | 'release' | 'reopen' | 'resolve' | 'return' | 'replies' | 'notes' | 'show' | 'wordings' | 'labels'

export type TicketView = Resource<Ticket> & {
  /** The step under way. */
  readonly pending?: Step
  /** Why the last step did not happen. */
  readonly refusal?: Problem
  /** Carries the step out; resolves to what stood in its way, or to nothing. */
  act(step: Step, body?: unknown): Promise<Problem | undefined>
  forget(): void
}

const DONE: Record<Step, string> = {
  claim: 'You hold this ticket now. The bot is silent in it.',
  release: 'The ticket is back in the queue.',
  reopen: 'You hold this ticket again. The bot is silent in it.',
  resolve: 'Resolved.',
  return: 'The bot has the case again.',
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

  useLive((event) => {
    if (event !== 'connected' && event.type === 'draft-changed') return
    if (event !== 'connected' && (event.type === 'policy-changed' || event.ticket !== id)) return
    if (event !== 'connected' && event.type === 'message-received') announce('The customer wrote a new message.')
    resource.refresh()
  })

  return {
    ...resource,
    pending,
    refusal,
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
