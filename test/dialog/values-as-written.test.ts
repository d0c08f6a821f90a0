import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { type Dialog, dialogFile, type Need } from '#dialog'
import { readValue } from '../../src/dialog/slot-values.ts'
import { EMAIL, needOf, ORDER } from './sample-dialog.ts'

/** A Wednesday. */
const TODAY = '2026-11-25'

const dialogs: Record<string, Dialog> = Object.fromEntries(
  readdirSync('dialogs').map((name) => {
    const id = name.replace('.yaml', '')
    return [id, { ...dialogFile.parse(parse(readFileSync(`dialogs/${name}`, 'utf8'))), id }]
  }),
)

function needFor(kind: string, detail: string): Need {
  if (kind === 'order') return ORDER
  if (kind === 'email') return EMAIL
  if (kind === 'date') return needOf('date', { direction: detail } as Partial<Need>)
  const [dialog = '', name = ''] = detail.split('.')
  return dialogs[dialog]?.needs.find((need) => need.name === name) as Need
}

const lines = readFileSync(new URL('values-as-written.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [kind = '', detail = '', text = '', value = ''] = line.split('\t')
    const read = readValue(needFor(kind, detail), text, TODAY) ?? '-'
    return { kind, text, value, read }
  })

test.each([
  ['date', 92],
  ['order', 32],
  ['email', 14],
  ['choice', 44],
])('of the values of kind %s at least %i are read as they were meant', (wanted, least) => {
  const all = lines.filter(({ kind }) => kind === wanted)
  const wrong = all.filter(({ value, read }) => value !== read).map(({ text, value, read }) => [text, value, read])
  expect(all.length - wrong.length).toBeGreaterThanOrEqual(least)
})
