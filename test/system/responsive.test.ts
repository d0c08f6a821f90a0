// Whatever people outside write, and whatever owners try: the service goes on answering everybody else.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { OWN_CONTENT } from '#content/load'
import { patternProblem } from '#dialog'
import { findValue, readValue } from '../../src/dialog/slot-values.ts'
import { X, xVariables } from '../service/accounts.ts'
import { CACHE } from '../setup/cache.ts'
import { untilLearnt } from '../setup/learnt.ts'
import { processorMs } from '../setup/processor-time.ts'
import { until } from '../setup/redis.ts'
import { ADMIN } from '../setup/service.ts'
import { xDirectMessage } from '../stand-ins/deliveries.ts'
import { startXApi, type XApi } from '../stand-ins/x-api.ts'

const SEED = 16
/** Milliseconds for which the service may compute without answering anybody. */
const MOST = 250
const MIB = 2 ** 20

let dir: string
let x: XApi
let service: ChildProcess
let url: string
let cookie: string
let draft: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'warmline-responsive-'))
  x = await startXApi(X)
  service = spawn(
    process.execPath,
    ['--import', join(import.meta.dirname, 'longest-task.mjs'), join(import.meta.dirname, '../../src/main.ts')],
    {
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
      env: {
        ...xVariables(x.url),
        PATH: process.env.PATH,
        PORT: '0',
        WARMLINE_DATA_DIR: dir,
        WARMLINE_CACHE_DIR: CACHE,
        WARMLINE_DEBOUNCE_MS: '80',
        WARMLINE_ADMIN_EMAIL: ADMIN.email,
        WARMLINE_ADMIN_PASSWORD: ADMIN.password,
      },
    },
  )
  url = await new Promise<string>((resolve, reject) => {
    let said = ''
    service.once('exit', () => reject(new Error(`the service did not start: ${said}`)))
    service.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const ready = /warmline ready (\S+)/.exec(said)?.[1]
      if (ready) resolve(ready)
    })
  })
  // Learning computes too.
  await untilLearnt(url)
  const session = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ADMIN),
  })
  cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  draft = (await post<{ id: string }>('/api/policy/drafts', { title: 'Odd content' })).body.id
  await post(`/api/policy/drafts/${draft}/try`, { text: 'Hello', audience: 'private', channel: 'playground' })
})
afterAll(async () => {
  service?.kill('SIGTERM')
  if (service?.exitCode === null) await once(service, 'exit')
  await x?.close()
  await rm(dir, { recursive: true, force: true })
})

async function post<T = unknown>(path: string, body: unknown): Promise<{ status: number; body: T }> {
  const headers = { 'content-type': 'application/json', cookie }
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: answer.status, body: (await answer.json()) as T }
}

async function get<T>(path: string): Promise<T> {
  return (await (await fetch(`${url}${path}`, { headers: { cookie } })).json()) as T
}

/** The longest time that the service computed without a pause since it was asked last, in milliseconds. */
async function longest(): Promise<number> {
  service.send('tell')
  const [milliseconds] = await once(service, 'message')
  return milliseconds
}

/** Does something while somebody else asks for the health all the time. A pause of the garbage collector does not come three times. */
async function responsive(work: () => Promise<number>, statuses: readonly number[]): Promise<void> {
  let blocked = 0
  for (let again = 0; again < 3; again += 1) {
    await longest()
    let isDone = false
    const working = work().finally(() => {
      isDone = true
    })
    do expect((await fetch(`${url}/health/live`)).status).toBe(200)
    while (!isDone)
    expect(statuses).toContain(await working)
    blocked = await longest()
    if (blocked < MOST) return
  }
  expect(blocked).toBeLessThan(MOST)
}

const repeated = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
const numbered = (line: (i: number) => string, length: number) => {
  let text = ''
  for (let i = 0; text.length < length; i += 1) text += line(i)
  return text
}

/** Texts that are long to read in one way or another, each as long as it is told. */
const YAML: readonly ((length: number) => string)[] = [
  (length) => numbered((i) => `k${i}: 1\n`, length),
  (length) => `{${numbered((i) => `k${i}: 1, `, length)}}`,
  (length) => `a:\n${numbered((i) => ` - &a${i} x\n - *a${i}\n`, length)}`,
  (length) => `a: &a {b: 1}\n${numbered((i) => `c${i}: {<<: *a}\n`, length)}`,
  (length) => `a: ${repeated('[', length)}`,
  (length) => repeated('- ', length),
  (length) => repeated('a: {b: [', length),
  (length) => `a: "${repeated('\\x', length)}`,
  (length) => `a: ${repeated("'' ", length)}`,
  (length) => repeated('---\n', length),
  (length) => repeated('%TAG ! x\n', length),
  (length) => numbered((i) => `${' '.repeat(i)}a:\n`, length),
  (length) =>
    `topic: T\nowner: o\nrules:\n${numbered((i) => `  - { id: r.a${i}, when: { intnt: x }, then: anwer }\n`, length)}`,
  (length) =>
    `topic: T\nowner: o\nmessages:\n${numbered((i) => `  - { text: no lamp ${i}, complaint: minor }\n`, length)}`,
]
/** More than half a MiB is refused before it is read. */
const lengths = fc.oneof(
  { weight: 1, arbitrary: fc.constant(MIB) },
  { weight: 6, arbitrary: fc.integer({ min: 20_000, max: 256_000 }) },
)
const shapes = fc.oneof(
  fc.tuple(fc.constantFrom(...YAML), lengths).map(([shape, length]) => shape(length)),
  fc
    .tuple(fc.array(fc.constantFrom(...'[]{}-?:,&*!|>\'"%@`# \n\tab1\\'), { minLength: 1, maxLength: 12 }), lengths)
    .map(([pieces, length]) => repeated(pieces.join(''), length)),
)
const FILES = ['policies/orders.yaml', 'dialogs/order-status.yaml', 'policies/brand.yaml', 'knowledge/odd.md'] as const

