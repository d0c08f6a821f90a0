import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { inFolder } from '../content/folder.ts'
import { CACHE } from '../setup/cache.ts'
import { jsonOf, run } from './run.ts'

const vars = (dir: string) => ({
  WARMLINE_DATA_DIR: join(dir, '.data'),
  WARMLINE_CACHE_DIR: CACHE,
  WARMLINE_CONTENT_DIR: dir,
})

describe('each line of JSON in is a line of JSON out', () => {
  test('in order and with its id, whatever the id is', async () => {
    const { out, code } = await run(['redact', '--json'], [{ id: 2, text: 'a' }, { id: 'x', text: 'b' }, { text: 'c' }])
    expect(out).toBe('{"id":2,"text":"a","spans":[]}\n{"id":"x","text":"b","spans":[]}\n{"text":"c","spans":[]}\n')
    expect(code).toBe(0)
  })

  test('a bad line is answered by its error, and the others go on', async () => {
    const ran = await run(['redact', '--json'], '{"id":1,"text":5}\n\nnot json\n[1]\n{"id":4,"text":"ok"}\n')
    expect(jsonOf(ran)).toEqual([
      { id: 1, error: expect.stringMatching(/expected string.*at text/) },
      { error: 'the line is not JSON' },
      { error: expect.stringMatching(/expected object/) },
      { id: 4, text: 'ok', spans: [] },
    ])
    expect(ran.code).toBe(1)
  })

  test('redact', async () => {
    const ran = await run(['redact', '--json'], [{ id: 1, text: 'I am ana@example.com, hello' }])
    expect(jsonOf(ran)).toEqual([{ id: 1, text: 'I am [email], hello', spans: [{ type: 'email', start: 5, end: 20 }] }])
  })

  test('parse', async () => {
    const ran = await run(
      ['parse', '--json'],
      [
        { id: 1, channel: 'x', body: {} },
        { id: 2, channel: 'fax', body: {} },
      ],
    )
    expect(jsonOf(ran)).toEqual([
      { id: 1, events: [{ kind: 'ignored', own: false }] },
      { id: 2, events: [{ kind: 'ignored', own: false }] },
    ])
  })

  test('decide', async () => {
    await inFolder({}, async (dir) => {
      const facts = { intent: 'order-status', audience: 'public', signals: ['question'] }
      const ran = await run(
        ['decide', '--json'],
        [
          { id: 1, facts },
          { id: 2, facts: {} },
          { id: 3, facts: { audience: null, signals: { odd: 1 }, intent: ['x', 2], moon: 'full' } },
        ],
        vars(dir),
      )
      expect(jsonOf(ran)).toEqual([
        {
          id: 1,
          verdict: 'move-to-private',
          reasons: [{ rule: 'refunds.public', because: 'Orders are never discussed in public.', doubts: [] }],
          version: expect.stringMatching(/^[0-9a-f]{12}$/),
        },
        ...[2, 3].map((id) => ({
          id,
          verdict: 'escalate',
          reasons: [expect.objectContaining({ doubts: [] })],
          version: expect.any(String),
        })),
      ])
    })
  })

  test('gate', async () => {
    await inFolder({}, async (dir) => {
      const lines = [
        { id: 1, text: 'Thank you.', audience: 'public', author: 'agent' },
        { id: 2, text: 'Your card 4111 1111 1111 1111 is fine.', audience: 'public', author: 'agent' },
        { id: 3, text: 'word '.repeat(80), audience: 'public', author: 'agent', channel: 'x' },
        {
          id: 4,
          text: 'It comes on Tuesday.',
          audience: 'public',
          author: 'bot',
          sources: ['It comes on time.', { text: 'Tuesday', audience: 'private' }],
        },
        { id: 5, text: 'It comes on Tuesday.', audience: 'public', author: 'bot', sources: ['It comes on Tuesday.'] },
      ]
      const [fine, card, long, secret, open] = jsonOf(await run(['gate', '--json'], lines, vars(dir)))
      expect(fine).toEqual({ id: 1, verdict: 'pass', findings: [] })
      expect(card).toMatchObject({ id: 2, verdict: 'block' })
      expect(card.findings[0]).toEqual({
        rule: expect.any(String),
        start: expect.any(Number),
        end: expect.any(Number),
        absolute: true,
      })
      expect(long).toMatchObject({ id: 3, verdict: 'block' })
      expect(secret).toMatchObject({
        id: 4,
        findings: [{ rule: 'private-source', start: 12, end: 19, absolute: true }],
      })
      expect(open).toEqual({ id: 5, verdict: 'pass', findings: [] })
    })
  })

  test('ask answers in the article’s words, or abstains', async () => {
    await inFolder({}, async (dir) => {
      const lines = [
        { id: 1, text: 'How do I send a jumper back?' },
        { id: 2, text: 'who won the football' },
      ]
      const [answered, abstained] = jsonOf(await run(['ask', '--json'], lines, vars(dir)))
      expect(answered).toMatchObject({
        id: 1,
        outcome: 'answered',
        article: 'returns',
        text: expect.stringContaining('within 30 days'),
        confidence: expect.any(Number),
        ranking: [{ article: 'returns', score: expect.any(Number) }],
      })
      expect(abstained).toMatchObject({ id: 2, outcome: 'abstained', article: null, text: null })
    })
  })

  test('understand', async () => {
    await inFolder({}, async (dir) => {
      const lines = [{ id: 1, text: 'where is my order? write to ana@example.com', audience: 'public', channel: 'x' }]
      const [understood] = jsonOf(await run(['understand', '--json'], lines, vars(dir)))
      expect(understood).toMatchObject({
        id: 1,
        intent: 'order-status',
        intentConfidence: expect.any(Number),
        topic: 'orders',
        complaint: expect.any(String),
        sentiment: expect.any(Number),
        urgency: expect.any(Number),
        language: 'en',
        signals: expect.any(Array),
        privateData: [{ type: 'email', start: 28, end: 43 }],
        wantsHuman: false,
      })
    })
  })
})

