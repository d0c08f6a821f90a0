// Wires the pipeline over one Redis: inbox, turn worker, outbox, agent desk, timers, retention, brand monitor.
import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { Channel } from '#channels'
import type { ReplyDrafts } from '#console'
import type { Dialog } from '#dialog'
import type { ChannelEvent, ChannelName, CustomerId, Form } from '#domain'
import {
  type AgentDesk,
  openAgentDesk,
  openNetworkInbox,
  openTicketQueue,
  type ProposeExample,
  publishDelivery,
  ticketTimerHandlers,
} from '#handoff'
import type { Gauges, Metrics } from '#http/metrics'
import { openBrandMonitor, openInbox, openLoadLevel } from '#inbox'
import { type Outbox, openOutbox } from '#outbox/worker'
import type { Proactive } from '#policy'
import { withinDeadline } from '#redis'
import type { Connections } from '#redis/connect'
import { openScheduler } from '#redis/queue'
import { openContactCaps, openFingerprintIndex } from '#redis/store'
import type { CommittedTurn } from '#releases'
import type { TurnRecordings } from '#releases/simulator'
import { openRetention, type Retention } from '#retention'
import { type LookUpResult, lookUp, type ResponseCache, type TurnContext } from '#turn'
import { openTurnWorker } from '#turn/worker'
import type { Config } from './config.ts'
import type { Engine } from './engine.ts'

export type Pipeline = {
  /** The mind of the service over what serves. */
  /** `silent`: it decides what nobody hears, and asks nothing outside. */
  mindOver(thinking: Engine, how?: { readonly silent: boolean }): TurnContext
  /** Resolves when every event is durable and its turn is due; see Inbox. */
  deliver(channel: ChannelName, events: readonly ChannelEvent[]): Promise<void>
  readonly desk: AgentDesk
  readonly stuck: Outbox['stuck']
  readonly retention: Retention
  /** What /metrics shows of the backlog; rejects when Redis is away. */
  sizes(): Promise<Gauges>
  /** Starts the workers; closing them ends the work in hand first. */
  work(): Promise<void>
}

/** How long work in hand may take once we are told to stop. */
const STOP_WAITING_MS = 6_000
/** Whoever reads the figures does not wait for a Redis that is away. */
const READ_SIZES_MS = 1000

const newId = () => randomBytes(10).toString('hex')

