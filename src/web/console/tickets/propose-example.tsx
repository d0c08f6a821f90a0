// Proposing what a customer asked as an example: how far that is, what stood in its way, and where it waits.
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Icon } from '../../ui/icon.tsx'
import type { User } from '../api-client.ts'
import type { Kind } from '../labels.ts'
import { mayReadPolicy } from '../policies/permissions.ts'
import { draftPath } from '../policies/shared.tsx'
import { Go } from '../router.tsx'
import type { TicketView } from './use-ticket.ts'

type Lesson = { readonly article: string; readonly answer?: string } | Required<Kind>

export function useProposing(view: TicketView) {
  const [trouble, setTrouble] = useState('')
  const [step, setStep] = useState<'pending' | 'pressed'>()
  return {
    isPending: step === 'pending',
    wasPressed: step === 'pressed',
    /** What stood in the way, where it was pressed. */
    trouble: trouble ? (
      <p className="suggestion-trouble" role="alert">
        {trouble}
      </p>
    ) : null,
    /** Resolves to whether it waits in a draft now. */
    async propose(body: Lesson): Promise<boolean> {
      setStep('pending')
      const problem = await view.act('article' in body ? 'wordings' : 'labels', body)
      setTrouble(problem?.message ?? '')
      setStep('pressed')
      return !problem
    },
  }
}

/** A wording waits in a draft. `focus`: the button that had the keyboard is gone. */
export function WordingInDraft({
  of: { by, draft },
  user,
  focus,
  children,
}: {
  of: { readonly by: string; readonly draft: string }
  user: User
  focus: boolean
  children: ReactNode
}) {
  const line = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (focus) line.current?.focus()
  }, [focus])
  return (
    <p className="suggestion-learnt" tabIndex={-1} ref={line}>
      <Icon name="check" /> {children} by {by === user.email ? 'you' : by}
      {mayReadPolicy(user) ? (
        <>
          {' '}
          in <Go href={draftPath(draft, 'changes')}>a draft</Go>
        </>
      ) : null}
    </p>
  )
}
