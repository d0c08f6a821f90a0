// The content that Warmline ships with keeps its own promises: every example in it is a test of its own.
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
  let shop: LocalEngine
  beforeAll(async () => {
    const config = readConfig({ WARMLINE_CACHE_DIR: CACHE })
    const none = new PassThrough()
    shop = await openLocalEngine(OWN_CONTENT, { config, input: none, output: none, errors: none }, 'embedded')
  }, 300_000)
  afterAll(() => shop?.close())

  const files = [...new Set(examples.map((example) => example.file))]
  describe.each(files)('%s', (file) => {
    const own = examples.filter((example) => example.file === file)
    test.each(own.map((example) => [`line ${example.line}: ${titleOf(example)}`, example] as const))(
      '%s',
      async (_title, example) => expect(await tryExample(shop.context, example)).toBeUndefined(),
    )
  })
})
