import { type ReactNode, useEffect, useRef } from 'react'
import { Icon } from '../../look/icon.tsx'
import type { User } from '../ask.ts'
import { draftPath } from '../policy/bits.tsx'
import { mayReadPolicy } from '../policy/roles.ts'
import { Go } from '../route.tsx'

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
