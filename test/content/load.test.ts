import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { formatProblem, type Loaded, loadContent } from '#content/load'
import { BRAND, inFolder, ORDER_STATUS, REFUNDS, RETURNS } from './folder.ts'

const saidOf = (loaded: Loaded) =>
  ('content' in loaded ? loaded.content.warnings : loaded.problems).map((problem) => formatProblem(problem))

const load = (changes: Parameters<typeof inFolder>[0]) => inFolder(changes, loadContent)

describe('a folder of content', () => {
  test('becomes one frozen snapshot with a version', async () => {
    const loaded = await load({})
    if (!('content' in loaded)) throw new Error(saidOf(loaded).join('\n'))
    const { content, examples } = loaded
    expect(content.version).toMatch(/^[0-9a-f]{12}$/)
    expect(content.brand.name).toBe('Hollow & Loom')
    expect(content.rules).toMatchObject([{ id: 'refunds.public', topic: 'Refunds', file: 'policies/refunds.yaml' }])
    expect(content.policyExamples).toMatchObject([{ file: 'policies/refunds.yaml', line: 9 }])
    expect(content.dialogs.map((dialog) => dialog.id)).toEqual(['order-status'])
    expect(content.articles).toMatchObject([{ id: 'returns', audience: 'public' }])
    expect(content.articles[0]?.body).toMatch(/^Send it back within 30 days/)
    expect(content.warnings).toEqual([])
    expect(examples.map(({ kind, file, line }) => [kind, file, line])).toEqual([
      ['policy', 'policies/refunds.yaml', 9],
      ...[5, 6, 7, 8, 9, 10, 11, 12].map((line) => ['phrase', 'dialogs/order-status.yaml', line]),
      ['transcript', 'dialogs/order-status.yaml', 32],
      ['question', 'knowledge/returns.md', 4],
      ['question', 'knowledge/returns.md', 6],
    ])
    expect(Object.isFrozen(content.rules[0]?.when)).toBe(true)
  })

  test('has the same version wherever it lies, and another one when a letter changes', async () => {
    const versions = await Promise.all(
      [{}, {}, { 'knowledge/returns.md': RETURNS.replace('30', '31') }].map(async (changes) => {
        const loaded = await load(changes)
        return 'content' in loaded ? loaded.content.version : 'none'
      }),
    )
    expect(versions[0]).toBe(versions[1])
    expect(versions[2]).not.toBe(versions[0])
  })

  test('reads again only what an edit touches, and everything when the brand changes', async () => {
    const article = async (changes: Parameters<typeof inFolder>[0]) => {
      const loaded = await load(changes)
      if (!('content' in loaded)) throw new Error(saidOf(loaded).join('\n'))
      return loaded.content.articles[0]
    }
    const before = await article({})
    expect(await article({ 'policies/refunds.yaml': REFUNDS.replace('Refunds', 'Money back') })).toBe(before)
    const changed = await article({ 'knowledge/returns.md': RETURNS.replace('30', '31') })
    expect(changed).not.toBe(before)
    expect(changed?.body).toMatch(/31 days/)
    expect(await article({ 'policies/brand.yaml': BRAND.replace('Hollow & Loom', 'Hollow') })).not.toBe(before)
    expect(await article({})).toBe(before)
  })

  test('may consist of minimal articles alone: our own dialogs and policies fill in, with a warning', async () => {
    const said = await inFolder(
      { 'knowledge/returns.md': '---\ntitle: Returns\n---\nWithin 30 days.\n' },
      async (dir) => {
        await rm(join(dir, 'dialogs'), { recursive: true })
        return saidOf(await loadContent(dir)).filter((line) => line.includes(dir))
      },
    )
    expect(said).toEqual([expect.stringMatching(/there is no `dialogs` folder in .*; Warmline’s own is used$/)])
  })

  test('has to exist', async () => {
    expect(saidOf(await loadContent('/nowhere/at/all'))).toEqual([
      '/nowhere/at/all:1: there is no folder `/nowhere/at/all`',
    ])
  })

  test('has to have knowledge', async () => {
    const said = await inFolder({ 'knowledge/returns.md': undefined }, async (dir) =>
      saidOf(await loadContent(dir)).map((line) => line.replaceAll(dir, 'DIR')),
    )
    expect(said).toEqual(['DIR:1: there is no `knowledge` folder in DIR'])
  })
})

const edit = (text: string, from: string | RegExp, to: string) => {
  expect(text).toMatch(from)
  return text.replace(from, to)
}

const INCIDENT = `incidents:
  - id: flood
    active: true
    because: Our warehouse is under water.
    statement: Orders are late.
    topics: [orders]
    examples: { about: [where is my order], not: [hello] }
`

