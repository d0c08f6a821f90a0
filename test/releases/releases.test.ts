// What is released, on a real Redis: two processes that follow it, the folder as a source, silence, and the guard.
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { buildEngine, type Engine, simulationContext } from '#app'
import type { HistoryEvent, Outgoing } from '#domain'
import { KEYS, keysOf } from '#redis/keys'
import { openPolicySandbox, openReleases, type Releases } from '#releases'
import { NotCached } from '#turn'
import { openSearchEngine, type SearchEngine } from '#understanding/retrieval'
import type { CommittedTurn } from '../../src/releases/rollout-metrics.ts'
import { inFolder as inAnyFolder, REFUNDS, RETURNS } from '../content/folder.ts'
import { idOf, openTestPipeline, type TestPipeline, textsTo, wrote } from '../setup/pipeline.ts'
import { silent, startTestRedis, type TestRedis, until } from '../setup/redis.ts'

const ESCALATES = REFUNDS.replaceAll('move-to-private', 'escalate')
const FILE = 'policies/refunds.yaml'
const ANSWERS = `topic: Answers
owner: customer-care
rules:
  - id: answers.known
    when: { knowledge: sure }
    then: answer
    because: Our articles answer this.
  - id: answers.private
    when: { audience: private }
    then: answer
    because: In private we help with orders.
examples:
  - given: { audience: private, intent: order-status }
    expect: { verdict: answer, because: answers.private }
`
/** A valid folder whose examples all hold. */
const inFolder = (test: (dir: string) => Promise<void>) =>
  inAnyFolder({ 'policies/answers.yaml': ANSWERS }, (dir) => test(dir).finally(closeAll))
/** Before the folder goes, which they watch. */
const closeAll = () => Promise.all(opened.splice(0).map((one) => one.close()))
const [ANN, BEN] = ['ann@brand.example', 'ben@brand.example']

let redis: TestRedis
let finder: SearchEngine
const opened: Releases<Engine>[] = []
beforeAll(async () => {
  redis = await startTestRedis()
  // Words alone: what is released does not hang on how well it is understood.
  finder = await openSearchEngine({ cacheDir: tmpdir(), embedder: () => Promise.reject(new Error('none here')) })
})
afterEach(async () => {
  await redis.connections.main.flushDb()
})
afterAll(async () => {
  await redis?.close()
  await finder?.close()
})

/** One process. */
async function open(dir: string, more: Partial<Parameters<typeof openReleases<Engine>>[0]> = {}) {
  const learn = (content: Engine['content']) => buildEngine(content, finder, undefined, silent)
  const release = await openReleases<Engine>({
    connections: redis.connections,
    dir,
    source: 'folder',
    approvals: 1,
    keepMs: 86_400_000,
    learn,
    bench: openPolicySandbox({ learn: async (content) => simulationContext(await learn(content)) }),
    silentMind: simulationContext,
    log: silent,
    now: Date.now,
    ...more,
  })
  opened.push(release)
  return release
}
const write = async (dir: string, path: string, text: string) => {
  await mkdir(dirname(join(dir, path)), { recursive: true })
  await writeFile(join(dir, path), text)
}
const versionOf = (release: Releases<Engine>) => release.live().content.version
function granted<T extends object>(answer: T): Exclude<T, { refused: string }> {
  if ('refused' in answer) throw new Error(JSON.stringify(answer))
  return answer as Exclude<T, { refused: string }>
}

/** A draft of one changed file, approved. */
async function approvedDraft({ desk }: Releases<Engine>, path = FILE, text = ESCALATES): Promise<string> {
  const { id, revision } = granted(await desk.begin('A change', ANN))
  granted(await desk.save(id, ANN, { path, text, revision }))
  granted(await desk.propose(id, ANN, 'please'))
  granted(await desk.approve(id, BEN))
  return id
}

