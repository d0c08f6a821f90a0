// A hook that loads something from the API and can load it again.
import { useCallback, useEffect, useRef, useState } from 'react'
import { ask, asProblem, type Problem } from './api-client.ts'

export type Resource<T> = {
  readonly data?: T
  readonly problem?: Problem
  readonly loading: boolean
  refresh(): void
  /** Puts an answer in place that came another way. */
  put(data: T): void
}

const readJson = <T>(path: string): Promise<T> => ask<T>('GET', path)

type Seen<T> = { readonly path: string; readonly data?: T; readonly problem?: Problem; readonly loading: boolean }

/** `read` is the same function at every call. */
export function useResource<T>(path: string, read: (path: string) => Promise<T> = readJson): Resource<T> {
  const [seen, setSeen] = useState<Seen<T>>({ path, loading: true })
  const turn = useRef(0)

  const refresh = useCallback(async () => {
    turn.current += 1
    const mine = turn.current
    // An answer that was overtaken by a newer question is dropped.
    const show = (next: Partial<Seen<T>>) => {
      if (mine === turn.current)
        setSeen((now) => ({ ...(now.path === path ? now : {}), ...next, path, loading: false }))
    }
    try {
      show({ data: await read(path), problem: undefined })
    } catch (error) {
      show({ problem: asProblem(error) })
    }
  }, [path, read])

  const put = useCallback(
    (data: T) => {
      turn.current += 1
      setSeen({ path, data, loading: false })
    },
    [path],
  )

  useEffect(() => {
    void refresh()
    return () => {
      turn.current += 1
    }
  }, [refresh])

  const current = seen.path === path ? seen : { loading: true }
  return { ...current, refresh, put }
}
