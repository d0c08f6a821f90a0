// `npm run attacks [-- leaks | injection] [--count N] [--seed N] [--without GUARD,…] [--json FILE]`: tries to make the
// service say private values in public, and to steer it by hostile words.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { runLeaks } from './leaks.ts'

const say = (line: string) => void process.stderr.write(`${line}\n`)

async function main(args: string[]): Promise<void> {
  const option = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { count: option, seed: option, without: option, json: option },
  })
  const [count, seed] = [Number(values.count ?? 20_000), Number(values.seed ?? 1)]
  void positionals
  const result = await runLeaks({ count, seed, say, ...(values.without ? { without: values.without.split(',') } : {}) })
  const cells: Record<string, number> = {}
  for (const { attack } of result.leaked) {
    const key = `${attack.author} | ${attack.source} | ${attack.way}`
    cells[key] = (cells[key] ?? 0) + 1
  }
  say(JSON.stringify({ ...result, attacks: result.attacks.length, leaked: result.leaked.length }))
  if (values.json)
    await writeFile(values.json, JSON.stringify({ ...result, attacks: result.attacks.length, cells }, null, 1))
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

main(process.argv.slice(2)).catch((error) => {
  say(error.stack ?? String(error))
  process.exitCode = 1
})
