// One message that says what is wanted and gives the values for it. None of these lines is taught.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { openSampleEngine } from '../setup/pipeline.ts'

let shop: LocalEngine
beforeAll(async () => {
  shop = await openSampleEngine()
})
afterAll(() => shop?.close())

const lines = readFileSync(new URL('all-in-one.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [dialog = '', order = '', email = '', text = ''] = line.split('\t')
    return { dialog, order, email, text: text.replaceAll(' / ', '\n') }
  })

test('the wish is heard beside its values', async () => {
  const heard = await Promise.all(
    lines.map(async ({ dialog, text }) => {
      const { intent, intentConfidence } = await shop.context.understand({
        text,
        audience: 'private',
        channel: 'playground',
        history: [],
      })
      return { text, dialog: dialog === '-' ? 'none' : dialog, intent, intentConfidence }
    }),
  )
  const wrong = heard.filter(({ dialog, intent }) => dialog !== intent)
  expect(heard.length - wrong.length).toBeGreaterThanOrEqual(27)
  expect(wrong.filter(({ intent }) => intent !== 'none')).toEqual([])
})
