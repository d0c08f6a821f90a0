// What a bench says: rows of figures, each with what it stands beside.

/** One figure. `beside` is what the same run measured or a source published; `ratio` is ours over it; `others` get a
 * column each. */
export type Row = {
  readonly what: string
  readonly figure: number
  readonly unit: string
  readonly beside?: { readonly what: string; readonly figure: number }
  readonly others?: readonly { readonly what: string; readonly figure: number }[]
  readonly note?: string
}

export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

export const median = (values: readonly number[]): number =>
  percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  )

const round = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3))

export function table(title: string, rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap(({ others }) => (others ?? []).map(({ what }) => what)))]
  const lines = rows.map(({ what, figure, unit, beside, others, note }) => [
    what,
    `${round(figure)} ${unit}`,
    ...names.map((name) => {
      const other = others?.find((one) => one.what === name)
      return other ? `${round(other.figure)} ${unit}` : ''
    }),
    beside ? `${round(beside.figure)} ${unit} (${beside.what})` : '',
    beside ? `${(figure / beside.figure).toFixed(2)} x` : '',
    note ?? '',
  ])
  const titles = ['figure', 'ours', ...names, 'beside', 'ratio', 'note']
  const used = titles.map((_, column) => lines.some((line) => line[column]))
  const all = [titles, ...lines].map((line) => line.filter((_, column) => used[column]))
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)))
  const body = all.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return `\n${title}\n${body.join('\n')}\n`
}
