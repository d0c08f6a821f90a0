// Problems and examples of the text as it is typed; the last answer wins.
import { useEffect, useState } from 'react'
import { ask, asProblem } from '../../ask.ts'
import { type Checked, type ContentProblem, draftApi } from '../api.ts'

export type Lint = {
  readonly problems: readonly ContentProblem[]
  readonly examples?: Checked['examples']
  /** The text has changed since. */
  readonly pending: boolean
  readonly trouble?: string
}

const QUIET_MS = 350

export function useLint(draft: string, path: string | undefined, text: string): Lint {
  const [lint, setLint] = useState<Lint & { path?: string }>({ problems: [], pending: true })
  useEffect(() => {
    if (path === undefined) return
    let overtaken = false
    setLint((before) => (before.path === path ? { ...before, pending: true } : { path, problems: [], pending: true }))
    const timer = setTimeout(async () => {
      try {
        const said = await ask<Checked>('POST', `${draftApi(draft)}/lint`, { path, text })
        if (!overtaken) setLint({ path, ...said, pending: false })
      } catch (error) {
        if (!overtaken) setLint({ path, problems: [], pending: false, trouble: asProblem(error).message })
      }
    }, QUIET_MS)
    return () => {
      overtaken = true
      clearTimeout(timer)
    }
  }, [draft, path, text])
  return lint
}
