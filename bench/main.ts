// `npm run bench [-- NAME … [--json FILE]]`: measures and prints tables; never asserts.
import { writeFile } from 'node:fs/promises'
import { type Row, table } from './report.ts'

const BENCHES: Record<string, { title: string; run: () => Promise<readonly Row[]> }> = {
  start: { title: 'Starting', run: async () => (await import('./start.ts')).run() },
  webhook: { title: 'A webhook until it is acknowledged', run: async () => (await import('./webhook.ts')).run() },
  throughput: { title: 'From webhook to reply', run: async () => (await import('./throughput.ts')).run() },
  turns: { title: 'Turns of one core', run: async () => (await import('./turns.ts')).run() },
  durability: { title: 'What durability costs', run: async () => (await import('./durability.ts')).run() },
  privacy: { title: 'Finding private data', run: async () => (await import('./privacy.ts')).run() },
  gate: { title: 'The last look at a reply', run: async () => (await import('./gate.ts')).run() },
  policy: { title: 'Deciding', run: async () => (await import('./policy.ts')).run() },
  scale: { title: 'Ten thousand articles', run: async () => (await import('./scale.ts')).run() },
  understanding: { title: 'Understanding', run: async () => (await import('./understanding.ts')).run() },
  knowledge: { title: 'Finding and abstaining', run: async () => (await import('./knowledge.ts')).run() },
}

async function main(args: readonly string[]): Promise<void> {
  const at = args.indexOf('--json')
  const file = at >= 0 ? args[at + 1] : undefined
  const names = args.filter((arg, index) => arg !== '--json' && (at < 0 || index !== at + 1))
  const unknown = names.filter((name) => !(name in BENCHES))
  if (unknown.length > 0 || (at >= 0 && !file)) {
    process.stderr.write(`usage: npm run bench -- [${Object.keys(BENCHES).join(' | ')}] … [--json FILE]\n`)
    process.exitCode = 2
    return
  }
  const results: Record<string, readonly Row[]> = {}
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
    const bench = BENCHES[name]
    if (!bench) continue
    process.stderr.write(`measuring: ${bench.title} …\n`)
    results[name] = await bench.run()
    process.stdout.write(table(bench.title, results[name]))
  }
  if (file) await writeFile(file, `${JSON.stringify(results, null, 2)}\n`)
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`${error.stack ?? error}\n`)
  process.exitCode = 1
})
