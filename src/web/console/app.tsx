// Chooses the page by address and by who is signed in.
import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { announce } from '../ui/live-region.tsx'
import { SignIn } from './accounts/sign-in-page.tsx'
import { ask, asProblem, onSignedOut, type User } from './api-client.ts'
import { LiveUpdates } from './event-stream.tsx'
import { Shell } from './shell/shell.tsx'
import { draftsBelongTo, saveDrafts } from './tickets/unsent-drafts.ts'
import { newQueryClient } from './use-resource.ts'

type Who = { readonly user?: User; readonly state: 'asking' | 'out' | 'in'; readonly why?: string }

export function App() {
  const [who, setWho] = useState<Who>({ state: 'asking' })

  const look = useCallback(async () => {
    try {
      const { user } = await ask<{ user: User }>('GET', '/api/session')
      draftsBelongTo(user.email)
      setWho({ state: 'in', user })
    } catch (error) {
      const problem = asProblem(error)
      setWho({ state: 'out', ...(problem.status === 401 ? {} : { why: problem.message }) })
    }
  }, [])

  useEffect(() => {
    onSignedOut(() => {
      setWho({ state: 'out', why: 'Your session has ended. Sign in again to go on where you were.' })
      announce('Your session has ended.')
    })
    void look()
  }, [look])

  const signOut = useCallback(async () => {
    await saveDrafts()
    draftsBelongTo('')
    await ask('DELETE', '/api/session').catch(() => {})
    setWho({ state: 'out' })
  }, [])

  if (who.state === 'asking') return <p className="hidden-text">Loading…</p>
  if (!who.user || who.state === 'out') {
    return (
      <SignIn
        why={who.why}
        onSignedIn={(user) => {
          draftsBelongTo(user.email)
          setWho({ state: 'in', user })
        }}
      />
    )
  }
  return (
    <SessionData key={who.user.email}>
      <LiveUpdates>
        <Shell user={who.user} onSignOut={signOut} />
      </LiveUpdates>
    </SessionData>
  )
}

/** What was loaded is gone with the session. */
function SessionData({ children }: { children: ReactNode }) {
  const [client] = useState(newQueryClient)
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}
