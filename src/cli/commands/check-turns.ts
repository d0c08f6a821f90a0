// Reports which rules recorded turns lack, and which rules only their names told apart.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Content, Problem } from '#content'
import type { Facts } from '#domain'
import { localDate, tiedDecisions, uncoveredTurns } from '#policy'
import { facts, readLines, type Streams, WrongUse } from '../json-lines.ts'

/** Resolves to how many kinds of turns no rule covers. */
export async function checkTurns(
  file: string,
  content: Content,
  say: (problem: Problem) => void,
  { errors }: Pick<Streams, 'errors'>,
): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new WrongUse(`\`${file}\` cannot be read`)
  })
  const turns = readLines(file, text, z.object({ id: z.union([z.string(), z.number()]), facts }))
  const lines = text.split('\n').flatMap((line, at) => (line.trim() === '' ? [] : [at + 1]))
  const warn = (id: string | number | undefined, problem: string) => {
    const line = lines[turns.findIndex((one) => one.id === id)] ?? 1
    say({ file, line, problem, severity: 'warning' })
  }
  const today = localDate(content.brand, Date.now())
  const gaps = uncoveredTurns(content, turns, today)
  const ties = tiedDecisions(content, turns, today)
  for (const gap of gaps) {
    const near = gap.nearest ? `; \`${gap.nearest.rule}\` comes nearest, but for ${gap.nearest.but.join(' and ')}` : ''
    warn(gap.turns[0], `no rule covers ${show(gap.facts)} (${counted(gap.turns.length)}), so a person decides${near}`)
  }
  for (const { turns: ids, rules, over } of ties)
    warn(
      ids[0],
      `\`${rules[0]}\` and \`${rules[1]}\` decide together with another \`${over}\` (${counted(ids.length)}); the order of their names made it the first's`,
    )
  errors.write(`${counted(turns.length)}: ${gaps.length} kinds of gaps, ${ties.length} pairs of rules that meet\n`)
  return gaps.length
}

const counted = (turns: number) => `${turns} ${turns === 1 ? 'turn' : 'turns'}`

function show(known: Facts): string {
  const said = Object.entries(known).map(
    ([fact, value]) => `${fact} ${Array.isArray(value) ? value.join('+') || 'none' : value}`,
  )
  return said.join(', ') || 'a turn of which nothing is known'
}
