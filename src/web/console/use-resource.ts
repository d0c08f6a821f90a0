// How the console loads data: a hook that reads something from the API and can read it again.
import { QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { ask, asProblem, type Problem } from './api-client.ts'

export type Resource<T> = {
  readonly data?: T
  readonly problem?: Problem
  readonly loading: boolean
  refresh(): void
  /** Puts an answer in place that came another way. */
  put(data: T): void
}

/**
 * What is read belongs to one session. The event stream says when it is old; being offline is told by the request
 * itself. What no page shows any more is forgotten, so that no ticket opens on what was true some time ago.
 */
export const newQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        gcTime: 0,
      },
    },
  })

export function useResource<T>(path: string): Resource<T> {
  const client = useQueryClient()
  const { data, error, isPending } = useQuery({ queryKey: [path], queryFn: () => ask<T>('GET', path) })
  // An answer that is overtaken by a newer question, or by what is put in place, is dropped.
  const refresh = useCallback(() => {
    // A first reading under way would be taken for the answer to the newer question.
    void client.cancelQueries({ queryKey: [path] })
    void client.invalidateQueries({ queryKey: [path] })
  }, [client, path])
  const put = useCallback(
    (fresh: T) => {
      void client.cancelQueries({ queryKey: [path] })
      client.setQueryData([path], fresh)
    },
    [client, path],
  )
  return { data, ...(error ? { problem: asProblem(error) } : {}), loading: isPending, refresh, put }
}