/** Customers, turns and replies around what is released. */
async function serve(
  release: Releases<Engine>,
  sent: Outgoing[],
  more: { slow?: Promise<void> } = {},
): Promise<TestPipeline> {
  const { slow } = more
  const slowly = (engine: Engine): Engine => ({
    ...engine,
    understand: async (asked) => {
      await slow
      return engine.understand(asked)
    },
  })
  const { connections } = redis
  const { forCustomer } = release
  const releases = { ...release, forCustomer: (customer: string) => slowly(forCustomer(customer)) }
  const pipeline = await openTestPipeline({ connections, mind: release.live(), releases, sent })
  await pipeline.start()
  return pipeline
}
async function historyOf(user: string): Promise<HistoryEvent[]> {
  const raw = await redis.connections.main.lRange(keysOf(idOf(user)).history, 0, -1)
  return raw.map((one) => JSON.parse(one) as HistoryEvent)
}
/** Has a customer write, and waits for the turn. */
async function hear(pipeline: TestPipeline, user: string, text: string) {
  await pipeline.inbox.deliver('playground', [wrote(user, text, 'public')])
  return until(async () => (await historyOf(user)).find((event) => event.type === 'turn-taken'))
}

describe('the folder', () => {
  test('serves, and a changed folder serves everybody at once, in every process', async () => {
    await inFolder(async (dir) => {
      const [one, other] = [await open(dir), await open(dir)]
      const before = versionOf(one)
      expect(versionOf(other)).toBe(before)
      await write(dir, FILE, ESCALATES)
      await until(() => versionOf(one) !== before && versionOf(other) === versionOf(one))
      expect((await one.desk.overview()).live).toMatchObject({ by: 'files', parent: before, state: 'live' })
      expect(granted(await one.desk.rollBack(BEN, 'no')).live.version).toBe(before)
      await until(() => versionOf(other) === before)
    })
  })

  test('that is broken leaves what serves, also after a restart; where nothing ever served it is an error', async () => {
    await inFolder(async (dir) => {
      const before = versionOf(await open(dir))
      await write(dir, FILE, REFUNDS.replace('then:', 'than:'))
      const again = await open(dir)
      expect(versionOf(again)).toBe(before)
      expect(again.problems()).toContainEqual(expect.objectContaining({ file: FILE, severity: 'error' }))
      await redis.connections.main.flushDb()
      await expect(open(dir)).rejects.toThrow(/policies\/refunds\.yaml:\d+: .*than/)
    })
  })

  test('that did not change leaves what was released in the console, after a restart too', async () => {
    await inFolder(async (dir) => {
      const release = await open(dir)
      const { live } = granted(await release.desk.release(await approvedDraft(release), BEN, {}))
      expect(live).toMatchObject({ by: ANN, approvedBy: [BEN], title: 'A change', message: 'please' })
      expect(versionOf(await open(dir))).toBe(live.version)
    })
  })

  test('ends a rollout when it changes', async () => {
    await inFolder(async (dir) => {
      const release = await open(dir)
      const { rollout } = granted(await release.desk.release(await approvedDraft(release), BEN, { percent: 10 }))
      await write(dir, 'knowledge/returns.md', RETURNS.replace('30 days', '40 days'))
      await until(async () => (await release.desk.overview()).rollout?.stopped)
      const [entry] = await release.desk.audit()
      expect(entry).toMatchObject({
        by: 'files',
        what: 'released',
        detail: expect.stringContaining(rollout?.version ?? ''),
      })
    })
  })

  test('is a draft where the store is the source, one for each change, whoever sees it', async () => {
    await inFolder(async (dir) => {
      const one = await open(dir, { source: 'store' })
      await open(dir, { source: 'store' })
      const before = versionOf(one)
      await write(dir, FILE, ESCALATES)
      const { drafts, live } = await until(async () => {
        const overview = await one.desk.overview()
        return overview.drafts.length > 0 && overview
      })
      expect(live.version).toBe(before)
      expect(drafts).toMatchObject([{ by: 'files', state: 'editing', changes: 1, base: before }])
      const id = drafts[0]?.id ?? ''
      granted(await one.desk.propose(id, ANN, 'from git'))
      expect(await one.desk.approve(id, ANN)).toMatchObject({ refused: 'conflict' })
      granted(await one.desk.approve(id, BEN))
      expect(granted(await one.desk.release(id, BEN, {})).live.version).toBe(drafts[0]?.version)
    })
  })
})

