// Wires the pipeline over one Redis: inbox, turn worker, outbox, agent desk, timers, retention, brand monitor.
import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { Channel } from '#channels'
import { openReplyDrafts, openViewers, type ReplyDrafts, type Viewers } from '#console'
import { type ChannelName, type CustomerId, mergedInto } from '#domain'
import {
  type AgentDesk,
  type Assignment,
  type BotPauses,
  type Colleague,
  type NetworkInbox,
  type Notifications,
  type OnDuty,
  openAgentDesk,
  openAssignment,
  openBotPauses,
  openNetworkInbox,
  openNotifications,
  openTicketQueue,
  publishDelivery,
  type TicketQueue,
  ticketTimerHandlers,
} from '#handoff'
import type { Gauges, Metrics } from '#http/metrics'
import { type Inbox, type InboxEvents, type LoadLevel, openBrandMonitor, openInbox, openLoadLevel } from '#inbox'
import { type Outbox, type OutboxEvents, openOutbox } from '#outbox/worker'
import type { Brand } from '#policy'
import { withinDeadline } from '#redis'
import type { Connections } from '#redis/connect'
import { openScheduler, type QueueTiming, type Scheduler } from '#redis/queue'
import { type ContactCaps, type FingerprintIndex, openContactCaps, openFingerprintIndex } from '#redis/store'
import type { Releases } from '#releases'
import type { TurnRecordings } from '#releases/simulator'
import { openRetention, type Retention, type RetentionEvents } from '#retention'
import type { ResponseCache, TurnContext } from '#turn'
import { openTurnWorker, type TurnEvents, type TurnWorker } from '#turn/worker'
import type { Config } from './config.ts'
import { type Engine, servingContext } from './engine.ts'
import type { Shutdown } from './shutdown.ts'

/** What parts tell each other without knowing each other. This map is the only place that knows who is told of what. */
type PipelineEvents = InboxEvents & OutboxEvents & TurnEvents & RetentionEvents

/** What every part is opened with. */
type PipelineRuntime = {
  readonly connections: Connections
  readonly shutdown: Shutdown
  readonly log: Logger
  readonly now: () => number
}

type PipelineConfig = Pick<
  Config,
  'concurrency' | 'debounceMs' | 'keepMs' | 'keys' | 'lagLimitMs' | 'purgeMs' | 'serviceUrl'
> & {
  /** How long one turn may take, and for how long resolving a ticket can be undone; as the parts have it unless told. */
  readonly turnMs?: number
  readonly undoMs?: number
  /** Retries and sweeps of the queues, where not the usual ones. */
  readonly queueTiming?: Partial<QueueTiming>
}

export type PipelineOptions = {
  readonly runtime: PipelineRuntime
  readonly config: PipelineConfig
  readonly channels: ReadonlyMap<ChannelName, Channel>
  /** What serves a customer, and what notes of turns. */
  readonly releases: Pick<Releases<Engine>, 'forCustomer' | 'live' | 'took' | 'learn'> & {
    readonly recorded: Pick<TurnRecordings, 'forget'>
  }
  /** What was asked outside, for versions that decide silently. */
  readonly responses: ResponseCache
  readonly metrics: Metrics
  /** The person with this e-mail, if they may hold tickets. */
  readonly colleague: (email: string) => Promise<Colleague | undefined>
  /** The same, if they are on duty now; absent: nobody is. */
  readonly onDuty?: (email: string) => Promise<Colleague | undefined>
  /** Who may be assigned tickets now. */
  readonly assignable: () => Promise<readonly OnDuty[]>
  /** How loaded the service is; by its backlog unless told. */
  readonly load?: () => Promise<LoadLevel>
}

/** What is kept in Redis and belongs to no single step of a message's way. */
type Stores = {
  readonly scheduler: Scheduler
  readonly fingerprints: FingerprintIndex
  readonly contactCaps: ContactCaps
  readonly tickets: TicketQueue
  readonly drafts: ReplyDrafts
  readonly viewers: Viewers
  readonly pauses: BotPauses
  readonly notifications: Notifications
}

