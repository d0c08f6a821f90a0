// A change of policy, from the first draft to the way back: written over HTTP in one process, obeyed by another.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { OWN_CONTENT } from '#content/load'
import type { DraftView, Overview } from '../../src/releases/desk/views.ts'
import { bucketOf } from '../../src/releases/rollout-bucket.ts'
import { run } from '../cli/run.ts'
import { CACHE } from '../setup/cache.ts'
import { untilLearnt } from '../setup/learnt.ts'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { type OwnRedis, ownRedis } from './own-redis.ts'
import { eventsOf, turnsOf } from './records.ts'

const FILE = 'policies/people.yaml'
const QUESTION = 'Where is your showroom?'
const PASSWORD = 'a harbour full of boats'
const FOLDERS = ['dialogs', 'knowledge', 'policies']

let redis: OwnRedis
let dir: string
let web: TestService
let worker: ChildProcess
let said = ''
let variables: Record<string, string>
let lead: Person
let ben: Person
let cleo: Person

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'warmline-content-'))
  for (const folder of FOLDERS) await cp(join(OWN_CONTENT, folder), join(dir, folder), { recursive: true })
  redis = await ownRedis()
  await redis.start()
  variables = { REDIS_URL: redis.url, WARMLINE_CONTENT_DIR: dir, ORDER_SERVICE_URL: 'http://127.0.0.1:9' }
  web = await startTestService({ ...variables, WARMLINE_ROLES: 'web' })
  worker = spawn(process.execPath, [join(import.meta.dirname, '../../src/main.ts')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...variables,
      PATH: process.env.PATH,
      PORT: '0',
      WARMLINE_DATA_DIR: web.dir,
      WARMLINE_CACHE_DIR: CACHE,
      WARMLINE_DEBOUNCE_MS: '20',
      WARMLINE_ROLES: 'worker',
    },
  })
  for (const stream of [worker.stdout, worker.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  lead = await web.signIn()
  for (const [email, role] of [
    ['ben@brand.example', 'editor'],
    ['cleo@brand.example', 'policy-owner'],
  ])
    await lead.send('/api/people', { email, name: email, roles: [role], password: PASSWORD })
  ;[ben, cleo] = await Promise.all([
    web.signIn('ben@brand.example', PASSWORD),
    web.signIn('cleo@brand.example', PASSWORD),
  ])
  await untilLearnt(await until(() => /^warmline ready (\S+)/m.exec(said)?.[1], 60_000))
})
afterAll(async () => {
  if (worker && worker.exitCode === null && worker.signalCode === null) {
    worker.kill('SIGKILL')
    await once(worker, 'exit')
  }
  await web?.close()
  await redis?.close()
  await rm(dir, { recursive: true, force: true })
})

const idOf = (user: string) => `playground:brand:${user}`
const policy = () => ben.get<Overview>('/api/policy')
const draftPath = (step = '') => `/api/policy/drafts/${draft.id}${step}`
async function customerId(user: string): Promise<string> {
  return until(async () => {
    const { tickets } = await lead.get<{ tickets: { customer: { id: string; handle: string } }[] }>('/api/tickets')
    return tickets.find(({ customer }) => customer.handle === user || customer.id.endsWith(`:${user}`))?.customer.id
  })
}
/** Asks in public; the turn that was taken of it. */
async function ask(user: string, text = QUESTION) {
  await web.post('/playground/api/posts', { customer: user, text })
  const [turn] = await turnsOf(lead, idOf(user))
  if (!turn) throw new Error('no turn was taken')
  return turn
}

let draft: DraftView
let original: string
let first: string

/** The file with one more rule and an example of it. */
const withRule = (then: string, expected = 'escalate') =>
  `${original.replace(
    'rules:\n',
    `rules:\n  - id: people.showroom\n    when: { article: showroom, audience: public }\n    then: ${then}\n    because: Visits are arranged by people.\n`,
  )}  - given: { audience: public, knowledge: sure, article: showroom }\n    expect: { verdict: ${expected} }\n`

/** Saves the file as the draft's next revision. */
async function save(who: Person, text: string | null, revision = draft.revision) {
  const answer = await who.send(draftPath('/file'), { path: FILE, text, revision })
  if (answer.status === 200) draft = answer.body as unknown as DraftView
  return answer
}