export async function openPipeline(options: {
  config: Config
  connections: Connections
  channels: ReadonlyMap<ChannelName, Channel>
  /** What serves a customer now. */
  thinking: (customer: CustomerId) => Engine
  /** Told of each turn that was committed. */
  took: (done: CommittedTurn) => Promise<void>
  /** What serves everybody: whether it looks for posts about the brand. */
  proactive: () => Proactive | undefined
  /** Where the last turns are noted. */
  recorded: Pick<TurnRecordings, 'forget'>
  /** What agents have typed and not sent. */
  drafts: Pick<ReplyDrafts, 'forget'>
  /** Where customers' wordings are proposed. */
  learn: ProposeExample
  /** Base URL of the service that a dialog's variable names. */
  serviceUrl: (name: string) => string | undefined
  heard: ResponseCache
  figures: Metrics
  /** Told of everything that has to be closed, in the order it was opened. */
  opened: (what: string, close: () => Promise<unknown> | unknown) => void
  log: Logger
  now: () => number
}): Promise<Pipeline> {
  const { config, connections, channels, thinking, took, recorded, learn, serviceUrl, heard, figures, opened, log } =
    options
  const { now } = options
  const redis = connections.main
  const stopping = new AbortController()

  const clock = await openScheduler(connections, log, now)
  opened('clock', clock.close)
  const others = openFingerprintIndex(redis)
  const approaches = openContactCaps(redis)
  const tickets = await openTicketQueue(connections, clock, (customer) => thinking(customer).content.brand, now)
  const shared = { redis, tickets, outbox: () => outbox, mind: (customer: CustomerId) => mindOver(thinking(customer)) }
  const network = openNetworkInbox(shared)
  const work = openTurnWorker({
    ...shared,
    network,
    others,
    approaches,
    took,
    figures,
    debounceMs: config.debounceMs,
    log,
  })
  const keeping = {
    keepMs: config.keepMs,
    purgeMs: config.purgeMs,
    forgetsFormer: (name: ChannelName) => channels.get(name)?.law.forgetsFormer ?? false,
    law: (name: ChannelName) => channels.get(name)?.law,
  }
  const retention = openRetention({
    redis,
    masters: connections.masters,
    clock,
    ...keeping,
    elsewhere: async ({ customer, messages, conversations, tickets: gone, effects, left }) => {
      await others.keep(customer.id, left)
      await channels.get(customer.channel)?.forget?.(customer, messages, conversations)
      await Promise.all([tickets.forget(gone), options.drafts.forget(gone)])
      await recorded.forget(customer.id, messages)
      await Promise.all(effects.map(outbox.stuck.forget))
    },
    now,
  })
  const { concurrency } = config
  const outbox: Outbox = await openOutbox({
    connections,
    channels,
    announce: tickets.announce,
    mishap: work.mishap,
    count: figures.sends,
    fared: (customer) => publishDelivery(redis, tickets, customer, 'message-sent', now()),
    concurrency,
    stopping: stopping.signal,
    log,
    now,
  })
  opened('outbox', outbox.close)
  const { debounceMs } = config
  const { echoed } = outbox
  const inbox = await openInbox({ connections, debounceMs, concurrency, ...network, ...keeping, echoed, log, now })
  opened('inbox', inbox.close)
  const load = openLoadLevel(inbox.backlog, { concurrency, limitMs: config.lagLimitMs })
  const look = async (dialog: Dialog, form: Form): Promise<LookUpResult> =>
    dialog.action
      ? lookUp(dialog.action, form.values, {
          baseUrl: serviceUrl(dialog.action['url-from']),
          signal: stopping.signal,
        })
      : { state: 'failed', because: 'the dialog has no action' }
  const mindOver = ({ content, rules, silent: quiet, ...engines }: Engine, { silent = false } = {}): TurnContext => ({
    content,
    rules,
    ...(silent ? quiet : engines),
    law: (channel) => channels.get(channel)?.law ?? { toPrivate: 'none', hide: false },
    keys: config.keys,
    recognise: others.recognise,
    lookUp: (dialog, form) => {
      const question = `look-up ${JSON.stringify([dialog.action, form.values])}`
      return silent ? heard.recall(question) : heard.keep(question, look(dialog, form))
    },
    nextTicketId: tickets.nextId,
    approach: silent ? approaches.look : approaches.claim,
    load,
    newId,
    now,
  })
  return {
    mindOver,
    deliver: inbox.deliver,
    desk: openAgentDesk({
      redis,
      queue: tickets,
      outbox,
      channels,
      content: (customer) => thinking(customer).content,
      keys: config.keys,
      recognise: others.recognise,
      learn,
      newId,
      now,
    }),
    stuck: outbox.stuck,
    retention,
    async sizes() {
      const read = Promise.all([inbox.backlog(), tickets.counts(), outbox.stuck.count()])
      const [{ waiting, waitedMs, stuck }, { open }, effects] = await withinDeadline(read, READ_SIZES_MS)
      return { waiting, lag: waitedMs / 1000, stuck, tickets: open, effects }
    },
    async work() {
      const stops: (() => Promise<void>)[] = []
      opened('workers', async () => {
        // What a network or a service does not answer in time is cut short, so that we end in ours.
        const patience = setTimeout(() => stopping.abort(), STOP_WAITING_MS)
        await Promise.all(stops.map((stop) => stop()))
        clearTimeout(patience)
      })
      const { deliver } = inbox
      const { proactive } = options
      const lookout = openBrandMonitor({
        redis,
        channels,
        clock,
        proactive,
        deliver,
        stopping: stopping.signal,
        log,
        now,
      })
      await retention.begin()
      await lookout.begin()
      stops.push(await outbox.work())
      stops.push(await clock.work({ ...retention.rings, ...lookout.rings, ...ticketTimerHandlers(shared) }))
      stops.push(
        await inbox.work(async (customer, attempt) => {
          await retention.watch(customer)
          return work.takeTurns(customer, attempt)
        }),
      )
    },
  }
}
