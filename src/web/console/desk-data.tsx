// What all pages of the desk choose from: teams, contact reasons, colleagues.
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { Colleague, ContentState } from './api-client.ts'
import { useLive } from './event-stream.tsx'
import { useResource } from './use-resource.ts'

/** Somebody's name; the first part of their address where nobody has it any more. */
export type NameOf = (email: string) => string

type DeskData = {
  readonly teams: readonly string[]
  readonly contactReasons: ContentState['contactReasons']
  readonly colleagues: readonly Colleague[]
  readonly nameOf: NameOf
}

const DeskContext = createContext<DeskData>({
  teams: [],
  contactReasons: [],
  colleagues: [],
  nameOf: (email) => email,
})
export const useDesk = (): DeskData => useContext(DeskContext)

export function DeskProvider({ content, children }: { content?: ContentState; children: ReactNode }) {
  const { data, refresh } = useResource<{ colleagues: readonly Colleague[] }>('/api/colleagues')
  useLive((event) => event === 'connected' && refresh())
  const value = useMemo((): DeskData => {
    const colleagues = data?.colleagues ?? []
    const names = new Map(colleagues.map(({ email, name }) => [email, name]))
    return {
      teams: [...new Set([...(content?.teams ?? []), ...colleagues.flatMap(({ teams }) => teams)])].sort(),
      contactReasons: content?.contactReasons ?? [],
      colleagues,
      nameOf: (email) => names.get(email) ?? email.split('@')[0] ?? email,
    }
  }, [content, data])
  return <DeskContext value={value}>{children}</DeskContext>
}