describe('a change of policy', () => {
  test('begins from what is live, which is the folder', async () => {
    const turn = await ask('ana')
    expect(turn).toMatchObject({ outcome: 'answered', article: 'showroom' })
    const { live, source, approvalsNeeded, rollout } = await policy()
    expect({ source, approvalsNeeded, rollout }).toEqual({ source: 'folder', approvalsNeeded: 1 })
    expect(live).toMatchObject({ version: turn.version, by: 'files', state: 'live' })
    first = live.version
    const begun = await ben.send('/api/policy/drafts', { title: 'Showroom visits are for people' })
    draft = begun.body as unknown as DraftView
    expect(draft).toMatchObject({ state: 'editing', base: first, changes: 0, by: 'ben@brand.example' })
    original = draft.files.find(({ path }) => path === FILE)?.text ?? ''
    expect(original).toBe(await readFile(join(dir, FILE), 'utf8'))
  })

  test('with a slip is shown its line, and cannot be proposed', async () => {
    const slip = withRule('eskalate')
    const linted = await ben.send(draftPath('/lint'), { path: FILE, text: slip })
    expect(linted.body).toMatchObject({
      problems: [{ file: FILE, line: 6, severity: 'error', problem: expect.stringMatching(/did you mean `escalate`/) }],
    })
    await save(ben, slip)
    const answer = await ben.send(draftPath('/propose'), { message: 'please' })
    expect(answer).toMatchObject({ status: 422, body: { problems: [{ file: FILE, line: 6 }] } })
  })

  test('with an example that no longer holds cannot be proposed', async () => {
    await save(ben, withRule('escalate', 'answer'))
    const lines = (draft.diff[0]?.after ?? '').split('\n')
    const failed = [{ file: FILE, line: lines.findLastIndex((one) => one.includes('showroom }')) + 1 }]
    const { body } = await ben.send(draftPath('/check'))
    expect(body).toMatchObject({ examples: { failed } })
    expect(await ben.send(draftPath('/propose'), { message: 'please' })).toMatchObject({
      status: 422,
      body: { failed },
    })
  })

  test('is not saved over what somebody else saved meanwhile', async () => {
    const old = draft.revision
    expect((await save(ben, withRule('escalate'))).status).toBe(200)
    expect(await save(cleo, original, old)).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/^ben@brand\.example saved this draft meanwhile/) },
    })
  })

  test('shows which rule decides before and after, for any words', async () => {
    const { body } = await ben.send(draftPath('/try'), {
      text: QUESTION,
      audience: 'public',
      channel: 'playground',
    })
    expect(body).toMatchObject({
      before: { verdict: 'answer', outcome: 'answered' },
      after: { verdict: 'escalate', outcome: 'escalated', rule: 'people.showroom' },
      facts: expect.arrayContaining([{ fact: 'article', value: 'showroom' }]),
    })
  })

  test('shows which recorded turns would end otherwise', async () => {
    await ask('bob', 'How much is delivery?')
    const { body } = await ben.send(draftPath('/replay'), { last: 100 })
    expect(body).toMatchObject({
      turns: 2,
      notReplayed: 0,
      changed: [
        { text: QUESTION, before: { outcome: 'answered' }, after: { outcome: 'escalated', rule: 'people.showroom' } },
      ],
    })
  })

  test('is replayed at the command line too', async () => {
    const other = await mkdtemp(join(tmpdir(), 'warmline-content-'))
    await cp(dir, other, { recursive: true })
    await writeFile(join(other, FILE), draft.diff[0]?.after ?? '')
    const ran = await run(['replay', '--content', other, '--last', '50'], '', {
      REDIS_URL: redis.url,
      WARMLINE_CACHE_DIR: CACHE,
    })
    await rm(other, { recursive: true })
    expect(ran).toMatchObject({ code: 1, err: expect.stringMatching(`1 of 2 turns would change \\(${first} -> `) })
    expect(ran.out).toMatch(
      /“Where is your showroom\?”\n {2}before: answered because of .*\n(?:.*\n)* {2}after: {2}escalated because of people\.showroom\n/,
    )
  })

  test('is approved by somebody who did not write it', async () => {
    expect(await ben.send(draftPath('/propose'), { message: 'Visits are for people' })).toMatchObject({ status: 200 })
    expect((await ben.send(draftPath('/approve'))).status).toBe(403)
    expect(await cleo.send(draftPath('/release'))).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/it has to be approved first/) },
    })
    expect(await cleo.send(draftPath('/approve'), { comment: 'good' })).toMatchObject({
      status: 200,
      body: { state: 'approved', approvals: [{ by: 'cleo@brand.example', comment: 'good' }] },
    })
  })

  test('is rolled out to some customers, and each turn and reply says by which version it was', async () => {
    const { status, body } = await cleo.send(draftPath('/release'), { percent: 50 })
    expect(status).toBe(200)
    const rollout = (body as unknown as Overview).rollout
    if (!rollout) throw new Error('nothing is rolled out')
    expect(rollout).toMatchObject({ percent: 50, base: first, version: draft.version, shadow: false })
    await until(() => said.includes('the released version has changed'))
    const users = Array.from({ length: 8 }, (_, n) => `customer${n}`)
    const turns = await Promise.all(users.map((user) => ask(user)))
    expect(turns.map(({ version }) => version)).toEqual(
      users.map((user) => (bucketOf(rollout.id, idOf(user)) < 50 ? rollout.version : first)),
    )
    for (const [place, user] of users.entries()) {
      const turn = turns[place]
      expect(turn?.outcome).toBe(turn?.version === first ? 'answered' : 'escalated')
      const replies = (await eventsOf(lead, idOf(user))).filter((event) => event.type === 'message-queued')
      expect(replies.length).toBeGreaterThan(0)
      expect(new Set(replies.map((event) => 'version' in event && event.version))).toEqual(new Set([turn?.version]))
    }
    const ticketed = users.find((_, place) => turns[place]?.outcome === 'escalated')
    expect(ticketed && (await customerId(ticketed))).toBe(idOf(ticketed ?? ''))
    const counted = (await policy()).rollout?.figures
    expect(Object.values(counted ?? {}).reduce((sum, { turns }) => sum + turns, 0)).toBe(users.length)
  })

  test('goes back with one click, and the audit says who did what', async () => {
    const answer = await cleo.send('/api/policy/rollback', { because: 'people are too busy' })
    expect(answer).toMatchObject({ status: 200, body: { live: { version: first } } })
    const lines = said.split('the released version has changed').length
    await until(() => said.split('the released version has changed').length >= lines)
    const { versions } = await ben.get<{ versions: { version: string; state: string }[] }>('/api/policy/versions')
    expect(versions).toMatchObject([
      { version: draft.version, state: 'rolled-back', approvedBy: ['cleo@brand.example'], parent: first },
      { version: first, state: 'live' },
    ])
    const { entries } = await ben.get<{ entries: { what: string; by: string; detail: string }[] }>('/api/policy/audit')
    expect(entries.slice(0, 4)).toMatchObject([
      { what: 'rolled-back', by: 'cleo@brand.example', detail: 'people are too busy' },
      { what: 'rollout-begun', by: 'cleo@brand.example', version: draft.version, detail: '50 % of customers' },
      { what: 'draft-approved', by: 'cleo@brand.example' },
      { what: 'draft-proposed', by: 'ben@brand.example', detail: 'Visits are for people' },
    ])
  })

  test('is exported byte for byte, as a folder and as an archive', async () => {
    const out = await mkdtemp(join(tmpdir(), 'warmline-export-'))
    const ran = await run(['content', 'export', first, join(out, 'folder')], '', { REDIS_URL: redis.url })
    expect(ran).toMatchObject({ code: 0, err: expect.stringContaining(`of version ${first}`) })
    const archive = await (
      await fetch(`${web.url}/api/policy/versions/${first}/export`, { headers: { cookie: ben.cookie } })
    ).arrayBuffer()
    await writeFile(join(out, 'content.tar'), new Uint8Array(archive))
    execFileSync('tar', ['-xf', 'content.tar', '--one-top-level=tarred'], { cwd: out })
    for (const copy of ['folder', 'tarred']) {
      for (const folder of FOLDERS) {
        const names = await readdir(join(dir, folder))
        expect((await readdir(join(out, copy, folder))).sort()).toEqual(names.sort())
        for (const name of names)
          expect(await readFile(join(out, copy, folder, name))).toEqual(await readFile(join(dir, folder, name)))
      }
    }
    await rm(out, { recursive: true })
  })
})