describe(`whatever YAML of up to 1 MiB is read (seed ${SEED})`, () => {
  test('in the editor', async () => {
    const property = fc.asyncProperty(shapes, fc.constantFrom(...FILES), (text, path) =>
      responsive(
        async () => (await post(`/api/policy/drafts/${draft}/lint`, { path, text })).status,
        [200, 413, 422, 503],
      ),
    )
    // Each of the odd texts at its longest, and others after that.
    const examples = YAML.map((shape): [string, (typeof FILES)[number]] => [shape(250_000), FILES[0]])
    await fc.assert(property, { examples, numRuns: examples.length + 10, seed: SEED })
  }, 600_000)

  test('where words are tried', async () => {
    const said = { text: 'Where is my order?', audience: 'private', channel: 'playground' }
    const property = fc.asyncProperty(shapes, fc.constantFrom(...FILES), (content, path) =>
      responsive(
        async () => (await post(`/api/policy/drafts/${draft}/try`, { ...said, path, content })).status,
        [200, 413, 422, 503],
      ),
    )
    await fc.assert(property, { numRuns: 10, seed: SEED })
  }, 600_000)
})

describe(`whatever pattern is accepted, and whatever is said to it (seed ${SEED})`, () => {
  const piece = fc.constantFrom('\\d', '\\w', '.', '[A-Z]', '1', 'A', '-', '\\s', '[^-]', '\\p{L}')
  const times = fc.constantFrom('', '*', '+', '?', '{2,9}', '*?')
  const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.tuple(piece, times).map((parts) => parts.join('')),
      fc.tuple(tie('pattern'), tie('pattern')).map((parts) => parts.join('')),
      fc.tuple(tie('pattern'), times).map(([inner, many]) => `(?:${inner})${many}`),
      fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => `(?:${one}|${other})+`),
    ),
  }))
  const accepted = pattern.filter((one) => patternProblem(one) === undefined)
  const word = fc.constantFrom('1', 'A', 'HL', '-', ' ', 'a1', '11-', 'é')
  const said = fc
    .tuple(fc.array(word, { minLength: 1, maxLength: 3 }), fc.constantFrom('', 'x', ' !'))
    .map(([pieces, end]) => repeated(pieces.join(''), 9900) + end)

  test('where words are tried', async () => {
    const dialog = await readFile(join(OWN_CONTENT, 'dialogs/order-status.yaml'), 'utf8')
    const property = fc.asyncProperty(accepted, said, (source, text) => {
      const content = dialog.replace(/pattern: .*/, () => `pattern: '${source}'`)
      const unsaved = { path: 'dialogs/order-status.yaml', content }
      const words = { text: `where is my order ${text}`, audience: 'private', channel: 'playground' }
      const tried = () => post(`/api/policy/drafts/${draft}/try`, { ...words, ...unsaved })
      return responsive(async () => (await tried()).status, [200])
    })
    await fc.assert(property, { numRuns: 5, seed: SEED })
  }, 600_000)

  test('in a turn', () => {
    const property = fc.property(accepted, said, (pattern, text) => {
      const need = { name: 'order', ask: '', invalid: '', optional: false, pattern }
      const read = () => {
        findValue({ ...need, type: 'order' }, text, '2026-11-30')
        readValue({ ...need, type: 'text' }, text.slice(0, 1000), '2026-11-30')
      }
      expect(processorMs(read)).toBeLessThan(MOST)
    })
    fc.assert(property, { numRuns: 300, seed: SEED })
  })
})

const PRIVATE = [
  ...['SW1A 1AA ', 'ana@example.com ', '4111 1111 1111 1111 ', '+44 7400 123456 ', '12-34-56 12345678 ', 'HL-20419 '],
  ...['07', '.', '@', '-', 'a', 'my name is ', 'born on 1 May ', '14 Mill Lane, Bath ', 'four one one ', '\n', '☎ '],
]
const texts = fc
  .tuple(
    fc.array(fc.constantFrom(...PRIVATE), { minLength: 1, maxLength: 4 }),
    fc.oneof(fc.constant(9900), fc.constant(900_000), fc.integer({ min: 1000, max: 300_000 })),
  )
  .map(([pieces, length]) => repeated(pieces.join(''), length))

/** Whoever writes it has a turn, and their ticket is read. */
async function heard(text: string, from: string): Promise<number> {
  const status = await x.deliver(`${url}/webhooks/x`, xDirectMessage({ to: X.userId, from, text }))
  if (status !== 200) return status
  const person = xDirectMessage({ to: X.userId, from, text: 'I want to talk to a person, please.' })
  expect(await x.deliver(`${url}/webhooks/x`, person)).toBe(200)
  const ticket = await until(async () => {
    const { tickets } = await get<{ tickets: { id: string; customer: { id: string } }[] }>('/api/tickets')
    return tickets.find(({ customer }) => customer.id === `x:${X.userId}:${from}`)
  }, 60_000)
  await get(`/api/tickets/${ticket.id}`)
  return status
}

// Enabled once texts are cut at intake and their private data is found in linear time.
test(`whatever text of up to 1 MiB a customer sends (seed ${SEED})`, async () => {
  let customer = 5000
  const property = fc.asyncProperty(texts, (text) => responsive(() => heard(text, `${++customer}`), [200, 413]))
  const examples = PRIVATE.slice(0, 6).map((piece): [string] => [repeated(piece, 9900)])
  await fc.assert(property, { examples, numRuns: examples.length + 6, seed: SEED })
}, 600_000)
