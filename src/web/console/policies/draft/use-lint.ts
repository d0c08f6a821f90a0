// Problems and examples of the text as it is typed; the last answer wins.
import { useEffect, useState } from 'react'
import { ask, asProblem } from '../../api-client.ts'
import { type Checked, type ContentProblem, draftApi } from '../api.ts'

export type Lint = {
  /** Of the open file, and what the text brings about in others. */
  readonly problems: readonly ContentProblem[]
  readonly elsewhere: readonly ContentProblem[]
  readonly examples?: Checked['examples']
  /** The text has changed since. */
  readonly pending: boolean
  readonly trouble?: string
}

const QUIET_MS = 350
const NONE = { problems: [], elsewhere: [] } as const

export function useLint(draft: string, path: string | undefined, text: string): Lint {
  const [lint, setLint] = useState<Lint & { path?: string }>({ ...NONE, pending: true })
  useEffect(() => {
    if (path === undefined) return
    let overtaken = false
    setLint((before) => (before.path === path ? { ...before, pending: true } : { path, ...NONE, pending: true }))
    const timer = setTimeout(async () => {
      try {
        const said = await ask<Checked>('POST', `${draftApi(draft)}/lint`, { path, text })
        const problems = said.problems.filter(({ file }) => file === path)
        const elsewhere = said.problems.filter(({ file }) => file !== path)
        if (!overtaken) setLint({ path, ...said, problems, elsewhere, pending: false })
      } catch (error) {
        if (!overtaken) setLint({ path, ...NONE, pending: false, trouble: asProblem(error).message })
      }
    }, QUIET_MS)
    return () => {
      overtaken = true
      clearTimeout(timer)
    }
  }, [draft, path, text])
  return lint
}
