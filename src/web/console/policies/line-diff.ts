// What changed between two texts, line by line.
import { diffArrays } from 'diff'

export type DiffLine = {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
  /** Line numbers, from 1, in the text before and after. */
  readonly before?: number
  readonly after?: number
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

/** Texts that differ in more lines than these have nothing in common: looking for it would keep the browser waiting. */
const MOST_CHANGES = 2000

/** The shortest way from one text to the other; of a change, what is gone comes first. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)]
  const parts = diffArrays(old, now, { maxEditLength: MOST_CHANGES }) ?? [
    { value: old, removed: true, added: false },
    { value: now, removed: false, added: true },
  ]
  let [i, j] = [0, 0]
  return parts.flatMap(({ value, added, removed }) =>
    value.map((text): DiffLine => {
      if (removed) return { kind: 'removed', text, before: ++i }
      if (added) return { kind: 'added', text, after: ++j }
      return { kind: 'same', text, before: ++i, after: ++j }
    }),
  )
}

export type Hunk = { readonly skipped: number; readonly lines: readonly DiffLine[] }

/** The changes with so many lines around them; `skipped`: lines left out before. */
export function hunksOf(lines: readonly DiffLine[], around = 3): readonly Hunk[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ kind }) => kind !== 'same'),
  )
  const hunks: { skipped: number; lines: DiffLine[] }[] = []
  let skipped = 0
  lines.forEach((line, index) => {
    if (!near[index]) {
      skipped += 1
      return
    }
    if (index === 0 || !near[index - 1]) hunks.push({ skipped, lines: [] })
    skipped = 0
    hunks.at(-1)?.lines.push(line)
  })
  return hunks
}
