// Holds a reply back for some seconds, so that whoever pressed “Send” can take that back.
import { useEffect, useRef, useState } from 'react'
import { present } from '../../ui/clock.ts'
import { useNow } from '../../ui/relative-time.ts'
import type { Audience } from '../api-client.ts'

const HELD_MS = { public: 5000, private: 3000 } as const

export type Held<T> = { readonly what: T; readonly audience: Audience; readonly until: number }

/**
 * `send` is called once, when the time is over or the ticket is left for another page of the console. Closing or
 * reloading the page sends nothing: the text is still a draft then.
 */
export function useSendLater<T>(send: (what: T) => void) {
  const [held, setHeld] = useState<Held<T>>()
  const latest = useRef({ send, held })
  latest.current.send = send
  const put = (next: Held<T> | undefined) => {
    latest.current.held = next
    setHeld(next)
  }
  /** Whoever takes it first sends it; nothing is sent twice. */
  const take = (): void => {
    const { held: last } = latest.current
    if (!last) return
    put(undefined)
    latest.current.send(last.what)
  }
  const taking = useRef(take)
  taking.current = take
  const until = held?.until
  useEffect(() => {
    if (until === undefined) return
    const timer = setTimeout(() => taking.current(), Math.max(0, until - present()))
    return () => clearTimeout(timer)
  }, [until])
  useEffect(() => {
    const keep = () => {
      latest.current.held = undefined
      setHeld(undefined)
    }
    addEventListener('pagehide', keep)
    return () => {
      removeEventListener('pagehide', keep)
      taking.current()
    }
  }, [])
  return {
    held,
    hold: (what: T, audience: Audience) => put({ what, audience, until: present() + HELD_MS[audience] }),
    undo: () => put(undefined),
  }
}

/** Seconds until a time, counted down. */
export function useSecondsTo(until: number): number {
  return Math.max(1, Math.floor((until - useNow()) / 1000))
}