export type Pipeline = Stores & {
  readonly inbox: Inbox
  readonly outbox: Outbox
  readonly externalInbox: NetworkInbox
  readonly turns: TurnWorker
  readonly timers: ReturnType<typeof ticketTimerHandlers>
  readonly desk: AgentDesk
  readonly assignment: Assignment
  readonly retention: Retention
  /** What turns are decided with over an engine; `silent`: it decides what nobody is told, and asks nothing outside. */
  contextFor(engine: Engine, how?: { readonly silent: boolean }): TurnContext
  /** What /metrics shows of the backlog; rejects when Redis is away. */
  sizes(): Promise<Gauges>
  /** Starts the workers; closing them ends the work in hand first. */
  start(): Promise<void>
}

/** How long work in hand may take once we are told to stop. */
const STOP_WAITING_MS = 6_000
/** Whoever reads the metrics does not wait for a Redis that is away. */
const READ_SIZES_MS = 1000

const newId = () => randomBytes(10).toString('hex')

export async function openPipeline(options: PipelineOptions): Promise<Pipeline> {
  const { runtime, config, channels, releases, metrics } = options
  const { connections, shutdown, log, now } = runtime
  const { concurrency, debounceMs, keepMs, purgeMs, keys, turnMs, undoMs } = config
  const redis = connections.main
  const stopping = new AbortController()
  const brandFor = (customer: CustomerId) => releases.forCustomer(customer).content.brand
  const stores = await openStores(runtime, brandFor, options.assignable)
  const { fingerprints, contactCaps, tickets } = stores
  const { recognise } = fingerprints

  // Each of these is called by a part that is opened before the one that answers.
  const events: PipelineEvents = {
    echo: (message) => outbox.echoed(message),
    agentSpokeElsewhere: (customer, at, how) => externalInbox.personSpoke(customer, at, how),
    agentLeftElsewhere: (customer, at) => externalInbox.personLeft(customer, at),
    deliveryFailed: (failure) => turns.mishap(failure),
    delivered: (customer) => publishDelivery(redis, tickets, customer, 'message-sent', now()),
    turnTaken: releases.took,
    erased: (what) => forgetEverywhere(what, { stores, channels, recorded: releases.recorded, stuck: outbox.stuck }),
  }

  const workers = { connections, channels, events, concurrency, queueTiming: config.queueTiming, log, now }
  const announce = async (effect: Parameters<typeof tickets.announce>[0]) => {
    const ticket = await tickets.announce(effect)
    if (ticket?.merged || ticket?.parts) await desk.follow(ticket.id)
    // Whoever looks at the ticket that it went into is told as well.
    const into = ticket && mergedInto(ticket)
    if (into !== undefined)
      await tickets.publish({ type: effect.event, ticket: into, at: new Date(now()).toISOString() })
    await stores.notifications.note(effect, ticket)
  }
  const outbox = await openOutbox({ ...workers, announce, count: metrics.sends, stopping: stopping.signal })
  shutdown.add('outbox', outbox.close)
  const law = (name: ChannelName) => channels.get(name)?.law
  const keeping = { keepMs, purgeMs, law, forgetsFormer: (name: ChannelName) => law(name)?.forgetsFormer ?? false }
  const inbox = await openInbox({ ...workers, ...keeping, debounceMs })
  shutdown.add('inbox', inbox.close)

  const load = options.load ?? openLoadLevel(inbox.backlog, { concurrency, limitMs: config.lagLimitMs })
  const around = { ...options, stores, load, newId, stopping: stopping.signal }
  const contextFor: Pipeline['contextFor'] = (engine, how) => servingContext(engine, around, how)
  const contextOf = (customer: CustomerId) => contextFor(releases.forCustomer(customer))

  const acting = { redis, tickets, outbox, contextOf, pauses: stores.pauses }
  const externalInbox = openNetworkInbox(acting)
  const turns = openTurnWorker({
    ...{ ...acting, events, others: fingerprints, approaches: contactCaps, figures: metrics, debounceMs, log },
    ...(turnMs === undefined ? {} : { turnMs }),
  })
  const { masters } = connections
  const retention = openRetention({ redis, masters, clock: stores.scheduler, ...keeping, events, now })
  const desk = openAgentDesk({
    ...{ redis, queue: tickets, outbox, channels, keys, recognise, learn: releases.learn, newId, now },
    colleague: options.colleague,
    content: (customer) => releases.forCustomer(customer).content,
    ...(undoMs === undefined ? {} : { undoMs }),
  })
  const assignment = openAssignment({
    ...{ redis, queue: tickets, desk, now, log, onDuty: options.assignable },
    isAutomatic: () => releases.live().content.brand.assignment === 'automatic',
  })
  shutdown.add('assignment', assignment.close)
  const timers = ticketTimerHandlers(acting)
  return {
    ...stores,
    ...{ inbox, outbox, externalInbox, turns, timers, desk, assignment, retention, contextFor },
    sizes: () => sizesOf({ inbox, tickets, outbox }),
    start: () => startWorkers({ ...stores, inbox, outbox, turns, timers, assignment, retention }, options, stopping),
  }
}

