// Saved replies of a policy file: how they are read, and what is wrong with them, by file and line.
import { describe, expect, test } from '@jest/globals'
import { formatProblem, loadContent } from '#content/load'
import { inFolder } from './folder.ts'

const fileOf = (...replies: string[]) => `topic: Saved replies
owner: customer-care
saved-replies:
${replies.map((one) => `  - ${one}\n`).join('')}`
const reply = (more = '', text = 'Hello {customer}') =>
  `{ id: hello, name: Hello there, shortcut: hello, audience: private, text: "${text}"${more ? `, ${more}` : ''} }`

async function problemsOf(...replies: string[]): Promise<string[]> {
  const loaded = await inFolder({ 'policies/saved.yaml': fileOf(...replies) }, loadContent)
  return ('problems' in loaded ? loaded.problems : loaded.content.warnings).map(formatProblem)
}

describe('a saved reply', () => {
  test('is read with its owner, who is the file’s unless it names one', async () => {
    const other = '{ id: later, name: Later, audience: both, owner: delivery, text: Until later. }'
    const loaded = await inFolder({ 'policies/saved.yaml': fileOf(reply(), other) }, loadContent)
    if ('problems' in loaded) throw new Error(loaded.problems.map(formatProblem).join('\n'))
    expect(loaded.content.savedReplies.map(({ id, owner }) => [id, owner])).toEqual([
      ['hello', 'customer-care'],
      ['later', 'delivery'],
    ])
    expect(loaded.content.warnings).toEqual([])
  })

  test.each([
    [
      'an unknown variable',
      reply('', 'Your order {order-nummber}'),
      'nothing fills in `{order-nummber}`; did you mean `{order-number}`?',
    ],
    [
      'an unknown team',
      reply('also: { transfer: customer-car }'),
      'there is no team `customer-car`; did you mean `customer-care`?',
    ],
    ['an unknown contact reason', reply('also: { resolve: { reason: late } }'), 'there is no contact reason `late`'],
    [
      'a fact of the customer in public',
      '{ id: hello, name: Hello there, audience: both, text: "It is {order-number}" }',
      "`{order-number}` is the customer's own and is filled in in private only; expected `audience: private`",
    ],
  ])('with %s is an error at its line', async (_what, written, problem) => {
    expect(await problemsOf(written)).toEqual([`policies/saved.yaml:4: saved reply \`hello\`: ${problem}`])
  })

  test.each([
    ['goes two ways', 'also: { transfer: customer-care, snooze: 4 }', /a ticket goes one way/],
    ['does nothing', 'also: {}', /expected at least one of `tag`/],
    ['has an unknown key', 'also: { tag: [late], tags: [late] }', /there is no `tags` here; did you mean `tag`\?/],
    ['names an unknown network', 'channels: [facebok]', /did you mean `facebook`\?/],
  ])('that %s is an error', async (_what, more, problem) => {
    expect(await problemsOf(reply(more))).toEqual([expect.stringMatching(problem)])
  })

  test('that is longer than a network takes is a warning, and not where that network is left out', async () => {
    const long = 'Thank you for your patience. '.repeat(20)
    const inPublic = (more: string) =>
      problemsOf(`{ id: hello, name: Hello there, audience: public, text: "${long}"${more} }`)
    expect(await inPublic(', channels: [x, facebook]')).toEqual([
      expect.stringMatching(/^policies\/saved\.yaml:4: warning: saved reply `hello`: too long for x: /),
    ])
    expect(await inPublic(', channels: [facebook]')).toEqual([])
  })

  test('whose id another one has is an error that names the other', async () => {
    expect(await problemsOf(reply(), reply().replace('shortcut: hello, ', ''))).toEqual([
      'policies/saved.yaml:5: saved reply `hello`: there is another one called so in `policies/saved.yaml:4`',
    ])
  })
})

describe('a shortcut', () => {
  const second = (more: string) =>
    `{ id: again, name: Hello again, shortcut: hello, text: Hello again, audience: private${more} }`

  test('that two replies have on the same tickets is an error', async () => {
    expect(await problemsOf(reply(), second(''))).toEqual([
      'policies/saved.yaml:5: saved reply `again`: `policies/saved.yaml:4` has the shortcut `hello` too, on the same tickets',
    ])
  })

  test.each([
    ['side', reply(), second('').replace('audience: private', 'audience: public')],
    ['network', reply('channels: [x]'), second(', channels: [facebook]')],
    ['language', reply('language: en'), second(', language: de')],
  ])('may stand for another text on another %s', async (_where, one, other) => {
    expect(await problemsOf(one, other)).toEqual([])
  })
})
