// One draft: what is saved, what is typed and not saved yet, and what to do when somebody else saved meanwhile.
import { useEffect, useState } from 'react'
import { announce } from '../../../ui/live-region.tsx'
import { ask, asProblem } from '../../api-client.ts'
import { useLive } from '../../event-stream.tsx'
import { type Resource, useResource } from '../../use-resource.ts'
import { type Draft, draftApi } from '../api.ts'

/** `base`: the saved text that the typed one started from; undefined: there was no such file. */
type Typed = { readonly text: string; readonly base: string | undefined }
type Conflict = { readonly path: string; readonly mine: string; readonly theirs: string; readonly by: string }

export type DraftView = Resource<Draft> & {
  /** Paths of the policy files, those not saved yet included. */
  readonly paths: readonly string[]
  readonly unsaved: readonly string[]
  readonly saving: boolean
  readonly trouble?: string
  readonly conflict?: Conflict
  /** What stands in the editor. */
  textOf(path: string): string
  write(path: string, text: string): void
  /** Saves everything that is typed; resolves to false when something stands in the way. */
  save(): Promise<boolean>
  remove(path: string): Promise<boolean>
  settle(keep: 'mine' | 'theirs'): void
}

// What is typed outlives the page, so that looking at something else loses nothing.
const typed = new Map<string, Map<string, Typed>>()

const savedIn = (draft: Draft | undefined, path: string): string | undefined =>
  draft?.files.find((file) => file.path === path)?.text

export function useDraft(id: string): DraftView {
  const resource = useResource<Draft>(draftApi(id))
  const { data: draft } = resource
  const [, redraw] = useState(0)
  const [saving, setSaving] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const [conflict, setConflict] = useState<Conflict>()
  const mine = typed.get(id) ?? new Map<string, Typed>()
  typed.set(id, mine)
  const unsaved = [...mine.keys()]

  useLive((event) => {
    if (event === 'connected' || event.type === 'policy-changed') resource.refresh()
  })
  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent) => typed.get(id)?.size && event.preventDefault()
    addEventListener('beforeunload', leaving)
    return () => removeEventListener('beforeunload', leaving)
  }, [id])

  const send = (path: string, text: string | null, revision: number) =>
    ask<Draft>('POST', `${draftApi(id)}/file`, { path, text, revision })

  /** Saves one file over `on`; resolves to the draft as it then is, or to nothing when somebody else changed that file. */
  async function saveOver(on: Draft, path: string, { text, base }: Typed): Promise<Draft | undefined> {
    const theirs = savedIn(on, path)
    if (theirs !== base && theirs !== text) {
      setConflict({ path, mine: text, theirs: theirs ?? '', by: on.changedBy })
      return undefined
    }
    try {
      return await send(path, text, on.revision)
    } catch (error) {
      if (asProblem(error).status !== 409) throw error
      const fresh = await ask<Draft>('GET', draftApi(id))
      // The same revision again: it is not about that, and asking once more would say the same.
      if (fresh.revision === on.revision) throw error
      resource.put(fresh)
      return saveOver(fresh, path, { text, base })
    }
  }

  async function guarded(work: () => Promise<boolean>): Promise<boolean> {
    setSaving(true)
    setTrouble(undefined)
    try {
      return await work()
    } catch (error) {
      setTrouble(asProblem(error).message)
      return false
    } finally {
      setSaving(false)
    }
  }

  const paths = new Set([...(draft?.files.map(({ path }) => path) ?? []), ...mine.keys()])
  return {
    ...resource,
    paths: [...paths].filter((path) => path.startsWith('policies/')).sort(),
    unsaved,
    saving,
    trouble,
    conflict,
    textOf: (path) => mine.get(path)?.text ?? savedIn(draft, path) ?? '',
    write(path, text) {
      const base = mine.has(path) ? mine.get(path)?.base : savedIn(draft, path)
      if (text === base) mine.delete(path)
      else mine.set(path, { text, base })
      redraw((count) => count + 1)
    },
    save: () =>
      guarded(async () => {
        if (!draft) return false
        let now = draft
        for (const [path, words] of [...mine]) {
          const saved = await saveOver(now, path, words)
          if (!saved) return false
          now = saved
          // What was typed while it was under way is not saved yet.
          const later = mine.get(path)
          if (later && later.text !== words.text) mine.set(path, { text: later.text, base: words.text })
          else mine.delete(path)
          resource.put(now)
        }
        if (now !== draft) announce('Saved.')
        return true
      }),
    remove: (path) =>
      guarded(async () => {
        if (!draft) return false
        if (savedIn(draft, path) !== undefined) resource.put(await send(path, null, draft.revision))
        mine.delete(path)
        redraw((count) => count + 1)
        return true
      }),
    settle(keep) {
      if (!conflict) return
      if (keep === 'theirs') mine.delete(conflict.path)
      else mine.set(conflict.path, { text: conflict.mine, base: conflict.theirs })
      setConflict(undefined)
    },
  }
}
