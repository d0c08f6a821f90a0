// Opens every part and closes them in reverse. The only file that knows all of them.
import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { Channel } from '#channels'
import type { Config } from '#config'
import { ensureWebBuilt, mountConsole, openAccounts } from '#console'
import { type Content, formatProblem, loadContent, OWN_CONTENT, type Problem, watchContent } from '#content'
import type { ChannelName } from '#conversation'
import { lookUp } from '#dialog'
import { openDesk, openTicketQueue, tellDesk } from '#handoff'
import { openInbox, openRetention } from '#inbox'
import { type Outbox, openOutbox } from '#outbox'
import { type Connections, connectRedis, openClock, startEmbeddedRedis, withinDeadline } from '#redis'
import type { Mind } from '#turn'
import { openFinder } from '#understanding'
import { openFigures } from './figures.ts'
import { openLoad } from './load.ts'
import { openThinking, type Thinking } from './mind.ts'
import { openNetworkInbox } from './network-inbox.ts'
import { openNetworks } from './networks.ts'
import { openRings } from './rings.ts'
import { type Health, openWeb } from './web.ts'
import { openWork } from './work.ts'

/** Content that cannot serve; the message lists every problem by file and line. */
export class BrokenContent extends Error {
  override name = 'BrokenContent'
}

export type House = {
  readonly url: string
  /** The admin made on a first run where none was named; shown once. */
  readonly firstAdmin?: { readonly email: string; readonly password: string }
  close(): Promise<void>
}

type Closing = { readonly what: string; readonly close: () => Promise<unknown> | unknown }

/** What is served whatever is missing, and what cannot be served without Redis. */
const ALWAYS = /^\/(health\/|metrics$)/
const NEEDS_REDIS = /^\/(api|webhooks|playground\/api)\//
/** How long work in hand may take once we are told to stop. */
const STOP_WAITING_MS = 6_000
/** Whoever reads the figures does not wait for a Redis that is away. */
const READ_SIZES_MS = 1000

const newId = () => randomBytes(10).toString('hex')

/**
 * Opens the house; resolves once it can take traffic. Whatever was opened is closed again when a part fails, or when
 * `signal` is aborted while it is still opening.
 */
export async function openHouse(
  config: Config,
  log: Logger,
  { now = Date.now, signal }: { now?: () => number; signal?: AbortSignal } = {},
): Promise<House> {
  const closings: Closing[] = []
  const opened = (what: string, close: Closing['close']) => closings.push({ what, close })
  async function close(): Promise<void> {
    for (const { what, close } of closings.splice(0).reverse()) {
      await Promise.resolve(close()).catch((error: Error) =>
        log.warn({ what, reason: error.message }, 'closing failed'),
      )
    }
  }
  const abandoned = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  const opening = open(config, log, now, opened, close)
  try {
    return await Promise.race([opening, abandoned])
  } catch (error) {
    await close()
    // What was still on its way up has to stand before it can be taken down.
    await opening.then(
      (house) => house.close(),
      () => close(),
    )
    throw error
  }
}

