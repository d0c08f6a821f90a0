// Earlier code and today's: in a rolling restart both work on the same conversations, and after an upgrade today's goes on
// where the earlier one stopped.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { X, xVariables } from '../service/accounts.ts'
import { freePort, type OwnRedis, ownRedis } from '../service/own-redis.ts'
import { ticketOf, turnsOf } from '../service/records.ts'
import { CACHE } from '../setup/cache.ts'
import { until } from '../setup/redis.ts'
import { ADMIN, type Person, startTestService, type TestService } from '../setup/service.ts'
import { nextXId, xDirectMessage, xEdit, xMention } from '../stand-ins/deliveries.ts'
import { startXApi, type XApi } from '../stand-ins/x-api.ts'

const VERSIONS = [
  ['0.1.0', '3e4d23a'],
  ['the last version before parts and files got their present names', '1a655ee'],
] as const
const ROOT = join(import.meta.dirname, '../..')
const US = X.userId

/** The code of a commit with our packages, or undefined where git does not have it. */
function unpack(commit: string): string | undefined {
  try {
    const code = execFileSync('git', ['archive', commit], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 27,
    })
    const dir = mkdtempSync(join(tmpdir(), 'warmline-earlier-'))
    execFileSync('tar', ['-x', '-C', dir], { input: code })
    symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'))
    return dir
  } catch {
    process.stderr.write(`\nEARLIER CODE NOT TESTED: git does not have ${commit} here (a shallow clone)\n\n`)
    return undefined
  }
}

const UNPACKED = VERSIONS.map(([name, commit]) => [name, unpack(commit)] as const)
const PRESENT = UNPACKED.flatMap(([name, dir]) => (dir ? [[name, dir] as const] : []))
afterAll(() => {
  for (const [, dir] of PRESENT) rmSync(dir, { recursive: true, force: true })
})
// Where git has none of them, this file says so and tests nothing.
const each = PRESENT.length > 0 ? describe.each(PRESENT) : describe.skip.each([['earlier code', '']])

