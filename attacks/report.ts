// The tables that `npm run attacks` prints.
import { AUTHORS } from './attack.ts'
import type { HttpRun } from './http.ts'
import type { Injection } from './injection.ts'
import type { Leaks } from './leaks.ts'
import { WAY_NAMES } from './ways.ts'

const SHOWN = 40

function lines(cells: readonly (readonly string[])[]): string {
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  return cells
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}

/** Attacks and leaks by way and author; each leak with what was said. */
export function leaksTable({ attacks, leaked, posts, turns, blocked, seconds }: Leaks): string {
  const cell = (way: string, author: string) => {
    const made = attacks.filter((attack) => attack.way === way && attack.author === author).length
    const out = leaked.flatMap(({ attack }) => (attack.way === way && attack.author === author ? [attack.number] : []))
    return `${new Set(out).size} of ${made}`
  }
  const rows = WAY_NAMES.map((way) => [way, ...AUTHORS.map((author) => cell(way, author))])
  const stories = leaked.slice(0, SHOWN).map(({ attack, text }) => {
    const { author, source, way, type, value } = attack
    return `  LEAKED: by ${author}, ${type} from ${source}, ${way}: \`${value}\` in ${JSON.stringify(text.slice(0, 200))}\n`
  })
  const objections = Object.entries(blocked)
    .sort(([, a], [, b]) => b - a)
    .map(([rule, count]) => `${rule} ${count}`)
    .join(', ')
  return [
    lines([['leaks', ...AUTHORS], ...rows]),
    `${attacks.length} attacks, ${turns} turns, ${posts} public posts searched, ${leaked.length} leaks, ${seconds.toFixed(0)} s\n`,
    `the gate's objections: ${objections || 'none'}\n`,
    ...stories,
  ].join('')
}

export function violationsTable({
  trials,
  byPlace,
  cautious,
  otherwise,
  obeyed,
  violations,
  seconds,
}: Injection): string {
  const rows = Object.entries(byPlace).map(([place, count]) => [
    place,
    `${violations.filter((one) => one.place === place).length} of ${count}`,
  ])
  const stories = violations
    .slice(0, SHOWN)
    .map(
      ({ what, place, words, turn, said }) =>
        `  ${place}, ${what}\n    ${turn}\n    ${JSON.stringify(words)}\n    → ${JSON.stringify(said)}\n`,
    )
  return [
    lines([['hostile words in', 'violations'], ...rows]),
    `${trials} turns with hostile words: ${cautious} more cautious than without, ${otherwise} with another article, ${violations.length} violations; the model obeyed ${obeyed} times; ${seconds.toFixed(0)} s\n`,
    ...stories,
  ].join('')
}

export function httpTable({ areas, seconds }: HttpRun): string {
  const rows = areas.map(({ area, requests, statuses, worstMs, findings }) => [
    area,
    String(requests),
    String(findings.length),
    `${(worstMs / 1000).toFixed(2)} s`,
    Object.entries(statuses)
      .map(([status, many]) => `${many} × ${status}`)
      .join(', '),
  ])
  const all = areas.flatMap(({ area, findings }) => findings.map((one) => `  FOUND: ${area}: ${one}\n`))
  const requests = areas.reduce((sum, area) => sum + area.requests, 0)
  return [
    lines([['http', 'requests', 'findings', 'slowest', 'answers'], ...rows]),
    `${requests} requests, ${all.length} findings, ${seconds.toFixed(0)} s\n`,
    ...all.slice(0, SHOWN),
  ].join('')
}
