// The table that `npm run chaos` prints.

/** One line: what was done, what had to hold, and what was seen. */
export type Row = {
  readonly name: string
  readonly fault: string
  readonly pass: string
  readonly kept: boolean
  readonly says: string
  readonly seconds: number
}

const WIDTH = 62

/** Breaks a text into lines of at most `WIDTH`. */
function wrap(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ name, fault, pass, kept, says, seconds }) => [
    [name, kept ? 'kept' : 'BROKEN', `${seconds.toFixed(0)} s`],
    wrap(fault),
    [...wrap(pass), ...wrap(`→ ${says}`)],
  ])
  const widths = [0, 1].map((column) =>
    Math.max(...cells.flatMap((row) => (row[column] ?? []).map(({ length }) => length))),
  )
  return cells
    .map((row) => {
      const height = Math.max(...row.map(({ length }) => length))
      const lines = Array.from({ length: height }, (_, n) =>
        row
          .map((column, at) => (column[n] ?? '').padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd(),
      )
      return `${lines.join('\n')}\n`
    })
    .join('\n')
}
