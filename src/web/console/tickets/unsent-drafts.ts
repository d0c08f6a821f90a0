// What the agent has typed and not sent: here as it is typed, and on the server a moment later. Each side has its own
// text, so that private words never slide into public.
import { useEffect, useState, useSyncExternalStore } from 'react'
import { ask, asProblem, type Ticket } from '../api-client.ts'
import { useLive } from '../event-stream.tsx'

type Part = 'public' | 'private' | 'note' | 'side'
type Parts = Readonly<Record<Part, string>>
type Draft = {
  readonly parts: Parts
  /** `unsaved`: the server could not be reached, and it is tried again. */
  readonly state: 'saved' | 'saving' | 'unsaved' | ''
}
type Kept = {
  draft: Draft
  /** Parts that the server does not have yet. */
  readonly changed: Set<Part>
  /** Rises with each change; and what it was when a part was last written or saved. */
  clock: number
  readonly stamps: Map<Part, number>
  timer?: ReturnType<typeof setTimeout>
  saving?: Promise<void>
}

const PARTS = ['public', 'private', 'note', 'side'] as const
const PAUSE_MS = 500
const AGAIN_MS = 3000
const NOTHING: Parts = { public: '', private: '', note: '', side: '' }
/** Names this page, so that it knows its own writing when it is told of it. */
const TAB = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16)).join('')

const kept = new Map<string, Kept>()
const watchers = new Set<() => void>()
let whose = ''

const pathOf = (ticket: string) => `/api/tickets/${encodeURIComponent(ticket)}`

function show(one: Kept, draft: Partial<Draft>): void {
  one.draft = { ...one.draft, ...draft }
  for (const watcher of watchers) watcher()
}

function keptOf(ticket: string, told: Ticket['draft'] = {}): Kept {
  const known = kept.get(ticket)
  if (known) return known
  const parts = { ...NOTHING, ...told }
  const one: Kept = { draft: { parts, state: '' }, changed: new Set(), clock: 0, stamps: new Map() }
  kept.set(ticket, one)
  return one
}

function stamp(one: Kept, parts: Iterable<Part>): void {
  one.clock += 1
  for (const part of parts) one.stamps.set(part, one.clock)
}

/** Takes over what the server has, but for what was typed or saved here since `since`. */
function takeOver(one: Kept, told: Ticket['draft'], since: number): void {
  const parts = { ...one.draft.parts }
  for (const part of PARTS) {
    if (!one.changed.has(part) && (one.stamps.get(part) ?? 0) <= since) parts[part] = told[part] ?? ''
  }
  show(one, { parts })
}

async function readAgain(ticket: string): Promise<void> {
  const one = keptOf(ticket)
  const since = one.clock
  const seen = await ask<Ticket>('GET', pathOf(ticket)).catch(() => undefined)
  if (seen) takeOver(one, seen.draft, since)
}

function saveSoon(ticket: string, one: Kept, ms = PAUSE_MS): void {
  clearTimeout(one.timer)
  one.timer = setTimeout(() => void save(ticket), ms)
}

const changedParts = ({ changed, draft }: Kept) =>
  Object.fromEntries([...changed].map((part) => [part, draft.parts[part]]))

/** Saves what is not saved; one request at a time. */
async function save(ticket: string): Promise<void> {
  const one = keptOf(ticket)
  clearTimeout(one.timer)
  await one.saving
  if (one.changed.size === 0) return
  const at = one.clock
  const parts = [...one.changed]
  show(one, { state: 'saving' })
  const saving = ask('PUT', `${pathOf(ticket)}/draft`, { ...changedParts(one), tab: TAB }).then(
    () => {
      for (const part of parts) if ((one.stamps.get(part) ?? 0) <= at) one.changed.delete(part)
      stamp(one, parts)
      show(one, { state: one.changed.size === 0 ? 'saved' : 'saving' })
      if (one.changed.size > 0) saveSoon(ticket, one)
    },
    (error) => {
      const { status } = asProblem(error)
      show(one, { state: 'unsaved' })
      // A ticket that is gone takes its drafts with it. A text that is too long waits until it is shorter, and whoever
      // is signed out until they are back.
      if (status === 404) kept.delete(ticket)
      else if (status === 0 || status >= 500) saveSoon(ticket, one, AGAIN_MS)
    },
  )
  one.saving = saving
  await saving
  if (one.saving === saving) one.saving = undefined
}

function write(ticket: string, part: Part, text: string): void {
  const one = keptOf(ticket)
  if (one.draft.parts[part] === text) return
  one.changed.add(part)
  stamp(one, [part])
  show(one, { parts: { ...one.draft.parts, [part]: text }, state: 'saving' })
  saveSoon(ticket, one)
}

/** The server removes a text when it is sent; what was typed since stays. */
function sent(ticket: string, part: Part, text: string): void {
  const one = keptOf(ticket)
  stamp(one, [part])
  if (one.draft.parts[part] === text) {
    one.changed.delete(part)
    show(one, { parts: { ...one.draft.parts, [part]: '' }, state: '' })
  } else {
    one.changed.add(part)
    saveSoon(ticket, one)
  }
}

/** Whoever signs in sees nobody else's drafts; what could not be saved before is saved now. */
export function draftsBelongTo(email: string): void {
  if (whose !== email) kept.clear()
  whose = email
  for (const [ticket, one] of kept) if (one.changed.size > 0) saveSoon(ticket, one, 0)
}

export const saveDrafts = async (): Promise<void> => {
  await Promise.all([...kept.keys()].map(save))
}

// The page may be gone before the pause is over.
addEventListener('pagehide', () => {
  for (const [ticket, one] of kept) {
    if (one.changed.size === 0) continue
    const body = JSON.stringify({ ...changedParts(one), tab: TAB })
    const headers = { 'content-type': 'application/json' }
    void fetch(`${pathOf(ticket)}/draft`, { method: 'PUT', headers, body, keepalive: true }).catch(() => {})
  }
})
addEventListener('beforeunload', (event) => {
  if ([...kept.values()].some(({ draft }) => draft.state === 'unsaved')) event.preventDefault()
})

export type DraftView = Draft & {
  write(part: Part, text: string): void
  /** Before a text is sent: nothing that is still being saved comes after it. */
  settle(): Promise<void>
  sent(part: Part, text: string): void
}

/** The agent's draft on this ticket, the same in every tab. */
export function useDraft(ticket: Ticket): DraftView {
  const { id } = ticket
  // What is known from before may be old: this page may not have shown the ticket while another wrote.
  const [isOld] = useState(() => kept.has(id))
  keptOf(id, ticket.draft)
  const draft = useSyncExternalStore(
    (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    () => keptOf(id).draft,
  )
  useEffect(() => {
    if (isOld) void readAgain(id)
  }, [id, isOld])
  useEffect(() => {
    const again = () => document.visibilityState === 'visible' && void readAgain(id)
    addEventListener('focus', again)
    document.addEventListener('visibilitychange', again)
    return () => {
      removeEventListener('focus', again)
      document.removeEventListener('visibilitychange', again)
    }
  }, [id])
  useLive((event) => {
    if (event === 'connected') void save(id).then(() => readAgain(id))
    else if (event.type === 'draft-changed' && event.ticket === id && event.tab !== TAB) void readAgain(id)
  })
  return {
    ...draft,
    write: (part, text) => write(id, part, text),
    settle: () => save(id),
    sent: (part, text) => sent(id, part, text),
  }
}
