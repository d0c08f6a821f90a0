// Starts the whole service and closes its parts in reverse order.
import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { Channel } from '#channels'
import { ensureWebBuilt, mountConsole, openAccounts, openReplyDrafts } from '#console'
import type { Content } from '#content'
import { OWN_CONTENT } from '#content/load'
import type { ChannelName } from '#domain'
import { type Health, isLoopback } from '#http'
import { openMetrics } from '#http/metrics'
import { openHttpServer } from '#http/server'
import { type Connections, connectRedis } from '#redis/connect'
import { type EmbeddedRedis, startEmbeddedRedis } from '#redis/embedded'
import { openTokenBudget } from '#redis/store'
import { openReleases, type Releases } from '#releases'
import { openResponseCache } from '#turn'
import { openLanguageModel, type TokenBudget } from '#understanding/models'
import { openSearchEngine } from '#understanding/retrieval'
import { openChannels } from './channels.ts'
import type { Config } from './config.ts'
import { buildEngine, type Engine, waitForEmbeddings } from './engine.ts'
import { openPipeline, type Pipeline } from './pipeline.ts'
import { openSandbox } from './sandbox/sandbox.ts'

export type Service = {
  readonly url: string
  /** The admin made on a first run where none was named; shown once. */
  readonly firstAdmin?: { readonly email: string; readonly password: string }
  close(): Promise<void>
}

type Closing = { readonly what: string; readonly close: () => Promise<unknown> | unknown }

const IGNORED_ADMIN = {
  removed: 'the account was removed in the console: take the variables away, or name another one',
  'password changed': 'the password was changed in the console: take the variables away',
}

/** What is served whatever is missing, and what cannot be served without Redis. */
const ALWAYS = /^\/(health\/|metrics$)/
const NEEDS_REDIS = /^\/(api|webhooks|playground\/api)\//
/**
 * Opens the house; resolves once it can take traffic. Whatever was opened is closed again when a part fails, or when
 * `signal` is aborted while it is still opening.
 */
