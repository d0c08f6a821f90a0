// `npm run bench [-- NAME … [--json FILE]]`: measures and prints tables; never asserts.
// `--only REGEX`, `--list` and `--curve` are for `conversations`.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Options } from './conversations.ts'
import { type Row, table } from './report.ts'

const BENCHES: Record<string, { title: string; run: (options: Options) => Promise<readonly Row[]> }> = {
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
  brief: { title: 'What a brief keeps', run: async (options) => (await import('./brief.ts')).run(options) },
  queue: { title: 'The queue of tickets', run: async (options) => (await import('./queue.ts')).run(options) },
  conversations: {
    title: 'Whole conversations',
    run: async (options) => (await import('./conversations.ts')).run(options),
  },
}

const OPTIONS = {
  json: { type: 'string' },
  only: { type: 'string' },
  list: { type: 'boolean' },
  curve: { type: 'boolean' },
} as const

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals: names } = readArguments(args)
  if (!values || names.some((name) => !(name in BENCHES))) {
    const all = Object.keys(BENCHES).join(' | ')
    process.stderr.write(`usage: npm run bench -- [${all}] … [--json FILE] [--only REGEX] [--list] [--curve]\n`)
    process.exitCode = 2
    return
  }
  const { json: file, ...options } = values
  const results: Record<string, readonly Row[]> = {}
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
    const bench = BENCHES[name]
    if (!bench) continue
    process.stderr.write(`measuring: ${bench.title} …\n`)
    results[name] = await bench.run(options)
    process.stdout.write(table(bench.title, results[name]))
  }
  if (file) await writeFile(file, `${JSON.stringify(results, null, 2)}\n`)
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch {
    return { values: undefined, positionals: [] }
  }
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`${error.stack ?? error}\n`)
  process.exitCode = 1
})
