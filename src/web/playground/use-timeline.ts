// Loads the playground's posts and messages and keeps them fresh.
import { useCallback, useEffect, useState } from 'react'

export type AuthorKind = 'customer' | 'bot' | 'agent'
export type Direct = {
  readonly id: string
  readonly author: string
  readonly authorKind?: AuthorKind
  readonly text: string
  readonly at: number | string
}
export type Post = Direct & {
  readonly inReplyTo?: string | null
  readonly hidden?: boolean
  /** The reply has a “Message us privately” button. */
  readonly invite?: boolean
}
type DirectMessage = Direct & {
  /** Titles of its buttons; a tap sends the title. */
  readonly quickReplies?: readonly string[]
}
type Timeline = { readonly posts: readonly Post[]; readonly dms: readonly DirectMessage[] }

const API = '/playground/api'

export type Network = {
  readonly timeline?: Timeline
  readonly trouble?: string
  /** `aside`: it is not addressed to the shop. */
  post(text: string, more: { inReplyTo?: string | undefined; aside: boolean }): Promise<boolean>
  write(text: string): Promise<boolean>
}

export function useNetwork(customer: string): Network {
  const [timeline, setTimeline] = useState<Timeline>()
  const [trouble, setTrouble] = useState<string>()
  const query = `?customer=${encodeURIComponent(customer)}`

  const refresh = useCallback(
    async (signal?: AbortSignal) => {
      try {
        const answer = await fetch(`${API}/timeline${query}`, { signal: signal ?? null })
        if (!answer.ok) throw new Error(await reason(answer))
        const read = await answer.json()
        if (signal?.aborted) return
        setTimeline(read)
        setTrouble(undefined)
      } catch (error) {
        if (!signal?.aborted) setTrouble(say(error))
      }
    },
    [query],
  )

  useEffect(() => {
    const leaving = new AbortController()
    const source = new EventSource(`${API}/events${query}`)
    const changed = () => void refresh(leaving.signal)
    source.addEventListener('changed', changed)
    source.onmessage = changed
    // After a lost connection, what happened meanwhile is read too.
    source.onopen = changed
    changed()
    return () => {
      leaving.abort()
      source.close()
    }
  }, [query, refresh])

  const send = async (path: string, body: object): Promise<boolean> => {
    try {
      const answer = await fetch(API + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ customer, ...body }),
      })
      if (!answer.ok) throw new Error(await reason(answer))
      await refresh()
      return true
    } catch (error) {
      setTrouble(say(error))
      return false
    }
  }

  return {
    timeline,
    trouble,
    post: (text, { inReplyTo, aside }) => send('/posts', { text, aside, ...(inReplyTo ? { inReplyTo } : {}) }),
    write: (text) => send('/dms', { text }),
  }
}

async function reason(answer: Response): Promise<string> {
  const problem = await answer.json().catch(() => undefined)
  return problem?.detail ?? problem?.message ?? `The playground answered with an error (${answer.status}).`
}

const say = (error: unknown): string =>
  error instanceof Error && !(error instanceof TypeError)
    ? error.message
    : 'Warmline cannot be reached. Is it still running?'

/** Who wrote it: the network says so, and otherwise everybody is a customer. */
export const kindOf = ({ authorKind }: Direct): AuthorKind => authorKind ?? 'customer'
