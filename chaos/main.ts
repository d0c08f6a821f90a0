// `npm run chaos [-- C1 … weakened runs] [--runs N] [--seed N] [--lanes N] [--json FILE]`: breaks things while the service works, and
// checks that nothing is lost, doubled, reordered or talked over. Progress and stories on stderr, the table on stdout.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Row, table } from './report.ts'
import { runMany } from './runs.ts'
import type { Scenario, Verdict } from './scenario.ts'
import { SCENARIOS } from './scenarios/index.ts'
import { runWeakened } from './weakened.ts'
import { WEAKNESSES } from './weaknesses.ts'

const RUNS = 500

const say = (line: string) => void process.stderr.write(`${line}\n`)

async function weakened(seed: number): Promise<Verdict> {
  const wrong: string[] = []
  for (const weakness of WEAKNESSES) {
    const { noticed, found } = await runWeakened(weakness, seed)
    say(`  without ${weakness.name}: ${found.join(', ') || 'nothing'}`)
    if (!noticed)
      wrong.push(`without ${weakness.name} (${weakness.lacks}) the checker found ${found.join(', ') || 'nothing'}`)
  }
  return { wrong, says: `${WEAKNESSES.length - wrong.length} of ${WEAKNESSES.length} noticed` }
}

async function seeded(runs: number, lanes: number, seed: number): Promise<Verdict> {
  const { violations, tally } = await runMany({ runs, seed, lanes, say })
  const wrong = [...new Set(violations.map(({ seed }) => seed))].map((seed) => `seed ${seed}`)
  const { messages, turns, seen, claims, moves, merges, tickets, suppressed, refused, inDoubt } = tally
  return {
    wrong,
    says: `${runs} runs: ${messages} messages, ${turns} turns, ${seen} posts seen, ${tickets} tickets, ${claims} claims, ${moves} moves (${merges} merges and splits), ${suppressed} suppressed, ${refused} refused, ${inDoubt} left in doubt and shown to a person; ${violations.length} violations`,
  }
}

async function main(args: string[]): Promise<void> {
  const option = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { runs: option, seed: option, lanes: option, json: option },
  })
  const [runs, seed, lanes] = [Number(values.runs ?? RUNS), Number(values.seed ?? 1), Number(values.lanes ?? 2)]
  const parts = new Map<string, Scenario>([
    ...SCENARIOS,
    [
      'weakened',
      { fault: 'builds that each lack one safety mechanism', pass: 'the checker notices each', run: weakened },
    ],
    [
      'runs',
      {
        fault: `seeded runs from ${seed} on: bursts, duplicates, disorder, a moody network, agents, and one fault each`,
        pass: 'lost 0, doubled 0, out of order 0, talked over 0, without outcome 0',
        run: (from) => seeded(runs, lanes, from),
      },
    ],
  ])
  const asked = positionals.length > 0 ? positionals : values.runs === undefined ? [...parts.keys()] : ['runs']
  const unknown = asked.filter((name) => !parts.has(name))
  if (unknown.length > 0 || ![runs, seed, lanes].every(Number.isInteger)) {
    say(`usage: npm run chaos -- [${[...parts.keys()].join(' | ')}] … [--runs N] [--seed N] [--lanes N] [--json FILE]`)
    process.exitCode = 2
    return
  }
  const rows: (Row & { readonly wrong: readonly string[] })[] = []
  for (const name of asked) {
    const part = parts.get(name)
    if (!part) continue
    say(`${name}: ${part.fault} …`)
    const from = performance.now()
    const { wrong, says } = await part
      .run(seed, say)
      .catch(
        (error: Error): Verdict => ({ wrong: [error.stack ?? error.message], says: 'it could not be carried out' }),
      )
    for (const line of wrong) say(`  BROKEN with seed ${seed}: ${line}`)
    const seconds = (performance.now() - from) / 1000
    rows.push({ name, fault: part.fault, pass: part.pass, kept: wrong.length === 0, says, seconds, wrong })
  }
  process.stdout.write(`\n${table(rows)}`)
  if (values.json) await writeFile(values.json, `${JSON.stringify(rows, null, 2)}\n`)
  if (rows.some(({ kept }) => !kept)) process.exitCode = 1
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

main(process.argv.slice(2)).catch((error) => {
  say(error.stack ?? String(error))
  process.exitCode = 1
})