describe('two drafts', () => {
  test('of different files go one after the other; the second is what it was, over the first', async () => {
    await inFolder(async (dir) => {
      const release = await open(dir)
      const first = await approvedDraft(release)
      const second = await approvedDraft(release, 'knowledge/returns.md', RETURNS.replace('30 days', '40 days'))
      granted(await release.desk.release(first, BEN, {}))
      const { live } = granted(await release.desk.release(second, BEN, {}))
      const { files } = granted(await release.desk.files(live.version))
      expect(files.find(({ path }) => path === FILE)?.text).toBe(ESCALATES)
      expect(files.find(({ path }) => path === 'knowledge/returns.md')?.text).toContain('40 days')
    })
  })

  test('of one file do not overwrite each other', async () => {
    await inFolder(async (dir) => {
      const release = await open(dir)
      const [first, second] = [
        await approvedDraft(release),
        await approvedDraft(release, FILE, REFUNDS.replace('never discussed', 'not discussed')),
      ]
      granted(await release.desk.release(first, BEN, {}))
      expect(await release.desk.release(second, BEN, {})).toMatchObject({
        refused: 'conflict',
        because: expect.stringContaining(FILE),
      })
    })
  })
})

describe('customers', () => {
  test('are served by one version for a whole turn, whatever is released meanwhile', async () => {
    await inFolder(async (dir) => {
      const release = await open(dir)
      const before = versionOf(release)
      const { promise: slow, resolve: go } = Promise.withResolvers<void>()
      const sent: Outgoing[] = []
      const pipeline = await serve(release, sent, { slow })
      await pipeline.inbox.deliver('playground', [wrote('ana', 'where is my order', 'public')])
      await until(async () => (await historyOf('ana')).length > 0)
      // Whoever is asked first has begun the turn.
      granted(await release.desk.release(await approvedDraft(release), BEN, {}))
      expect(versionOf(release)).not.toBe(before)
      go()
      await until(() => textsTo(sent, 'ana').length > 0)
      const versions = (await historyOf('ana')).flatMap((event) => ('version' in event ? [event.version] : []))
      expect(versions.length).toBeGreaterThan(1)
      expect(new Set(versions).size).toBe(1)
      await pipeline.close()
    })
  })

  test('hear nothing of a silent version, and what it would have done is told', async () => {
    await inFolder(async (dir) => {
      const release = await open(dir)
      const before = versionOf(release)
      granted(await release.desk.release(await approvedDraft(release), BEN, { shadow: true }))
      const sent: Outgoing[] = []
      const pipeline = await serve(release, sent)
      expect(await hear(pipeline, 'ana', 'where is my order')).toMatchObject({
        version: before,
        outcome: 'moved-to-private',
      })
      expect(await hear(pipeline, 'ben', 'How do I send a jumper back?')).toMatchObject({ version: before })
      const { agreement, figures } = await until(async () => {
        const { rollout } = await release.desk.overview()
        return rollout?.agreement?.turns === 2 && rollout
      })
      expect(agreement).toMatchObject({
        turns: 2,
        same: 1,
        differing: [
          {
            case: `${idOf('ana')}~1`,
            before: { outcome: 'moved-to-private', replies: [] },
            after: { outcome: 'escalated', rule: 'refunds.public', replies: [] },
          },
        ],
      })
      expect(Object.values(figures).every(({ turns }) => turns === 0)).toBe(true)
      await until(() => textsTo(sent, 'ana').length > 0 && textsTo(sent, 'ben').length > 0)
      const spoken = (await historyOf('ana')).filter((event) => event.type === 'message-queued')
      expect(spoken.map((event) => 'version' in event && event.version)).toEqual(spoken.map(() => before))
      expect(await release.desk.audit()).toHaveLength(5 + 1)
      await pipeline.close()
    })
  })

  test('for whom something outside would have to be asked a second time are not compared', async () => {
    await inFolder(async (dir) => {
      const understand = () => Promise.reject(new NotCached('this was not asked'))
      const release = await open(dir, { silentMind: (thinking) => ({ ...simulationContext(thinking), understand }) })
      granted(await release.desk.release(await approvedDraft(release), BEN, { shadow: true }))
      const pipeline = await serve(release, [])
      await hear(pipeline, 'ana', 'where is my order')
      const agreement = await until(async () => {
        const { rollout } = await release.desk.overview()
        return rollout?.agreement?.leftOut === 1 && rollout.agreement
      })
      expect(agreement).toEqual({ turns: 0, same: 0, leftOut: 1, differing: [] })
      await pipeline.close()
    })
  })

  test('who delete what they wrote, or are forgotten, are in no replay', async () => {
    await inFolder(async (dir) => {
      const release = await open(dir)
      const pipeline = await serve(release, [])
      const turn = await hear(pipeline, 'ana', 'where is my order HL-20419')
      await hear(pipeline, 'ben', 'where is my order')
      await until(async () => (await release.recorded.last(10)).turns.length === 2)
      expect(JSON.stringify(turn.type === 'turn-taken' && turn.facts)).not.toContain('20419')
      const message = turn.type === 'turn-taken' ? (turn.messages[0] ?? '') : ''
      const customer = wrote('ana', '')
      if (customer.kind !== 'message' || !customer.customer) throw new Error('no message')
      await pipeline.inbox.deliver('playground', [
        {
          kind: 'delete',
          id: `${message}:gone`,
          own: false,
          customer: customer.customer,
          of: message,
          audience: 'public',
        },
      ])
      expect(await release.recorded.last(10)).toMatchObject({ turns: [{ text: 'where is my order' }], notReplayed: 1 })
      expect(await pipeline.retention.erase(idOf('ben'), 'root')).toBe(true)
      expect(await release.recorded.last(10)).toEqual({ turns: [], notReplayed: 1 })
      await pipeline.close()
    })
  })
})

