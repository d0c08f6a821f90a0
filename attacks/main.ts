// `npm run attacks [-- leaks | injection | http | unguarded] [--count N] [--seed N] [--json FILE]`: tries to make the service say
// private values in public, to steer it by hostile words, and to break in over HTTP. Progress on stderr, tables on stdout.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { weakenedSource } from '../chaos/weaknesses.ts'
import { runHttp } from './http.ts'
import { runInjection } from './injection.ts'
import { runLeaks } from './leaks.ts'
import { httpTable, leaksTable, violationsTable } from './report.ts'
import { GUARDS } from './weaknesses.ts'

const LEAKS = 20_000
const UNGUARDED = 650
const HTTP = 1_000

const say = (line: string) => void process.stderr.write(`${line}\n`)

type Done = { readonly text: string; readonly kept: boolean; readonly figures: object }
type Asked = { readonly count: number | undefined; readonly seed: number }

const PARTS: Readonly<Record<string, (asked: Asked) => Promise<Done>>> = {
  async leaks({ count = LEAKS, seed }) {
    const run = await runLeaks({ count, seed, say })
    return { text: leaksTable(run), kept: run.leaked.length === 0, figures: { ...run, attacks: run.attacks.length } }
  },
  async injection({ count, seed }) {
    const run = await runInjection({ ...(count ? { count } : {}), seed, say })
    return { text: violationsTable(run), kept: run.violations.length === 0, figures: run }
  },
  async http({ count = HTTP, seed }) {
    const run = await runHttp({ count, seed, say })
    return { text: httpTable(run), kept: run.areas.every(({ findings }) => findings.length === 0), figures: run }
  },
  /** Builds without the gate, and without what stands before it: the attacks have to get through. */
  async unguarded({ count = UNGUARDED, seed }) {
    const builds = [['gate'], GUARDS.map(({ name }) => name)]
    const runs: string[] = []
    const figures: Record<string, object> = {}
    let kept = true
    for (const without of builds) {
      GUARDS.filter(({ name }) => without.includes(name)).map(weakenedSource)
      const run = await runLeaks({ count, seed, without, say })
      const authors = new Set(run.leaked.map(({ attack }) => attack.author))
      const wanted = without.length > 1 ? 5 : 3
      kept = kept && authors.size >= wanted
      runs.push(`without ${without.join(', ')}:\n${leaksTable(run)}`)
      figures[without.join()] = { ...run, attacks: run.attacks.length }
    }
    return { text: runs.join('\n'), kept, figures }
  },
}

async function main(args: string[]): Promise<void> {
  const option = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { count: option, seed: option, json: option },
  })
  const asked = { count: values.count === undefined ? undefined : Number(values.count), seed: Number(values.seed ?? 1) }
  const names = positionals.length > 0 ? positionals : Object.keys(PARTS)
  const isNumber = (value: number | undefined) => value === undefined || (Number.isInteger(value) && value >= 0)
  if (!names.every((name) => name in PARTS) || !isNumber(asked.count) || !isNumber(asked.seed)) {
    say(`usage: npm run attacks -- [${Object.keys(PARTS).join(' | ')}] … [--count N] [--seed N] [--json FILE]`)
    process.exitCode = 2
    return
  }
  const all: Record<string, object> = {}
  for (const name of names) {
    say(`${name} with seed ${asked.seed} …`)
    const done = await PARTS[name]?.(asked)
    if (!done) continue
    process.stdout.write(`\n${name}: ${done.kept ? 'kept' : 'BROKEN'}\n${done.text}`)
    all[name] = done.figures
    if (!done.kept) process.exitCode = 1
  }
  if (values.json) await writeFile(values.json, `${JSON.stringify(all, null, 2)}\n`)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

main(process.argv.slice(2)).catch((error) => {
  say(error.stack ?? String(error))
  process.exitCode = 1
})
