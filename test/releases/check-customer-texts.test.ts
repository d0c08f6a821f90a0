// What customers get to read goes through the gate before it serves, and what the gate would stop is told by file and line.
import { describe, expect, test } from '@jest/globals'
import { formatProblem, loadContent } from '#content/load'
import { checkOutgoing } from '#releases'
import { BRAND, inFolder, ORDER_STATUS, REFUNDS } from '../content/folder.ts'

const article = (body: string, head = '') => `---\ntitle: Something\n${head}---\n${body}\n`

async function stoppedIn(changes: Readonly<Record<string, string>>): Promise<string[]> {
  return inFolder(changes, async (dir) => {
    const loaded = await loadContent(dir)
    if (!('content' in loaded)) return loaded.problems.map(formatProblem)
    const sourceOf = (path: string) => loaded.files.find((file) => file.path === path)?.text ?? ''
    return loaded.texts.flatMap((text) => checkOutgoing(loaded.content, text, sourceOf(text.file)).map(formatProblem))
  })
}

test('content that can be said has nothing to tell', async () => {
  expect(await stoppedIn({})).toEqual([])
})

describe('an article', () => {
  test('that promises what the brand does not give is an error at the line of the words', async () => {
    const body = 'Parcels come on weekdays.\n\nIf yours is late we give you a £50 voucher for the trouble.'
    const [said, ...others] = await stoppedIn({
      'knowledge/late.md': article(body.split('\n\n').reverse().join('\n\n')),
    })
    expect(others).toEqual([])
    expect(said).toMatch(/^knowledge\/late\.md:4: the gate stops this in public and in private \(`promise`\): “£50”: /)
  })

  test('that can be said in private alone is a warning', async () => {
    const said = await stoppedIn({
      'knowledge/late.md': article('Write to late@hollow.example and we will look into it.'),
    })
    expect(said).toEqual([
      expect.stringMatching(/^knowledge\/late\.md:4: warning: the gate stops this in public \(`privacy\.email`\)/),
    ])
  })

  test('for agents alone is not said', async () => {
    const head = 'audience: internal\n'
    expect(await stoppedIn({ 'knowledge/in.md': article('Write to late@hollow.example, you idiot.', head) })).toEqual(
      [],
    )
  })

  test('is read section by section, and as each network cuts it', async () => {
    const body = `We mend chairs.\n\n# Tables\n\nWe mend tables, you idiot.`
    expect(await stoppedIn({ 'knowledge/mend.md': article(body) })).toEqual([
      expect.stringMatching(/^knowledge\/mend\.md:8: warning: .*`insult`/),
    ])
  })

  test.each([
    'Cash up to £200 a month is free; above that we take 2 %.',
    'A credit card costs £3 a month, and you get a limit of £1,500.',
    'You can have a locker for £5 a month and guests for £12 a visit.',
    'A hold bag is £35 each way, and you can have one up to 23 kg.',
  ])('of another trade that states a price or a limit passes: %s', async (body) => {
    expect(await stoppedIn({ 'knowledge/price.md': article(body) })).toEqual([])
  })
})

test('a saying, a rule’s text, a statement and a dialog’s text are errors, wherever they would be stopped', async () => {
  const brand = BRAND.replace('praise: Saying praise.', 'praise: Thank you, here is a £30 voucher.')
  const policies = `${REFUNDS.replace('because:', 'say: Please ring 020 7000 1234.\n    because:')}
incidents:
  - id: flood
    active: false
    because: The warehouse is under water.
    statement: The warehouse is flooded. Ask jo@mail.example.
    words: [flood]
    examples: { about: [flood], not: [chairs] }
`
  const dialog = ORDER_STATUS.replace('What is your order number?', 'What is your order number, you idiot?')
  const said = await stoppedIn({
    'policies/brand.yaml': brand,
    'policies/refunds.yaml': policies,
    'dialogs/order-status.yaml': dialog,
  })
  const placed = said.map((one) =>
    /^(\S+:\d+): the gate stops this in .*\(`([^`]+)`\)/.exec(one)?.slice(1, 3).join(' '),
  )
  const lineIn = (text: string, words: string) => text.split('\n').findIndex((line) => line.includes(words)) + 1
  expect(placed.toSorted()).toEqual(
    [
      `dialogs/order-status.yaml:${lineIn(dialog, 'you idiot')} insult`,
      `policies/brand.yaml:${lineIn(brand, '£30')} promise`,
      `policies/refunds.yaml:${lineIn(policies, '020 7000')} privacy.phone`,
      `policies/refunds.yaml:${lineIn(policies, 'jo@mail')} privacy.email`,
    ].toSorted(),
  )
})

test('a saved reply that the gate would stop is an error at its line, on the side where it may be written', async () => {
  const reply = (audience: string) => `topic: Saved replies
owner: customer-care
saved-replies:
  - id: ring
    name: Ring us
    audience: ${audience}
    text: Ring me on 020 7000 1234, {customer}.
`
  const stopped = (audience: string) => stoppedIn({ 'policies/saved.yaml': reply(audience) })
  const error = /^policies\/saved\.yaml:7: the gate stops this in public \(`privacy\.phone`\)/
  expect(await stopped('public')).toEqual([expect.stringMatching(error)])
  expect(await stopped('both')).toEqual([expect.stringMatching(error)])
  expect(await stopped('private')).toEqual([])
})

describe('a cap that was changed', () => {
  const capped = (cap: string) => BRAND.replace('links:', `promises: { compensation: ${cap}, by-bot: [] }\nlinks:`)
  const files = {
    'policies/goodwill.yaml': `topic: Goodwill
owner: customer-care
rules:
  - id: goodwill.high
    when: { offered: { above: 20 }, signals: compensation }
    then: escalate
    because: More than £20 needs a team leader.
examples:
  - given: { offered: 40, signals: [compensation] }
    expect: { verdict: escalate, because: goodwill.high }
`,
    'knowledge/limits.md': article('Agents give up to £20 of compensation.', 'audience: internal\n'),
    'knowledge/late.md': article('We are sorry if it is late: you get a £15 voucher.'),
  }
  const warnings = (cap: string) =>
    inFolder({ ...files, 'policies/brand.yaml': capped(cap) }, async (dir) => {
      const loaded = await loadContent(dir)
      const problems = 'content' in loaded ? loaded.content.warnings : loaded.problems
      return problems.map(formatProblem).filter((one) => /cap|would not be sent|alone/.test(one))
    })

  test('leaves nothing to say where all fits it', async () => {
    expect(await warnings('{ most: 20, currency: GBP }')).toEqual([])
  })

  test.each(['{ most: 10, currency: GBP }', '{ most: 20, currency: EUR }', '{ most: 10, currency: EUR }'])(
    '%s: what still says otherwise is told by file and line',
    async (cap) => {
      const places = (await warnings(cap)).map((one) => one.split(': ')[0])
      expect(places).toEqual([
        'knowledge/late.md:4',
        'knowledge/limits.md:5',
        ...(cap.includes('most: 10') ? ['policies/goodwill.yaml:5'] : []),
        'policies/goodwill.yaml:7',
      ])
    },
  )
})