test('a version that does worse is taken back by itself, and the audit says why', async () => {
  await inFolder(async (dir) => {
    const [release, other] = [await open(dir), await open(dir)]
    const base = versionOf(release)
    const { rollout } = granted(await release.desk.release(await approvedDraft(release), BEN, { percent: 50 }))
    const candidate = rollout?.version ?? ''
    let told = 0
    const deaf = other.desk.listen(() => {
      told += 1
    })
    /** A turn that was committed, as the guard hears of it. */
    const turn = (version: string, outcome: 'answered' | 'escalated'): CommittedTurn =>
      ({
        customer: idOf('ana'),
        version,
        open: { customer: idOf('ana'), version: '0', epoch: 0, owner: 'bot', waiting: [], history: [] },
        thought: { outcome, drafts: [], reasons: [], change: { case: { customer: { channel: 'playground' } } } },
      }) as unknown as CommittedTurn
    for (let n = 0; n < 60; n += 1) {
      await release.took(turn(base, 'answered'))
      await release.took(turn(candidate, n % 2 ? 'escalated' : 'answered'))
    }
    const stopped = await until(async () => (await release.desk.overview()).rollout?.stopped)
    expect(stopped.because).toMatch(/turns went to a person, against 0\.0 % of \d+/)
    const [entry] = await release.desk.audit()
    expect(entry).toMatchObject({ by: 'guard', what: 'rolled-back', version: candidate, detail: stopped.because })
    await until(() => told > 0 && other.forCustomer(idOf('ana')).content.version === base)
    deaf()
    const raw = await redis.connections.main.get(KEYS.release.state())
    expect(JSON.parse(raw ?? '{}')).toMatchObject({ live: base, takenBack: [candidate] })
  })
})
