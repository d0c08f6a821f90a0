// Subscribes to the server's events, once for the whole page.
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import {
  ask,
  type BotPausesEvent,
  type DeskEvent,
  type DraftEvent,
  type NotificationsEvent,
  type PolicyEvent,
  type PresenceEvent,
  type ViewersEvent,
} from './api-client.ts'

const TYPES: readonly LiveEvent['type'][] = [
  'policy-changed',
  'draft-changed',
  'viewers-changed',
  'bot-pauses-changed',
  'presence-changed',
  'notifications-changed',
  'ticket-opened',
  'ticket-claimed',
  'ticket-released',
  'ticket-resolved',
  'ticket-returned',
  'ticket-reopened',
  'ticket-transferred',
  'ticket-snoozed',
  'ticket-merged',
  'ticket-split',
  'expert-answered',
  'ticket-updated',
  'ticket-warning',
  'message-received',
  'message-sent',
]
const AGAIN_MS = 3000

export type LiveState = 'connecting' | 'live' | 'reconnecting'
/** `connected`: the stream is new, and what happened before it is unknown. */
type LiveEvent =
  | DeskEvent
  | NotificationsEvent
  | DraftEvent
  | ViewersEvent
  | BotPausesEvent
  | PresenceEvent
  | PolicyEvent
type Listener = (event: LiveEvent | 'connected') => void

const LiveContext = createContext<{ state: LiveState; listeners: Set<Listener> }>({
  state: 'connecting',
  listeners: new Set(),
})

export function LiveUpdates({ children }: { children: ReactNode }) {
  const [state, setState] = useState<LiveState>('connecting')
  const [listeners] = useState(() => new Set<Listener>())

  useEffect(() => {
    let source: EventSource
    let again: ReturnType<typeof setTimeout>
    let wasLive = false
    const tell = (event: LiveEvent | 'connected') => {
      for (const listener of listeners) listener(event)
    }
    const connect = () => {
      source = new EventSource('/api/events')
      source.onopen = () => {
        setState('live')
        // The first time everything has just been asked for.
        if (wasLive) tell('connected')
        wasLive = true
      }
      source.onerror = () => {
        setState('reconnecting')
        wasLive = true
        if (source.readyState !== EventSource.CLOSED) return
        // The browser gives up when the answer was no stream: an ended session shows itself here.
        ask('GET', '/api/content').catch(() => {})
        again = setTimeout(connect, AGAIN_MS)
      }
      for (const type of TYPES) source.addEventListener(type, (event) => tell(JSON.parse(event.data)))
    }
    connect()
    return () => {
      clearTimeout(again)
      source.close()
    }
  }, [listeners])

  return <LiveContext value={{ state, listeners }}>{children}</LiveContext>
}

/** Whether it says that a ticket is no longer what it was. */
export const changesTicket = (event: LiveEvent): event is DeskEvent => /^(?:ticket|message|expert)-/.test(event.type)

export const useLiveState = (): LiveState => useContext(LiveContext).state

export function useLive(listener: Listener): void {
  const { listeners } = useContext(LiveContext)
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => {
    const one: Listener = (event) => latest.current(event)
    listeners.add(one)
    return () => {
      listeners.delete(one)
    }
  }, [listeners])
}