export async function startService(
  config: Config,
  log: Logger,
  { now = Date.now, signal }: { now?: () => number; signal?: AbortSignal } = {},
): Promise<Service> {
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
  const opening = open(config, log, now, opened, close, signal)
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

/** How this process is reached from here: by `loopback` unless it listens on one other address alone. */
function ownUrl(loopback: string, host: string | undefined, port: number): string {
  const name = !host || isLoopback(host) || /^(?:0\.0\.0\.0|::)$/.test(host) ? loopback : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

async function open(
  config: Config,
  log: Logger,
  now: () => number,
  opened: (what: string, close: Closing['close']) => void,
  close: () => Promise<void>,
  signal?: AbortSignal,
): Promise<Service> {
  const roles = new Set(config.roles)
  const progress = (line: string) => log.info(line)

  // The server answers from the start, so that whoever asks learns what is missing.
  let ready = false
  let embedded: EmbeddedRedis | undefined
  let connections: Connections | undefined
  let serving: Releases<Engine> | undefined
  let account: TokenBudget | undefined
  const health = (): Health[] => [
    {
      part: 'redis',
      ok: connections?.isReady() ?? false,
      ...(connections?.isReady()
        ? {}
        : { because: embedded?.trouble() ?? connections?.trouble() ?? 'Redis is not open yet' }),
    },
    {
      part: 'content',
      ok: true,
      ...(serving?.problems().some((one) => one.severity === 'error')
        ? { because: 'the files have problems; the last good content serves' }
        : {}),
    },
    { part: 'service', ok: ready, ...(ready ? {} : { because: 'still starting, or stopping' }) },
  ]
  const isOpen = (path: string) =>
    ALWAYS.test(path) || (ready && (connections?.isReady() === true || !NEEDS_REDIS.test(path)))
  let sizes = async () => ({ waiting: 0, lag: 0, stuck: 0, tickets: 0, effects: 0 })
  const figures = openMetrics(() => sizes(), config.modelPrices)
  const web = openHttpServer({
    ...{ log, health, isOpen, metrics: figures.registry, metricsAccess: config.metrics },
    hosts: { publicUrl: config.publicUrl, listens: config.host, byAddress: !config.production },
  })
  opened('web', web.close)
  const port = await web.listen(config.port, config.host)
  const publicUrl = config.publicUrl ?? ownUrl('localhost', config.host, port)

  // Whatever takes long runs side by side: Redis, the sentence model, the pages.
  const learning = (done: number, all: number) => log.info(`learning the articles: ${done} of ${all} lines`)
  const started = [openRedis(), openWords(), roles.has('web') ? ensureWebBuilt({ log }) : undefined] as const
  // Even when one of them fails, the others have to stand before they can be closed.
  await Promise.allSettled(started)
  const [address, finder, pages] = await Promise.all(started)
  // What was opened by then is closed already.
  signal?.throwIfAborted()
  async function openRedis() {
    if (config.redisUrl) return { url: config.redisUrl }
    embedded = await startEmbeddedRedis({
      dir: config.dataDir,
      searchPath: config.searchPath,
      fsync: config.fsync,
      progress,
      failed: (line) => log.error(line),
    })
    opened('redis server', embedded.close)
    return embedded.address
  }
  async function openWords() {
    const { cacheDir, embeddings } = config
    const finder = await openSearchEngine({
      ...{ cacheDir, log, progress: learning, early: true },
      ...(embeddings ? { embeddings: { ...embeddings, account: { used: (tokens) => account?.used(tokens) } } } : {}),
    })
    opened('finder', finder.close)
    return finder
  }

  connections = connectRedis(address, log)
  opened('redis', connections.close)
  await connections.ready
  account = openTokenBudget({
    ...{ redis: connections.main, figures, dailyTokens: config.modelDailyTokens, log, now },
  })
  const model = config.model && (await openLanguageModel({ ...config.model, account, log }))
  const heard = openResponseCache()
  // What serves first may serve by words alone until its lines are learnt; whatever comes after it is learnt before.
  let present = finder
  const learn = async (content: Content) => {
    const engines = present
    present = waitForEmbeddings(finder)
    return buildEngine(content, engines, model, log, heard)
  }
  const sandbox = openSandbox({ finder, cacheDir: config.cacheDir, log })
  opened('sandbox', sandbox.close)
  const release = await openReleases<Engine>({
    connections,
    dir: config.contentDir ?? OWN_CONTENT,
    source: config.contentSource,
    approvals: config.approvals,
    keepMs: config.keepMs,
    learn,
    bench: sandbox.bench,
    silentMind: (thinking) => floor.mindOver(thinking, { silent: true }),
    log,
    now,
  })
  opened('content', release.close)
  serving = release
  const brand = () => release.live().content.brand

  const channels = new Map<ChannelName, Channel>()
  for (const channel of await openChannels({ config, connections, publicUrl, brand, log, now }))
    channels.set(channel.name, channel)
  // X, developer guidelines, customer support automation: direct messages link to the privacy policy.
  if (channels.has('x') && !brand()['privacy-notice'])
    log.warn('X wants a link to your privacy notice in direct messages: set `privacy-notice` in policies/brand.yaml')

  /** The playground runs a sample order service, so that the sample brand works out of the box. */
  const serviceUrl = (name: string) =>
    config.serviceUrl(name) ??
    (config.playground && name === 'ORDER_SERVICE_URL'
      ? `${ownUrl('127.0.0.1', config.host, port)}/playground`
      : undefined)
  const drafts = await openReplyDrafts(connections, now)
  const floor: Pipeline = await openPipeline({
    ...{ config, connections, channels, serviceUrl, heard, figures, opened, log, now },
    thinking: release.forCustomer,
    proactive: () => brand().proactive,
    took: release.took,
    recorded: release.recorded,
    learn: release.learn,
    drafts,
  })
  sizes = floor.sizes
  if (roles.has('worker')) await floor.work()

  const accounts = openAccounts(connections.main, { now })
  const firstAdmin = await makeAdmin()

  if (roles.has('web')) {
    const console_ = await mountConsole(web.server, {
      desk: floor.desk,
      accounts,
      drafts,
      retention: floor.retention,
      stuck: floor.stuck,
      policy: release.desk,
      content: () => ({ version: release.live().content.version, problems: release.problems() }),
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
        await floor.deliver(name, events)
        figures.received(name, events, (performance.now() - from) / 1000)
      })
    }
  }

  opened('readiness', async () => {
    ready = false
  })
  ready = true
  return { url: publicUrl, close, ...(firstAdmin ? { firstAdmin } : {}) }

  async function makeAdmin(): Promise<Service['firstAdmin']> {
    if (config.admin) {
      const { WARMLINE_ADMIN_EMAIL: email, WARMLINE_ADMIN_PASSWORD: password } = config.admin
      const done = await accounts.upsertAdmin(email, password)
      if (done !== 'set') log.warn({ because: IGNORED_ADMIN[done] }, 'WARMLINE_ADMIN_EMAIL and …_PASSWORD are ignored')
      return undefined
    }
    if (config.production || (await accounts.list()).length > 0) return undefined
    const first = { email: 'admin@warmline.example', password: randomBytes(9).toString('base64url') }
    await accounts.upsertAdmin(first.email, first.password)
    return first
  }
}