describe('every problem names its file, its line and what was expected', () => {
  const brand = 'policies/brand.yaml'
  const refunds = 'policies/refunds.yaml'
  const order = 'dialogs/order-status.yaml'
  const returns = 'knowledge/returns.md'

  test.each<[title: string, file: string, text: string | Uint8Array | undefined, said: RegExp]>([
    [
      'a file that is not UTF-8',
      returns,
      new Uint8Array([0x2d, 0xff, 0xfe, 0x41]),
      /returns.md:1: the file is not UTF-8/,
    ],
    ['an empty file', order, ' \n', /order-status.yaml:1: the file is empty/],
    [
      'a file that is too big',
      returns,
      RETURNS + 'x'.repeat(270_000),
      /returns.md:1: the file has 264 KiB; expected at most 256 KiB/,
    ],
    [
      'a wrong ending',
      'dialogs/refund.yml',
      ORDER_STATUS,
      /dialogs\/refund.yml:1: expected the file's name to end in `.yaml`/,
    ],
    ['a wrong case', 'knowledge/FAQ.MD', RETURNS, /knowledge\/FAQ.MD:1: expected the file's name to end in `.md`/],
    ['no brand', brand, undefined, /policies\/brand.yaml:1: the file is missing/],
    [
      'broken YAML',
      refunds,
      edit(REFUNDS, 'because: Orders', 'because: Orders: they'),
      /refunds.yaml:7: not valid YAML: nested mappings .*put text that contains a colon in quotes/,
    ],
    [
      'a bomb of references',
      refunds,
      `a: &a [x, x]\n${'bcdefghij'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(', ')}]`)
        .join('\n')}\n`,
      /refunds.yaml:1: too many references/,
    ],
    [
      'a doubled key',
      refunds,
      edit(REFUNDS, 'owner: customer-care', 'topic: Again'),
      /refunds.yaml:2: not valid YAML: map keys must be unique/,
    ],
    [
      'a slip in a name',
      refunds,
      edit(REFUNDS, 'when:', 'whne:'),
      /refunds.yaml:5: there is no `whne` here; did you mean `when`\?/,
    ],
    [
      'a slip in a value',
      refunds,
      edit(REFUNDS, 'then: move-to-private', 'then: move-to-privat'),
      /refunds.yaml:6: `rules\[1\].then`: expected one of .*; did you mean `move-to-private`\?/,
    ],
    [
      'a wrong kind of value',
      brand,
      edit(BRAND, 'public: 0.9', 'public: high'),
      /brand.yaml:16: `confidence.public`: expected a number from 0 to 1, or `never`/,
    ],
    [
      'a missing value',
      brand,
      edit(BRAND, /^assistant: Wren\n/m, ''),
      /brand.yaml:1: `assistant`: missing; expected text/,
    ],
    [
      'a missing saying',
      brand,
      edit(BRAND, /^ {2}praise:.*\n/m, ''),
      /brand.yaml:24: `sayings.praise`: missing; expected text/,
    ],
    [
      'a confidence out of range',
      brand,
      edit(BRAND, 'draft: 0.3', 'draft: 40'),
      /brand.yaml:18: expected a number from 0 to 1, not `40`/,
    ],
    [
      'an unknown time zone',
      brand,
      edit(BRAND, 'Europe/London', 'Europe/Lundon'),
      /brand.yaml:6: `Europe\/Lundon` is not a time zone/,
    ],
    [
      'a slip in the name of a time',
      brand,
      edit(BRAND, 'avoid: []', 'avoid: []\nclock:\n  relase-after: 60'),
      /brand.yaml:24: there is no `relase-after` here; did you mean `release-after`\?/,
    ],
    [
      'a time that never comes',
      brand,
      edit(BRAND, 'avoid: []', 'avoid: []\nclock:\n  warn-before: 0'),
      /brand.yaml:24: expected more than 0, not `0`; leave the line out to switch it off/,
    ],
    [
      'an unknown way to be busy',
      brand,
      edit(BRAND, 'avoid: []', 'avoid: []\nbusy: { public: acknowlege }'),
      /brand.yaml:23: `busy.public`: expected one of `queue`, `acknowledge`, .*; did you mean `acknowledge`\?/,
    ],
    [
      'too few phrases',
      order,
      edit(ORDER_STATUS, '  - order tracking please\n', ''),
      /order-status.yaml:4: `phrases`: expected at least 8 entries/,
    ],
    [
      'an unknown placeholder in a saying',
      brand,
      edit(BRAND, 'Saying praise.', 'Thank you, {nmae}!'),
      /brand.yaml:\d+: nothing fills in `\{nmae\}`/,
    ],
    [
      'an unknown placeholder in `say`',
      order,
      edit(ORDER_STATUS, 'is {status}', 'is {sttus}'),
      /order-status.yaml:30: nothing fills in `\{sttus\}`; did you mean `\{status\}`\?/,
    ],
    [
      'an unknown placeholder in `confirm`',
      order,
      edit(ORDER_STATUS, 'for {email}?', 'for {eta}?'),
      /order-status.yaml:24: nothing fills in `\{eta\}`; there is `\{order-number\}`, `\{email\}`/,
    ],
    [
      'an unknown placeholder in a path',
      order,
      edit(ORDER_STATUS, 'email={email}', 'email={mail}'),
      /order-status.yaml:27: nothing fills in `\{mail\}`/,
    ],
    [
      'an optional value where it may be missing',
      order,
      edit(ORDER_STATUS, /(type: email\n)/, '$1    optional: true\n'),
      /order-status.yaml:25: `\{email\}` may be missing, because that need is optional/,
    ],
    [
      'a pattern that does not compile',
      order,
      edit(ORDER_STATUS, 'HL-\\d{5}', '"HL-(\\\\d{5}"'),
      /order-status.yaml:19: `HL-\(\\d\{5\}` is not a regular expression/,
    ],
    [
      'a pattern with a look-ahead',
      order,
      edit(ORDER_STATUS, 'HL-\\d{5}', 'HL-(?!0)\\d{5}'),
      /order-status.yaml:19: look-ahead and look-behind .* write out what may stand there/,
    ],
    [
      'a pattern with a reference to a group',
      order,
      edit(ORDER_STATUS, 'HL-\\d{5}', 'HL-(\\d)\\1{4}'),
      /order-status.yaml:19: references to groups .* write the part out again/,
    ],
    [
      'a pattern that no type reads',
      order,
      edit(ORDER_STATUS, 'type: email', 'type: email\n    pattern: .+@.+'),
      /order-status.yaml:22: a need of type `email` is checked by its type/,
    ],
    [
      'needs asked in public',
      order,
      edit(ORDER_STATUS, 'personal: true', 'personal: false'),
      /order-status.yaml:13: expected `personal: true`/,
    ],
    [
      'an action without its address',
      order,
      edit(ORDER_STATUS, 'url-from: ORDERS_URL', 'url-from: https://orders.example'),
      /order-status.yaml:26: `action.url-from`: expected text that fits/,
    ],
    [
      'an action with a relative path',
      order,
      edit(ORDER_STATUS, 'path: /orders', 'path: orders'),
      /order-status.yaml:27: `action.path`: expected text that begins with `\/`/,
    ],
    [
      'an example that checks nothing',
      order,
      edit(ORDER_STATUS, '- bot: order number', '- customer: hello?'),
      /order-status.yaml:33: expected at least one line `bot:` or `outcome:`/,
    ],
    [
      'an unknown kind of line',
      order,
      edit(ORDER_STATUS, '- bot: order', '- robot: order'),
      /order-status.yaml:35: .*expected `customer:` or `bot:` or `outcome:`/,
    ],
    [
      'an unknown saying',
      refunds,
      edit(REFUNDS, 'then: move', 'say: move-to-privat\n    then: move'),
      /refunds.yaml:6: rule `refunds.public`: there is no saying `move-to-privat`; did you mean `move-to-private`\?/,
    ],
    [
      'an unknown intent',
      refunds,
      edit(
        REFUNDS,
        'intent: order-status, audience: public }\n    then',
        'intent: order-stats, audience: public }\n    then',
      ),
      /refunds.yaml:5: rule `refunds.public`: `intent` is never `order-stats`; did you mean `order-status`\?/,
    ],
    [
      'an unknown fact',
      refunds,
      edit(REFUNDS, 'audience: public }\n    then', 'audeince: public }\n    then'),
      /refunds.yaml:5: rule `refunds.public`: there is no fact `audeince`; did you mean `audience`\?/,
    ],
    [
      'two rules of one name',
      'policies/other.yaml',
      REFUNDS,
      /(other|refunds).yaml:4: rule `refunds.public`: another rule is called `refunds.public` too/,
    ],
    [
      'an example of nothing',
      refunds,
      edit(REFUNDS, /given: .*\n {4}/, ''),
      /refunds.yaml:9: expected `says`, `given` or both/,
    ],
    ['no front matter', returns, 'Send it back.', /returns.md:1: expected the file to begin with `---`, `title: …`/],
    [
      'front matter without an end',
      returns,
      '---\ntitle: Returns\nSend it back.',
      /returns.md:1: the front matter has no end/,
    ],
    [
      'a slip in the front matter',
      returns,
      edit(RETURNS, 'title:', 'audiance: internal\ntitle:'),
      /returns.md:2: there is no `audiance` here; did you mean `audience`\?/,
    ],
    ['no title', returns, edit(RETURNS, /title: .*\n/, ''), /returns.md:2: `title`: missing; expected text/],
    ['no answer', returns, '---\ntitle: Returns\n---\n\n', /returns.md:4: there is no answer/],
    [
      'two articles of one name',
      'knowledge/more/returns.md',
      RETURNS,
      /returns.md:1: `knowledge\/.*returns.md` has the same name; names are ids/,
    ],
    [
      'an example that expects a rule which is not there',
      refunds,
      edit(REFUNDS, 'because: refunds.public }', 'because: refunds.publik }'),
      /refunds.yaml:10: there is no rule `refunds.publik`; did you mean `refunds.public`\?/,
    ],
    [
      'an example that gives a fact which is not there',
      refunds,
      edit(REFUNDS, 'given: { intent', 'given: { intnet'),
      /refunds.yaml:9: there is no fact `intnet`; did you mean `intent`\?/,
    ],
    [
      'a contact reason about a dialog that is not there',
      brand,
      edit(
        BRAND,
        'avoid: []',
        'avoid: []\ncontact-reasons:\n  - { id: late, name: Late }\n  - { id: lost, name: Lost, about: [orders, order-stats] }',
      ),
      /brand.yaml:25: contact reason `lost`: there is no dialog or topic `order-stats`; did you mean `order-status`\?/,
    ],
    [
      'two contact reasons of one id',
      brand,
      edit(BRAND, 'avoid: []', 'avoid: []\ncontact-reasons: [{ id: late, name: Late }, { id: late, name: Lost }]'),
      /brand.yaml:23: `contact-reasons`: two reasons have the same `id`/,
    ],
    [
      'an incident about a topic that is not there',
      refunds,
      `${REFUNDS}${INCIDENT.replace('orders', 'order')}`,
      /refunds.yaml:16: there is no topic `order`; did you mean `orders`\?/,
    ],
    [
      'an incident about nothing',
      refunds,
      `${REFUNDS}${INCIDENT.replace('    topics: [orders]\n', '')}`,
      /refunds.yaml:12: `incidents\[1\]`: expected `words`, `topics` or `articles`/,
    ],
    [
      'a dialog name that is no id',
      'dialogs/Refund me.yaml',
      ORDER_STATUS,
      /Refund me.yaml:1: `Refund me` cannot be a dialog's name/,
    ],
  ])('%s', async (_title, file, text, said) => {
    const loaded = await load({ [file]: text })
    expect('problems' in loaded).toBe(true)
    expect(saidOf(loaded)).toContainEqual(expect.stringMatching(said))
  })

  test.each<[title: string, file: string, text: string, said: RegExp]>([
    [
      'a rule that no example shows',
      refunds,
      edit(
        REFUNDS,
        'expect: { verdict: move-to-private, because: refunds.public }',
        'expect: { verdict: move-to-private }',
      ),
      /refunds.yaml:4: warning: rule `refunds.public`: no example shows it; add one that expects it/,
    ],
    [
      'words that are too long for the network where they are said',
      refunds,
      edit(
        REFUNDS,
        'then: move-to-private',
        `then: move-to-private\n    say: ${'Write to us in private. '.repeat(13)}`,
      ),
      /refunds.yaml:7: warning: too long for x: it has about 339 characters with the introduction and a post may have 280; shorten it by 59$/,
    ],
    [
      'an incident’s statement that is too long',
      refunds,
      `${REFUNDS}${INCIDENT.replace('Orders are late.', 'Orders are late. '.repeat(20))}`,
      /refunds.yaml:15: warning: too long for x: it has about 367 characters with the introduction/,
    ],
    [
      'a saying that is too long with what is filled in',
      brand,
      edit(BRAND, /returned-with: .*/, `returned-with: ${'I am back. '.repeat(15)}{promise}`),
      /brand.yaml:\d+: warning: too long for x: it has about 313 characters with the introduction/,
    ],
    [
      'a button that the bot would not read as a yes',
      brand,
      edit(BRAND, 'yes: Yes', 'yes: Perhaps'),
      /brand.yaml:\d+: warning: the bot does not read `Perhaps` as a plain yes; expected words such as `Yes`/,
    ],
    [
      'a button with more words than it holds',
      brand,
      edit(BRAND, 'no: No', 'no: No thank you, not today'),
      /brand.yaml:\d+: warning: a button holds 20 characters, and this has 23; shorten it/,
    ],
    [
      'words to avoid in our own words',
      brand,
      edit(BRAND, 'avoid: []', 'avoid: [saying praise]'),
      /brand.yaml:\d+: warning: it says `saying praise`, which is among the words to avoid; it would not be sent/,
    ],
    [
      'a voice that our own words do not have',
      brand,
      edit(BRAND, 'avoid: []', 'avoid: []\nvoice: { formality: formal, emoji: false }').replace(
        'Saying praise.',
        "It's kind.",
      ),
      /brand.yaml:\d+: warning: `It's` is informal, and the brand’s `voice` is formal/,
    ],
    [
      'a long first paragraph',
      returns,
      edit(RETURNS, 'Send it', `${'Wait and see. '.repeat(20)}Send it`),
      /returns.md:8: warning: the first paragraph has 337 characters; expected at most 280/,
    ],
    [
      'a link that replies cannot show',
      returns,
      edit(RETURNS, 'help.hollow.example/', 'evil.example/'),
      /returns.md:10: warning: `evil.example` is not among the `links`/,
    ],
    [
      'a link that leads nowhere for a customer',
      returns,
      `${RETURNS}\nSee [sizes](sizes.md).\n`,
      /returns.md:\d+: warning: the link `sizes.md` is no address that a customer can open; expected https:/,
    ],
    [
      'an image without words',
      returns,
      `${RETURNS}\n![](https://help.hollow.example/label.png)\n`,
      /returns.md:\d+: warning: the image has no words for whoever cannot see it/,
    ],
    [
      'an unknown name in the front matter',
      returns,
      edit(RETURNS, 'title:', 'tags: [a]\ntitle:'),
      /returns.md:2: warning: `tags` is not read$/,
    ],
    [
      'a file of another kind',
      'knowledge/label.pdf',
      'x',
      /label.pdf:1: warning: the file is not read; only `.md` files are/,
    ],
  ])('%s is a warning', async (_title, file, text, said) => {
    const loaded = await load({ [file]: text })
    expect(saidOf(loaded)).toEqual([expect.stringMatching(said)])
    expect('content' in loaded).toBe(true)
  })

  test('all problems are told at once, by file and line', async () => {
    const loaded = await load({ [brand]: BRAND.replace('0.9', 'a').replace('0.3', 'b'), [returns]: 'no head' })
    expect(saidOf(loaded).map((line) => line.replace(/:\D.*/, ''))).toEqual([
      'knowledge/returns.md:1',
      'policies/brand.yaml:16',
      'policies/brand.yaml:18',
    ])
  })
})