async function openStores(
  { connections, shutdown, log, now }: PipelineRuntime,
  brandFor: (customer: CustomerId) => Brand,
  onDuty: PipelineOptions['assignable'],
): Promise<Stores> {
  const scheduler = await openScheduler(connections, log, now)
  shutdown.add('scheduler', scheduler.close)
  const pauses = await openBotPauses(connections, now)
  shutdown.add('bot pauses', pauses.close)
  const tickets = await openTicketQueue(connections, scheduler, brandFor, now, log)
  return {
    scheduler,
    fingerprints: openFingerprintIndex(connections.main),
    contactCaps: openContactCaps(connections.main),
    tickets,
    drafts: await openReplyDrafts(connections, now),
    viewers: await openViewers(connections, now),
    pauses,
    notifications: await openNotifications(connections, tickets, now, onDuty),
  }
}

/** Takes what networks, lists and recordings keep of messages, or of a whole customer. */
async function forgetEverywhere(
  { customer, messages, conversations, tickets, effects, left }: Parameters<RetentionEvents['erased']>[0],
  kept: {
    readonly stores: Pick<Stores, 'fingerprints' | 'tickets' | 'drafts' | 'pauses'>
    readonly channels: ReadonlyMap<ChannelName, Channel>
    readonly recorded: Pick<TurnRecordings, 'forget'>
    readonly stuck: Pick<Outbox['stuck'], 'forget'>
  },
): Promise<void> {
  await kept.stores.fingerprints.keep(customer.id, left)
  if (left.history.length === 0) await kept.stores.pauses.resume(`customer:${customer.id}`)
  await kept.channels.get(customer.channel)?.forget?.(customer, messages, conversations)
  await Promise.all([kept.stores.tickets.forget(tickets), kept.stores.drafts.forget(tickets)])
  await kept.recorded.forget(customer.id, messages)
  await Promise.all(effects.map(kept.stuck.forget))
}

async function sizesOf({ inbox, tickets, outbox }: Pick<Pipeline, 'inbox' | 'tickets' | 'outbox'>): Promise<Gauges> {
  const read = Promise.all([inbox.backlog(), tickets.counts(), outbox.stuck.count()])
  const [{ waiting, waitedMs, stuck }, { open }, effects] = await withinDeadline(read, READ_SIZES_MS)
  return { waiting, lag: waitedMs / 1000, stuck, tickets: open, effects }
}

async function startWorkers(
  parts: Pick<Pipeline, 'scheduler' | 'inbox' | 'outbox' | 'turns' | 'timers' | 'assignment' | 'retention'>,
  { runtime, channels, releases }: PipelineOptions,
  stopping: AbortController,
): Promise<void> {
  const { scheduler, inbox, outbox, turns, timers, assignment, retention } = parts
  const { connections, shutdown, log, now } = runtime
  const stops: (() => Promise<void>)[] = []
  shutdown.add('workers', async () => {
    // What a network or a service does not answer in time is cut short, so that we end in ours.
    const patience = setTimeout(() => stopping.abort(), STOP_WAITING_MS)
    await Promise.all(stops.map((stop) => stop()))
    clearTimeout(patience)
  })
  const monitor = openBrandMonitor({
    ...{ redis: connections.main, channels, clock: scheduler, deliver: inbox.deliver, log, now },
    proactive: () => releases.live().content.brand.proactive,
    stopping: stopping.signal,
  })
  await retention.begin()
  await monitor.begin()
  stops.push(await outbox.work())
  stops.push(await scheduler.work({ ...retention.handlers, ...monitor.handlers, ...timers }))
  stops.push(
    await inbox.work(async (customer, attempt) => {
      await retention.watch(customer)
      return turns.takeTurns(customer, attempt)
    }),
  )
  assignment.begin()
}
