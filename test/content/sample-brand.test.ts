// The content that Warmline ships with keeps its own promises: every example in it is a test of its own.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readConfig } from '#app'
import type { Example } from '#content'
import { formatProblem, loadContent, OWN_CONTENT } from '#content/load'
import { titleOf, tryExample } from '#releases/simulator'
import { type LocalEngine, openLocalEngine } from '../../src/cli/local-engine.ts'
import { CACHE } from '../setup/cache.ts'

const loaded = await loadContent(OWN_CONTENT)
const examples: readonly Example[] = 'content' in loaded ? loaded.examples : []

test('the content is valid, without a warning', () => {
  const problems = 'content' in loaded ? loaded.content.warnings : loaded.problems
  expect(problems.map(formatProblem)).toEqual([])
})

describe('every example holds:', () => {
  let engine: LocalEngine
  beforeAll(async () => {
    const config = readConfig({ WARMLINE_CACHE_DIR: CACHE })
    const none = new PassThrough()
    engine = await openLocalEngine(OWN_CONTENT, { config, input: none, output: none, errors: none }, 'embedded')
  }, 300_000)
  afterAll(() => engine?.close())

  const files = [...new Set(examples.map((example) => example.file))]
  describe.each(files)('%s', (file) => {
    const own = examples.filter((example) => example.file === file)
    test.each(own.map((example) => [`line ${example.line}: ${titleOf(example)}`, example] as const))(
      '%s',
      async (_title, example) => expect(await tryExample(engine.context, example)).toBeUndefined(),
    )
  })

  test('also while an incident is active, so that it can be released', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'warmline-incident-'))
    for (const folder of ['knowledge', 'dialogs', 'policies'])
      await cp(join(OWN_CONTENT, folder), join(dir, folder), { recursive: true })
    const file = join(dir, 'policies/incidents.yaml')
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('active: false', 'active: true'))
    const active = await loadContent(dir)
    await rm(dir, { recursive: true })
    if (!('content' in active)) throw new Error(active.problems.map(formatProblem).join('\n'))
    const context = await engine.with(active.content)
    const failed: string[] = []
    for (const example of active.examples) {
      const problem = await tryExample(context, example)
      if (problem) failed.push(`${example.file}:${example.line}: ${problem}`)
    }
    expect(failed).toEqual([])
  }, 300_000)
})
