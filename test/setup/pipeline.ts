// The real pipeline around one Redis, as a worker process has it: no HTTP, and one network that records what reaches it.
import { PassThrough } from 'node:stream'
import { type Engine, openPipeline, openShutdown, type Pipeline, type PipelineOptions, readConfig } from '#app'
import type { Channel } from '#channels'
import { OWN_CONTENT } from '#content/load'
import type { Aside, Audience, ChannelEvent, CustomerId, Outgoing } from '#domain'
import { openMetrics } from '#http/metrics'
import type { Connections } from '#redis/connect'
import { openResponseCache, type TurnContext } from '#turn'
import { type LocalEngine, openLocalEngine } from '../../src/cli/local-engine.ts'
import { CACHE } from './cache.ts'
import { silent } from './redis.ts'

/** The sample brand with its engines; slow to open, so one for a whole file. */
export function openSampleEngine(): Promise<LocalEngine> {
  const none = new PassThrough()
  const config = readConfig({ WARMLINE_CACHE_DIR: CACHE })
  return openLocalEngine(OWN_CONTENT, { config, input: none, output: none, errors: none }, 'embedded')
}

export type TestPipeline = Pipeline & { close(): Promise<void> }

/** What decides; the same for everybody, and nothing is noted of its turns, unless `releases` says otherwise. */
type Mind = Pick<TurnContext, 'content' | 'rules' | 'understand' | 'answer'>

export type TestPipelineOptions = {
  readonly connections: Connections
  readonly mind: Mind
  /** What reached the network, in order. */
  readonly sent: Outgoing[]
  readonly law?: Channel['law']
  readonly releases?: Partial<PipelineOptions['releases']>
  readonly load?: PipelineOptions['load']
  readonly onDuty?: PipelineOptions['onDuty']
  readonly turnMs?: number
  readonly debounceMs?: number
  readonly concurrency?: number
  /** For how long resolving can be undone; not at all unless told, so that nothing waits for it. */
  readonly undoMs?: number
  readonly now?: () => number
  /** Who may be assigned tickets; nobody unless told. */
  readonly assignable?: PipelineOptions['assignable']
}

const engineOf = ({ content, rules, understand, answer }: Mind): Engine => ({
  ...{ content, rules, understand, answer },
  moods: () => undefined,
  silent: { understand, answer },
})

function releasesOf(mind: Mind): PipelineOptions['releases'] {
  const engine = engineOf(mind)
  return {
    forCustomer: () => engine,
    live: () => engine,
    took: async () => {},
    recorded: { forget: async () => {} },
    learn: async () => ({ refused: 'conflict', because: 'there are no drafts here' }),
  }
}

export async function openTestPipeline(options: TestPipelineOptions): Promise<TestPipeline> {
  const {
    connections,
    mind,
    sent,
    releases,
    load,
    onDuty,
    debounceMs = 20,
    concurrency = 8,
    undoMs = 0,
    turnMs,
  } = options
  const { law = { toPrivate: 'message', hide: true }, now = () => Date.now(), assignable = async () => [] } = options
  const channel: Channel = {
    name: 'playground',
    law,
    parse: () => [],
    mount: () => {},
    async send(outgoing) {
      sent.push(outgoing)
      return { state: 'sent', platformId: `p${sent.length}` }
    },
  }
  const shutdown = openShutdown(silent)
  // As the service has it, ten times as fast.
  const queueTiming = { backoffMs: 25, sweepMs: 2_000, stuckMs: 6_000 }
  const pipeline = await openPipeline({
    runtime: { connections, shutdown, log: silent, now },
    config: {
      ...readConfig({}),
      debounceMs,
      concurrency,
      undoMs,
      queueTiming,
      ...(turnMs === undefined ? {} : { turnMs }),
    },
    channels: new Map([['playground', channel]]),
    releases: { ...releasesOf(mind), ...releases },
    responses: openResponseCache(),
    colleague: async (email) =>
      email.startsWith('nobody') ? undefined : { email, name: email.split('@')[0] ?? email },
    assignable,
    metrics: openMetrics(async () => ({ waiting: 0, lag: 0, stuck: 0, tickets: 0, effects: 0 })),
    ...(load ? { load } : {}),
    ...(onDuty ? { onDuty } : {}),
  })
  return { ...pipeline, close: shutdown.close }
}

/** A customer's id. */
export const idOf = (user: string): CustomerId => `playground:brand:${user}`

let written = 0
/** What a customer writes, with an id of its own. */
export function wrote(
  user: string,
  text: string,
  audience: Audience = 'private',
  id = `m${++written}`,
  { directed = true, thread = id, ...more }: { directed?: boolean; thread?: string; aside?: Aside } = {},
): ChannelEvent {
  const customer = { id: idOf(user), channel: 'playground', account: 'brand', user } as const
  const place = audience === 'private' ? `playground:brand:dm:${user}` : `playground:brand:post:${thread}`
  const conversation = { id: place, channel: 'playground', audience } as const
  const at = Date.now()
  const message = { id: `playground:${id}`, conversation, author: user, authorKind: 'customer', text, at } as const
  return { kind: 'message', id: message.id, own: false, customer, message, directed, ...more }
}

/** The texts that reached a customer. */
export const textsTo = (sent: readonly Outgoing[], user: string): string[] =>
  sent.flatMap((one) => (one.customer.id === idOf(user) && 'text' in one ? [one.text] : []))