async function open(
  config: Config,
  log: Logger,
  now: () => number,
  opened: (what: string, close: Closing['close']) => void,
  close: () => Promise<void>,
): Promise<House> {
  const roles = new Set(config.roles)
  const progress = (line: string) => log.info(line)
  const stopping = new AbortController()

  const contentDir = config.contentDir ?? OWN_CONTENT
  const loaded = await loadContent(contentDir)
  if ('problems' in loaded) throw new BrokenContent(loaded.problems.map(formatProblem).join('\n'))
  let content: Content = loaded.content
  let problems: readonly Problem[] = content.warnings

  // The server answers from the start, so that whoever asks learns what is missing.
  let ready = false
  let connections: Connections | undefined
  const health = (): Health[] => [
    {
      part: 'redis',
      ok: connections?.isReady() ?? false,
      ...(connections?.isReady() ? {} : { because: connections?.trouble() ?? 'Redis is not open yet' }),
    },
    {
      part: 'content',
      ok: true,
      ...(problems.some((one) => one.severity === 'error')
        ? { because: 'the files have problems; the last good content serves' }
        : {}),
    },
    { part: 'service', ok: ready, ...(ready ? {} : { because: 'still starting, or stopping' }) },
  ]
  const isOpen = (path: string) =>
    ALWAYS.test(path) || (ready && (connections?.isReady() === true || !NEEDS_REDIS.test(path)))
  let sizes = async () => ({ waiting: 0, lag: 0, stuck: 0, tickets: 0, effects: 0 })
  const figures = openFigures(() => sizes())
  const web = openWeb({ log, health, metrics: figures.registry, isOpen })
  const port = await web.listen(config.port)
  opened('web', web.close)
  const publicUrl = config.publicUrl ?? `http://localhost:${port}`

  // Whatever takes long runs side by side: Redis, the sentence model, the pages.
  const learning = (done: number, all: number) => log.info(`learning the articles: ${done} of ${all} lines`)
  const started = [openRedis(), openWords(), roles.has('web') ? ensureWebBuilt({ log }) : undefined] as const
  // Even when one of them fails, the others have to stand before they can be closed.
  await Promise.allSettled(started)
  const [address, finder, pages] = await Promise.all(started)
  async function openRedis() {
    if (config.redisUrl) return { url: config.redisUrl }
    const redis = await startEmbeddedRedis({
      dir: config.dataDir,
      searchPath: config.searchPath,
      fsync: config.fsync,
      progress,
    })
    opened('redis server', redis.close)
    return redis.address
  }
  async function openWords() {
    const finder = await openFinder({ cacheDir: config.cacheDir, log, progress: learning, early: true })
    opened('finder', finder.close)
    return finder
  }

  connections = connectRedis(address, log)
  opened('redis', connections.close)
  let thinking: Thinking = await openThinking(content, finder, config.model, log)
  await connections.ready
  const redis = connections.main

  const channels = new Map<ChannelName, Channel>()
  for (const channel of await openNetworks({ config, connections, brand: () => content.brand.name, log, now }))
    channels.set(channel.name, channel)

  const clock = await openClock(connections, log, now)
  opened('clock', clock.close)
  const tickets = await openTicketQueue(connections, clock, () => content.brand, now)
  const floor = { redis, tickets, outbox: () => outbox, mind: () => mindOf() }
  const network = openNetworkInbox(floor)
  const work = openWork({
    ...floor,
    figures,
    debounceMs: config.debounceMs,
    log,
  })
  const keeping = {
    keepMs: config.keepMs,
    purgeMs: config.purgeMs,
    forgetsFormer: (name: ChannelName) => channels.get(name)?.law.forgetsFormer ?? false,
  }
  const retention = openRetention({
    redis,
    masters: connections.masters,
    clock,
    ...keeping,
    elsewhere: async ({ customer, messages, conversations, tickets: gone }) => {
      await channels.get(customer.channel)?.forget?.(customer, messages, conversations)
      await tickets.forget(gone)
    },
    now,
  })
  const { concurrency } = config
  const outbox: Outbox = await openOutbox({
    connections,
    channels,
    announce: tickets.announce,
    mishap: work.mishap,
    count: figures.send,
    fared: (customer) => tellDesk(redis, tickets, customer, 'message-sent', now()),
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
  const load = openLoad(inbox.backlog, { concurrency, limitMs: config.lagLimitMs })
  sizes = async () => {
    const read = Promise.all([inbox.backlog(), tickets.counts(), outbox.stuck.count()])
    const [{ waiting, waitedMs, stuck }, { open }, effects] = await withinDeadline(read, READ_SIZES_MS)
    return { waiting, lag: waitedMs / 1000, stuck, tickets: open, effects }
  }

  const mindOf = (): Mind => {
    const { content, rules, understand, answer } = thinking
    return {
      content,
      understand,
      answer,
      rules,
      law: (channel) => channels.get(channel)?.law ?? { toPrivate: 'none', hide: false },
      lookUp: async (dialog, form) =>
        dialog.action
          ? lookUp(dialog.action, form.values, {
              baseUrl: serviceUrl(dialog.action['url-from']),
              signal: stopping.signal,
            })
          : { state: 'failed', because: 'the dialog has no action' },
      nextTicketId: tickets.nextId,
      load,
      newId,
      now,
    }
  }
  /** The playground runs a sample order service, so that the sample brand works out of the box. */
  const serviceUrl = (name: string) =>
    config.serviceUrl(name) ??
    (config.playground && name === 'ORDER_SERVICE_URL' ? `http://127.0.0.1:${port}/playground` : undefined)

  if (roles.has('worker')) {
    await retention.begin()
    const stops = [
      await outbox.work(),
      await clock.work({ ...retention.rings, ...openRings(floor) }),
      await inbox.work(async (customer, attempt) => {
        await retention.watch(customer)
        return work.takeTurns(customer, attempt)
      }),
    ]
    opened('workers', async () => {
      // What a network or a service does not answer in time is cut short, so that we end in ours.
      const patience = setTimeout(() => stopping.abort(), STOP_WAITING_MS)
      await Promise.all(stops.map((stop) => stop()))
      clearTimeout(patience)
    })
  }

  const desk = openDesk({ redis, queue: tickets, outbox, channels, content: () => thinking.content, newId, now })
  const accounts = openAccounts(redis, { now })
  const firstAdmin = await makeAdmin()

  if (roles.has('web')) {
    const console_ = await mountConsole(web.server, {
      desk,
      accounts,
      retention,
      stuck: outbox.stuck,
      content: () => ({ version: thinking.content.version, problems }),
      log,
      publicUrl,
      secureCookies: publicUrl.startsWith('https:'),
      ...(pages ? { web: pages } : {}),
      playground: config.playground,
    })
    opened('console', async () => console_.close())
    for (const channel of channels.values()) {
      channel.mount(web.server, async (name, events) => {
        const from = performance.now()
        await inbox.deliver(name, events)
        figures.received(name, events, (performance.now() - from) / 1000)
      })
    }
  }

  let reloading = Promise.resolve()
  const unwatch = await watchContent(
    contentDir,
    (state) => {
      reloading = reloading.then(() => reload(state))
    },
    log,
  )
  opened('content', unwatch)
  opened('readiness', async () => {
    ready = false
  })
  ready = true
  return { url: publicUrl, close, ...(firstAdmin ? { firstAdmin } : {}) }

  async function reload(state: Awaited<ReturnType<typeof loadContent>>): Promise<void> {
    if ('problems' in state) {
      problems = state.problems
      for (const problem of problems) log.error(formatProblem(problem))
      log.error('the content has problems: the last good version keeps serving')
      return
    }
    try {
      thinking = await openThinking(state.content, finder, config.model, log)
      content = state.content
      problems = content.warnings
      log.info({ version: content.version }, 'new content serves')
    } catch (error) {
      log.error({ err: error }, 'new content could not be learnt: the last good version keeps serving')
    }
  }

  async function makeAdmin(): Promise<House['firstAdmin']> {
    if (config.admin) {
      await accounts.upsertAdmin(config.admin.WARMLINE_ADMIN_EMAIL, config.admin.WARMLINE_ADMIN_PASSWORD)
      return undefined
    }
    if (config.production || (await accounts.list()).length > 0) return undefined
    const first = { email: 'admin@warmline.example', password: randomBytes(9).toString('base64url') }
    await accounts.upsertAdmin(first.email, first.password)
    return first
  }
}