describe('links and folders', () => {
  test('a link that leaves the folder is not followed', async () => {
    const said = await inFolder({}, async (dir) => {
      await symlink('/etc/hosts', join(dir, 'knowledge', 'hosts.md'))
      return saidOf(await loadContent(dir))
    })
    expect(said).toEqual([expect.stringMatching(/knowledge\/hosts.md:1: the link leaves the content folder/)])
  })

  test('a link inside the folder is followed, as mounted volumes have them', async () => {
    const loaded = await inFolder({}, async (dir) => {
      await mkdir(join(dir, 'knowledge', '..data'))
      await rename(join(dir, 'knowledge', 'returns.md'), join(dir, 'knowledge', '..data', 'returns.md'))
      await symlink('..data/returns.md', join(dir, 'knowledge', 'returns.md'))
      return loadContent(dir)
    })
    expect(saidOf(loaded)).toEqual([])
  })

  test('a link that points to nothing, and a folder that links to itself, are told or survived', async () => {
    const said = await inFolder({}, async (dir) => {
      await symlink('nothing.md', join(dir, 'knowledge', 'gone.md'))
      await symlink('.', join(dir, 'knowledge', 'loop'))
      return saidOf(await loadContent(dir))
    })
    expect(said).toEqual([expect.stringMatching(/knowledge\/gone.md:1: the link points to nothing/)])
  })

  test('a folder in the wrong case is told', async () => {
    const said = await inFolder({}, async (dir) => {
      await rename(join(dir, 'policies'), join(dir, 'Policies'))
      return saidOf(await loadContent(dir))
    })
    expect(said).toContain('Policies:1: the folder has to be called `policies`, in lower case')
  })

  test('a file in place of the folder is told', async () => {
    const said = await inFolder({}, async (dir) => {
      await writeFile(join(dir, 'file'), '')
      return saidOf(await loadContent(join(dir, 'file')))
    })
    expect(said).toEqual([expect.stringMatching(/is not a folder/)])
  })
})
