// No false alarm: whatever the brand's own content says, the gate lets through to those it is meant for.
import { describe, expect, test } from '@jest/globals'
import { loadContent, OWN_CONTENT } from '#content/load'
import { CAPABILITIES, type ReplyDraft } from '#domain'
import { checkReply, publicSource } from '#gate'
import { passagesOf } from '../../src/answer/compose-answer.ts'

const loaded = await loadContent(OWN_CONTENT)
if (!('content' in loaded)) throw new Error('the sample brand cannot be read')
const { brand, rules, articles, dialogs } = loaded.content
const BOTH = ['public', 'private'] as const

/** Somebody of whom much is known. */
const known = [
  { name: 'order-number', value: 'HL-20419' },
  { name: 'email', value: 'jane.sample4471@mail.example' },
  { name: 'phone', value: '07700 900123' },
  { name: 'name', value: 'Jane Sample-Okafor' },
  { name: 'address', value: '17 Maple Crescent, Leeds LS6 2AB' },
  { name: 'date-of-birth', value: '1988-04-12' },
  { name: 'total', value: '89.50', lookedUp: true },
  { name: 'day', value: '2026-11-27', lookedUp: true },
  { name: 'carrier', value: 'Evri', lookedUp: true },
  { name: 'problem', value: 'damaged' },
]

function objections(draft: ReplyDraft): string[] {
  const { links, contacts, avoid, promises, languages } = brand
  const context = { known, links, contacts, avoid, promises, languages, today: '2026-11-25' }
  const { findings } = checkReply(draft, {
    ...context,
    ...(draft.audience === 'private' ? { law: CAPABILITIES.facebook.private } : {}),
  })
  return findings.map(({ rule, start, end }) => `${rule}: ${draft.text.slice(start, end)}`)
}

const filled = (text: string) => text.replace(/\{[a-z-]+\}/g, 'then')

describe('sayings pass in public and in private', () => {
  test.each(Object.entries(brand.sayings))('%s', (_name, saying) => {
    for (const audience of BOTH)
      expect(objections({ text: filled(saying), audience, author: 'template', sources: publicSource(saying) })).toEqual(
        [],
      )
  })
})

describe('what rules say passes', () => {
  const said = rules.flatMap((rule) =>
    'say' in rule && rule.say && !(rule.say in brand.sayings) ? [[rule.id, rule.say] as const] : [],
  )
  test.each(said)('%s', (_rule, text) => {
    for (const audience of BOTH)
      expect(objections({ text, audience, author: 'template', sources: publicSource(text) })).toEqual([])
  })
})

describe('articles pass for those who may read them, from the bot and from people', () => {
  test.each(
    articles.filter(({ audience }) => audience !== 'internal').map((article) => [article.id, article] as const),
  )('%s', (_id, article) => {
    const passages = passagesOf(article, brand.help)
    for (const audience of article.audience === 'public' ? BOTH : (['private'] as const))
      for (const text of [...passages, passages.join('\n\n')].filter((one) => one.length <= 2000)) {
        const sources = publicSource(...passages)
        expect(objections({ text, audience, author: 'bot', sources })).toEqual([])
        // A person says it without a source: only long numbers ask for a reason.
        const own = objections({ text, audience, author: 'agent', sources: [] }).filter(
          (one) => !one.startsWith('digits: '),
        )
        expect(own).toEqual([])
      }
  })
})

describe('dialogs pass in private', () => {
  test.each(dialogs.map((dialog) => [dialog.id, dialog] as const))('%s', (_id, { needs, say, confirm, action }) => {
    const texts = [...needs.flatMap(({ ask, invalid }) => [ask, invalid]), say, confirm, action?.['not-found']]
    for (const text of texts.flatMap((one) => (one ? [filled(one)] : [])))
      expect(objections({ text, audience: 'private', author: 'form', sources: publicSource(text) })).toEqual([])
  })
})
