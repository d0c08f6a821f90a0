// Who else looks at the ticket, and where they type.
import { useCallback, useEffect, useRef, useState } from 'react'
import { ask, type User, type Viewer } from '../api-client.ts'
import { useLive } from '../event-stream.tsx'

type Side = NonNullable<Viewer['typing']>
type Parts = Readonly<Record<Side, string>>

const SIDES = ['private', 'public', 'note'] as const satisfies readonly Side[]
/** Well within the time for which the server counts a page that said nothing. */
const AGAIN_MS = 20_000
/** Whoever has pressed no key for so long types no longer. */
const PAUSE_MS = 6000
const TAB = crypto.randomUUID()

/** What this page says arrives in the order in which it says it: whoever left and came back is there. */
let said: Promise<unknown> = Promise.resolve()
const inTurn = <T,>(say: () => Promise<T>): Promise<T> => {
  const next = said.then(say, say)
  said = next
  return next
}

/** The side whose text was changed a moment ago. */
function useTyping(parts: Parts): Side | undefined {
  const [typing, setTyping] = useState<Side>()
  const before = useRef(parts)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    const changed = SIDES.find((side) => parts[side] !== before.current[side] && parts[side] !== '')
    before.current = parts
    if (!changed) return
    setTyping(changed)
    clearTimeout(pause.current)
    pause.current = setTimeout(() => setTyping(undefined), PAUSE_MS)
  }, [parts])
  useEffect(() => () => clearTimeout(pause.current), [])
  return typing
}

/** Tells colleagues that I am here, and where I type; answers with the others. */
export function useViewers(ticket: string, user: User, parts: Parts): readonly Viewer[] {
  const [viewers, setViewers] = useState<readonly Viewer[]>([])
  const typing = useTyping(parts)
  const path = `/api/tickets/${encodeURIComponent(ticket)}/viewing`

  const look = useCallback(() => {
    if (document.visibilityState === 'hidden') return
    inTurn(() => ask<{ viewers: readonly Viewer[] }>('PUT', path, { tab: TAB, ...(typing && { typing }) })).then(
      (seen) => setViewers(seen.viewers),
      () => {},
    )
  }, [path, typing])
  useEffect(() => {
    look()
    const timer = setInterval(look, AGAIN_MS)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [look])
  useEffect(() => {
    const leave = () => {
      const body = JSON.stringify({ tab: TAB, gone: true })
      const headers = { 'content-type': 'application/json' }
      return fetch(path, { method: 'PUT', headers, body, keepalive: true }).catch(() => {})
    }
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      void inTurn(leave)
    }
  }, [path])
  useLive((event) => {
    if (event === 'connected') look()
    else if (event.type === 'viewers-changed' && event.ticket === ticket) setViewers(event.viewers)
  })
  return viewers.filter(({ email }) => email !== user.email)
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .flatMap((word) => [...word].slice(0, 1))
    .slice(0, 2)
    .join('')
    .toUpperCase()

/** Their initials, with the names in words for whoever cannot see them. */
export function ViewerFaces({ viewers }: { viewers: readonly Viewer[] }) {
  if (viewers.length === 0) return null
  const names = viewers.map(({ name }) => name).join(', ')
  return (
    <span className="viewers" role="img" aria-label={`Also looking: ${names}`} title={`Also looking: ${names}`}>
      {viewers.slice(0, 3).map(({ email, name }) => (
        <span key={email} aria-hidden="true">
          {initials(name)}
        </span>
      ))}
      {viewers.length > 3 ? <span aria-hidden="true">+{viewers.length - 3}</span> : null}
    </span>
  )
}

const WRITES = {
  private: 'is typing a private reply',
  public: 'is typing a public reply',
  note: 'is typing a note',
} as const satisfies Record<Side, string>

export function TypingLine({ viewers }: { viewers: readonly Viewer[] }) {
  const typing = viewers.flatMap(({ email, name, typing: side }) =>
    side ? [{ email, text: `${name} ${WRITES[side]}` }] : [],
  )
  return (
    <p className="typing" role="status">
      {typing.map(({ email, text }) => (
        <span key={email}>{text}</span>
      ))}
    </p>
  )
}
