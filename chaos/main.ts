// `npm run chaos [-- NAME … | --runs N] [--seed N] [--json FILE]`: breaks things while the service works, and checks that nothing is
// lost, doubled, reordered or talked over.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { runMany } from './runs.ts'

const RUNS = 500

const USAGE = 'usage: npm run chaos -- [--runs N] [--seed N] [--json FILE]\n'

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { runs: { type: 'string' }, seed: { type: 'string' }, json: { type: 'string' } },
  })
  const [runs, seed] = [Number(values.runs ?? RUNS), Number(values.seed ?? 1)]
  if (!Number.isInteger(runs) || !Number.isInteger(seed)) {
    process.stderr.write(USAGE)
    process.exitCode = 2
    return
  }
  const results = await runMany({ runs, seed, lanes: 2, say: (line) => process.stderr.write(`${line}\n`) })
  if (values.json) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`)
  if (results.violations.length > 0) process.exitCode = 1
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`${error.stack ?? error}\n`)
  process.exitCode = 1
})
