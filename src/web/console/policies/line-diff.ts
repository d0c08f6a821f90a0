// What changed between two texts, line by line.

export type DiffLine = {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
  /** Line numbers, from 1, in the text before and after. */
  readonly before?: number
  readonly after?: number
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

/** The longest common subsequence keeps its lines; of a change, what is gone comes first. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)]
  let start = 0
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1
  let end = 0
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1
  const [rows, columns] = [old.length - start - end, now.length - start - end]

  // common[row * width + column]: how many lines the rests from there have in common.
  const width = columns + 1
  const common = new Uint32Array((rows + 1) * width)
  const at = (row: number, column: number) => common[row * width + column] ?? 0
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      common[row * width + column] =
        old[start + row] === now[start + column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1))
    }
  }

  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    const [row, column] = [i - start, j - start]
    const inside = row >= 0 && column >= 0 && row < rows && column < columns
    if (i < old.length && j < now.length && old[i] === now[j] && (!inside || at(row, column) > at(row + 1, column))) {
      lines.push({ kind: 'same', text: old[i] ?? '', before: i + 1, after: j + 1 })
      i += 1
      j += 1
    } else if (row < rows && (column >= columns || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ kind: 'removed', text: old[i] ?? '', before: i + 1 })
      i += 1
    } else {
      lines.push({ kind: 'added', text: now[j] ?? '', after: j + 1 })
      j += 1
    }
  }
  return lines
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
