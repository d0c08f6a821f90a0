// The real agent desk over a small brand in which whoever writes comes to a person: real turns, drafts and Redis. Words are
// understood without the sentence model, so that it opens at once.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buildEngine, type Engine, simulationContext } from '#app'
import type { Audience, CustomerId, Outgoing } from '#domain'
import type { Ticket } from '#handoff'
import { keysOf } from '#redis/keys'
import { loadCustomer } from '#redis/store'
import { openPolicySandbox, openReleases, type Releases } from '#releases'
import { openSearchEngine } from '#understanding/retrieval'
import { BRAND, ORDER_STATUS, REFUNDS, RETURNS } from '../content/folder.ts'
import { idOf, openTestPipeline, type TestPipeline, type TestPipelineOptions, wrote } from './pipeline.ts'
import { silent, startTestRedis, type TestRedis, until } from './redis.ts'

const FILES = {
  'policies/brand.yaml': BRAND,
  'policies/refunds.yaml': REFUNDS,
  'dialogs/order-status.yaml': ORDER_STATUS,
  'knowledge/returns.md': RETURNS,
}

export type TestDesk = {
  readonly pipeline: TestPipeline
  readonly releases: Releases<Engine>
  readonly redis: TestRedis
  /** What reached the network, in order. */
  readonly sent: Outgoing[]
  /** A customer writes these messages and comes to a person; resolves to their ticket once they were told so. */
  handOver(user: string, ...messages: (readonly [Audience, string])[]): Promise<Ticket>
  close(): Promise<void>
}

export async function openTestDesk({
  files = {},
  ...more
}: Partial<TestPipelineOptions> & { files?: Record<string, string> } = {}): Promise<TestDesk> {
  const dir = await mkdtemp(join(tmpdir(), 'warmline-desk-'))
  for (const [path, text] of Object.entries({ ...FILES, ...files })) {
    await mkdir(dirname(join(dir, path)), { recursive: true })
    await writeFile(join(dir, path), text)
  }
  const redis = await startTestRedis()
  const { connections } = redis
  const search = await openSearchEngine({ cacheDir: dir, embedder: () => Promise.reject(new Error('none here')) })
  const learn = (content: Engine['content']) => buildEngine(content, search, undefined, silent)
  const releases = await openReleases<Engine>({
    ...{ connections, dir, source: 'folder', approvals: 1, keepMs: 86_400_000, learn, log: silent, now: Date.now },
    bench: openPolicySandbox({ learn: async (content) => simulationContext(await learn(content)) }),
    silentMind: simulationContext,
  })
  const sent: Outgoing[] = []
  const pipeline = await openTestPipeline({ connections, mind: releases.live(), releases, sent, ...more })
  await pipeline.start()
  const ticketOf = async (customer: CustomerId) => {
    const { waiting, case: given } = await loadCustomer(connections.main, customer)
    const leaving = await connections.main.lLen(keysOf(customer).outbox)
    if (waiting.length > 0 || leaving > 0 || !given?.ticket) return undefined
    const ticket = await pipeline.desk.read(given.ticket.id)
    return 'refused' in ticket ? undefined : ticket
  }
  return {
    pipeline,
    releases,
    redis,
    sent,
    async handOver(user, ...messages) {
      const events = messages.map(([audience, text]) => wrote(user, text, audience, undefined, { thread: user }))
      await pipeline.inbox.deliver('playground', events)
      return until(() => ticketOf(idOf(user)))
    },
    async close() {
      await pipeline.close()
      await releases.close()
      await search.close()
      await redis.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
