// The choice of an open question, told in words that the content does not have.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { advance } from '#dialog'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { openSampleEngine } from '../setup/pipeline.ts'

let shop: LocalEngine
beforeAll(async () => {
  shop = await openSampleEngine()
})
afterAll(() => shop?.close())

const lines = readFileSync(new URL('../dialog/values-as-written.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .filter((line) => line.startsWith('choice\t'))
  .map((line) => line.split('\t'))

/** What a form of this dialog takes as the answer to this question. */
async function taken(id: string, name: string, text: string): Promise<string> {
  const dialog = shop.content.dialogs.find((one) => one.id === id)
  const choices = dialog?.needs.find((need) => need.name === name)?.choices
  if (!dialog || !choices) throw new Error(`there is no choice ${id}.${name}`)
  const { nearestChoice: choice, signals } = await shop.context.understand({
    text,
    audience: 'private',
    channel: 'playground',
    history: [],
    choices,
  })
  const filled = dialog.needs.filter((need) => need.name !== name).map((need) => [need.name, { value: 'HL-20950' }])
  const form = { dialog: id, values: Object.fromEntries(filled), asking: name, tries: 0 }
  const said = { text, messageId: 'm1', signals, today: '2026-11-25', ...(choice !== undefined && { nearest: choice }) }
  return advance(dialog, form, said).form.values[name]?.value ?? '-'
}

test('words that are near to one choice are taken for it, and nothing else is', async () => {
  const read = await Promise.all(
    lines.map(async ([, where = '', text = '', value = '']) => {
      const [id = '', name = ''] = where.split('.')
      return { text, value, read: await taken(id, name, text) }
    }),
  )
  const wrong = read.filter(({ value, read: one }) => value !== one)
  expect(read.length - wrong.length).toBeGreaterThanOrEqual(50)
  expect(wrong.filter(({ read: one }) => one !== '-')).toEqual([])
})