each('beside %s', (_name, dir) => {
  let x: XApi
  let redis: OwnRedis
  let service: TestService
  let lead: Person
  let worker: ChildProcess | undefined
  beforeAll(async () => {
    x = await startXApi(X)
    redis = await ownRedis()
    await redis.start()
    service = await startTestService(variables())
    lead = await service.signIn()
  })
  afterAll(async () => {
    if (worker) {
      worker.kill('SIGTERM')
      await once(worker, 'exit')
    }
    await service?.close()
    await redis?.close()
    await x?.close()
  })

  /** A whole service of the earlier code, at a port of its own. */
  async function startEarlier(): Promise<{ url: string; stop(): Promise<void> }> {
    const port = await freePort()
    const env = {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      PORT: String(port),
      WARMLINE_CACHE_DIR: CACHE,
      WARMLINE_DATA_DIR: join(dir, 'data-of-service'),
      WARMLINE_DEBOUNCE_MS: '80',
      WARMLINE_ADMIN_EMAIL: ADMIN.email,
      WARMLINE_ADMIN_PASSWORD: ADMIN.password,
      ...variables(),
    }
    const url = `http://127.0.0.1:${port}`
    const child = spawn(process.execPath, ['src/main.ts'], { cwd: dir, env, stdio: 'ignore' })
    const isReady = () =>
      fetch(`${url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      )
    await until(isReady, 60_000)
    return {
      url,
      async stop() {
        child.kill('SIGTERM')
        await once(child, 'exit')
      },
    }
  }

  const variables = (more: Record<string, string> = {}) => ({ ...xVariables(x.url), REDIS_URL: redis.url, ...more })
  const customer = (user: string) => `x:${US}:${user}`
  const tell = async (body: object) => expect(await x.deliver(`${service.url}/webhooks/x`, body)).toBe(200)
  const message = (from: string, text: string) => tell(xDirectMessage({ to: US, from, text }))
  const messagesTo = (user: string) => x.dms.filter((one) => one.to === user).map((one) => one.text)
  async function mention(from: string, text: string): Promise<string> {
    const id = nextXId()
    await tell(xMention({ to: US, from, text, id }))
    return id
  }

  /** From now on today's code takes webhooks and shows the console, and the earlier code works. */
  async function change(): Promise<void> {
    await service.stop()
    const base = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', PORT: '0', WARMLINE_CACHE_DIR: CACHE }
    const env = { ...base, ...variables({ WARMLINE_ROLES: 'worker', WARMLINE_DEBOUNCE_MS: '80' }) }
    service = await startTestService(variables({ WARMLINE_ROLES: 'web' }), service.dir)
    lead = await service.signIn()
    const orders = { ORDER_SERVICE_URL: `${service.url}/playground`, WARMLINE_DATA_DIR: join(dir, 'data') }
    const started = spawn(process.execPath, ['src/main.ts'], { cwd: dir, env: { ...env, ...orders }, stdio: 'ignore' })
    worker = started
  }

  test('goes on with a form, a case that a person has, a waiting message and an edited one', async () => {
    await message('711', 'Where is my order HL-20419?')
    await until(() => messagesTo('711').length === 1)
    await message('712', 'I want to talk to a human')
    const { id: ticket } = await ticketOf(lead, customer('712'))
    await until(() => messagesTo('712').length === 1)
    expect((await lead.send(`/api/tickets/${ticket}/claim`)).status).toBe(200)

    await change()
    await message('711', 'ana@example.com')
    await message('712', 'How much is delivery?')
    const plain = await mention('713', 'How much is delivery?')
    const edited = await mention('714', 'hello')
    await tell(xEdit({ to: US, from: '714', text: 'How much is delivery?', ids: [edited, nextXId()] }))

    await until(() => messagesTo('711').length === 2, 60_000)
    expect(messagesTo('711')[1]).toMatch(/on its way/)
    for (const id of [plain, edited]) {
      const reply = await until(() => x.posts.find((post) => post.inReplyTo === id))
      expect(reply.text).toMatch(/£\d/)
    }
    await turnsOf(lead, customer('712'), 2)
    expect(messagesTo('712')).toHaveLength(1)
    // And today's code reads what the earlier one wrote.
    const shown = await ticketOf(lead, customer('712'))
    expect(shown).toMatchObject({ id: ticket, state: 'claimed' })
    const answer = { text: 'Laura here, what can I do?', audience: 'private' }
    expect((await lead.send(`/api/tickets/${ticket}/replies`, answer)).status).toBe(200)
    await until(() => messagesTo('712').includes(answer.text))
  })

  test('what it has begun is gone on with once it has been replaced', async () => {
    await service.stop()
    worker?.kill('SIGTERM')
    if (worker) await once(worker, 'exit')
    worker = undefined
    const earlier = await startEarlier()
    const say = async (from: string, text: string) =>
      expect(await x.deliver(`${earlier.url}/webhooks/x`, xDirectMessage({ to: US, from, text }))).toBe(200)
    await say('721', 'Where is my order HL-20419?')
    await say('722', 'I want to talk to a human')
    await until(() => messagesTo('721').length === 1 && messagesTo('722').length === 1)
    await say('723', 'How much is delivery?')
    await earlier.stop()

    service = await startTestService(variables(), service.dir)
    lead = await service.signIn()
    await message('721', 'ana@example.com')
    await until(() => messagesTo('721').length === 2, 60_000)
    expect(messagesTo('721')[1]).toMatch(/on its way/)
    await until(() => messagesTo('723').length === 1)
    expect(messagesTo('723')[0]).toMatch(/£\d/)
    const { id } = await ticketOf(lead, customer('722'))
    expect((await lead.send(`/api/tickets/${id}/claim`)).status).toBe(200)
    await message('722', 'How much is delivery?')
    await turnsOf(lead, customer('722'), 2)
    expect(messagesTo('722')).toHaveLength(1)
  })
})