describe('a terminal conversation', () => {
  test('is the service’s own: a form is asked in private, and public words move there', async () => {
    const forms = `topic: Forms
owner: customer-care
rules:
  - id: forms.private
    when: { intent: order-status, audience: private }
    then: answer
    because: In private the form is filled in.
examples:
  - given: { intent: order-status, audience: private }
    expect: { verdict: answer }
`
    await inFolder({ 'policies/forms.yaml': forms }, async (dir) => {
      const { out, err, code } = await run(
        ['chat', '--audience', 'public'],
        'where is my order?\n/private\nHL-20419\n',
        vars(dir),
      )
      expect(out).toMatch(/^public: .*Saying move-to-private/m)
      expect(out).toMatch(/^private: .*Which e-mail address did you order with\?/m)
      expect(err).toMatch(/moved-to-private; refunds.public/)
      expect(code).toBe(0)
    })
  })
})

describe('the command line', () => {
  test.each([
    [['help'], 0, /usage: warmline COMMAND/, /^$/],
    [[], 2, /^$/, /usage: warmline COMMAND/],
    [['fly'], 2, /^$/, /there is no command `fly`/],
    [['redact', '--jsn'], 2, /^$/, /'--jsn'[\s\S]*usage: warmline redact --json/],
    [['chat', '--audience', 'nobody'], 2, /^$/, /expected public or private, not `nobody`/],
    [['content', 'check', 'a', 'b'], 2, /^$/, /expected one folder, not 2/],
  ])('%j', async (args, code, out, err) => {
    const ran = await run(args)
    expect(ran.code).toBe(code)
    expect(ran.out).toMatch(out)
    expect(ran.err).toMatch(err)
  })

  test('content that cannot serve is told on stderr', async () => {
    await inFolder({ 'policies/brand.yaml': 'name: [' }, async (dir) => {
      const { code, out, err } = await run(['decide', '--json'], [{ facts: {} }], vars(dir))
      expect({ code, out }).toEqual({ code: 1, out: '' })
      expect(err).toMatch(/^policies\/brand.yaml:1: not valid YAML/m)
    })
  })

  test('works as a process: data on stdout, exit code at the end', async () => {
    const main = new URL('../../src/cli/main.ts', import.meta.url).pathname
    const child = spawn(process.execPath, [main, 'redact', '--json'], { stdio: ['pipe', 'pipe', 'ignore'] })
    child.stdin.end('{"id":1,"text":"hi"}\nbroken\n')
    let out = ''
    for await (const part of child.stdout) out += part
    const code = await new Promise((exit) => child.once('close', exit))
    expect(out).toBe('{"id":1,"text":"hi","spans":[]}\n{"error":"the line is not JSON"}\n')
    expect(code).toBe(1)
  })
})
