import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { advance, type Dialog, dialogFile } from '#dialog'
import type { Form } from '#domain'

const TODAY = '2026-11-22'
const VALUES: Record<string, string> = {
  'order-number': 'HL-20950',
  email: 'h.moore@mail.example',
  'new-address': '7 Mill Street, Bath, BA1 5LN',
  address: '12 Shore Road, Howth, D13 X2K7',
  'new-day': '2026-12-10',
  'full-name': 'Aoife Kelly',
}

const rows = (file: string) =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))

/** The dialogs of the sample brand that do something after a yes. */
const dialogs: readonly Dialog[] = readdirSync('dialogs').flatMap((name) => {
  const dialog = { ...dialogFile.parse(parse(readFileSync(`dialogs/${name}`, 'utf8'))), id: name.replace('.yaml', '') }
  return dialog.confirm === undefined ? [] : [dialog]
})

function confirming(dialog: Dialog): Form {
  const filled = ({ name, choices }: Dialog['needs'][number]) =>
    VALUES[name] ?? Object.keys(choices ?? {})[0] ?? 'the brass lamp'
  const values = Object.fromEntries(dialog.needs.map((need) => [need.name, { value: filled(need) }]))
  return { dialog: dialog.id, values, confirming: true, tries: 0 }
}

const isCarriedOut = (dialog: Dialog, text: string) =>
  advance(dialog, confirming(dialog), { text, messageId: 'm1', signals: [], today: TODAY }).type === 'ready'

describe('short answers in several voices', () => {
  const answers = rows('short-answers.tsv').map(([voice = '', means = '', text = '']) => ({ voice, means, text }))
  const yes = answers.filter(({ means }) => means === 'yes')
  const no = answers.filter(({ means }) => means === 'no')

  test.each(dialogs.map((dialog) => [dialog.id, dialog] as const))(
    `at ${'%s'}, none of ${no.length} that are no plain yes is carried out`,
    (_id, dialog) => expect(no.filter(({ text }) => isCarriedOut(dialog, text))).toEqual([]),
  )

  test.each(dialogs.map((dialog) => [dialog.id, dialog] as const))(
    `at ${'%s'}, at most a quarter of ${yes.length} plain yeses is asked again`,
    (_id, dialog) => {
      const again = yes.filter(({ text }) => !isCarriedOut(dialog, text))
      expect(again.length).toBeLessThanOrEqual(yes.length / 4)
    },
  )
})
