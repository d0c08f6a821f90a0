// Starts the whole service and closes its parts in reverse order.
import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { Channel } from '#channels'
import { SAMPLE_SERVICE } from '#channels/playground'
import { type Accounts, ensureWebBuilt, maySeeTickets, openAccounts, openPresence } from '#console'
import type { Content } from '#content'
import { OWN_CONTENT } from '#content/load'
import type { ChannelName } from '#domain'
import type { Metrics } from '#http/metrics'
import { type Connections, connectRedis } from '#redis/connect'
import { startEmbeddedRedis } from '#redis/embedded'
import { openTokenBudget } from '#redis/store'
import { openReleases, type PolicySandbox, type Releases } from '#releases'
import { openResponseCache, type ResponseCache } from '#turn'
import { openLanguageModel, type TokenBudget } from '#understanding/models'
import { openSearchEngine, type SearchEngine } from '#understanding/retrieval'
import type { Boot } from './boot.ts'
import { openChannels } from './channels.ts'
import type { Config } from './config.ts'
import { buildEngine, type Engine, waitForEmbeddings } from './engine.ts'
import { mountHttp, openHttp, ownUrl } from './http.ts'
import { openPipeline, type Pipeline } from './pipeline.ts'
import { openSandbox } from './sandbox/sandbox.ts'
import { openShutdown } from './shutdown.ts'

export type Service = {
  readonly url: string
  /** The admin made on a first run where none was named; shown once. */
  readonly firstAdmin?: { readonly email: string; readonly password: string }
  close(): Promise<void>
}

/**
 * Starts the service; resolves once it can take traffic. Whatever was opened is closed again when a part fails, or when
 * `signal` is aborted while it is still starting.
 */
export async function startService(
  config: Config,
  log: Logger,
  { now = Date.now, signal }: { now?: () => number; signal?: AbortSignal } = {},
): Promise<Service> {
  const shutdown = openShutdown(log)
  const abandoned = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  const opening = open({ config, state: { isStarted: false }, shutdown, log, now, signal })
  try {
    return await Promise.race([opening, abandoned])
  } catch (error) {
    await shutdown.close()
    // What was still on its way up has to stand before it can be taken down.
    await Promise.allSettled([opening])
    await shutdown.close()
    throw error
  }
}

async function open(boot: Boot): Promise<Service> {
  const { config, state, shutdown, log, now } = boot
  const roles = new Set(config.roles)
  const { server, port, metrics, publicUrl } = await openHttp(boot)
  const { connections, search, budget, pages } = await openStores(boot, metrics, roles.has('web'))
  state.learning = search.learning
  const engines = await openEngines(boot, search, budget)

  const { learn, responses, sandbox } = engines
  const releases = await openReleases<Engine>({
    ...{ connections, learn, log, now, bench: sandbox, keepMs: config.keepMs },
    ...{ dir: config.contentDir ?? OWN_CONTENT, source: config.contentSource, approvals: config.approvals },
    silentMind: (engine) => pipeline.contextFor(engine, { silent: true }),
  })
  shutdown.add('content', releases.close)
  state.content = releases

  const channels = await openNetworks(boot, connections, publicUrl, releases)
  const runtime = { connections, shutdown, log, now }
  const serviceUrl = (name: string) => config.serviceUrl(name) ?? sampleServiceUrl({ ...config, port }, name)
  const accounts = openAccounts(connections.main, { now })
  const presence = await openPresence(connections, now)
  const colleague = async (email: string) => {
    const account = await accounts.find(email)
    return account && maySeeTickets(account) ? account : undefined
  }
  const pipeline: Pipeline = await openPipeline({
    colleague,
    onDuty: async (email) =>
      (await presence.of([email])).get(email) === 'on-duty' ? await colleague(email) : undefined,
    assignable: async () => {
      const people = (await accounts.list()).filter(maySeeTickets)
      const states = await presence.of(people.map(({ email }) => email))
      return people.filter(({ email }) => states.get(email) === 'on-duty')
    },
    ...{ runtime, config: { ...config, serviceUrl }, channels, releases, responses, metrics },
  })
  state.backlog = pipeline
  if (roles.has('worker')) {
    await pipeline.start()
    presence.listen(pipeline.assignment.wake)
  }

  const firstAdmin = await ensureAdmin(config, accounts, log)
  if (roles.has('web'))
    await mountHttp(boot, server, {
      ...{ pipeline, channels, releases, accounts, presence, metrics, publicUrl, pages },
    })

  shutdown.add('readiness', () => {
    state.isStarted = false
  })
  state.isStarted = true
  return { url: publicUrl, close: shutdown.close, ...(firstAdmin ? { firstAdmin } : {}) }
}

/** The playground runs a sample order service, so that the sample brand works out of the box. */
const sampleServiceUrl = ({ playground, host, port }: Config, name: string): string | undefined =>
  playground && name === SAMPLE_SERVICE ? `${ownUrl('127.0.0.1', host, port)}/playground` : undefined

/** Redis, the sentence model and the pages of the console, side by side: each takes long. */
async function openStores(boot: Boot, metrics: Metrics, needsPages: boolean) {
  const { config, state, shutdown, log, now, signal } = boot
  let budget: TokenBudget | undefined
  const account: Pick<TokenBudget, 'used'> = { used: (tokens) => budget?.used(tokens) }
  const started = [
    openRedis(boot),
    openSearch(boot, account),
    needsPages ? ensureWebBuilt({ log }) : undefined,
  ] as const
  // Even when one of them fails, the others have to stand before they can be closed.
  await Promise.allSettled(started)
  const [address, search, pages] = await Promise.all(started)
  // What was opened by then is closed already.
  signal?.throwIfAborted()
  const connections = connectRedis(address, log)
  shutdown.add('redis', connections.close)
  state.redis = connections
  await connections.ready
  budget = openTokenBudget({
    ...{ redis: connections.main, figures: metrics, dailyTokens: config.modelDailyTokens, log, now },
  })
  return { connections, search, budget, pages }
}

async function openRedis({ config, state, shutdown, log }: Boot): Promise<Parameters<typeof connectRedis>[0]> {
  if (config.redisUrl) return { url: config.redisUrl }
  const embedded = await startEmbeddedRedis({
    ...{ dir: config.dataDir, searchPath: config.searchPath, fsync: config.fsync },
    progress: (line) => log.info(line),
    failed: (line) => log.error(line),
  })
  shutdown.add('redis server', embedded.close)
  state.embedded = embedded
  return embedded.address
}

async function openSearch({ config, shutdown, log }: Boot, account: Pick<TokenBudget, 'used'>): Promise<SearchEngine> {
  const { cacheDir, embeddings } = config
  const progress = (done: number, all: number) => log.info(`learning the articles: ${done} of ${all} lines`)
  const search = await openSearchEngine({
    ...{ cacheDir, log, progress, early: true },
    ...(embeddings ? { embeddings: { ...embeddings, account } } : {}),
  })
  shutdown.add('finder', search.close)
  return search
}

/** What makes engines of content, and the thread where drafts are tried. */
async function openEngines(
  { config, shutdown, log }: Boot,
  search: SearchEngine,
  account: TokenBudget,
): Promise<{ learn(content: Content): Promise<Engine>; responses: ResponseCache; sandbox: PolicySandbox }> {
  const model = config.model && (await openLanguageModel({ ...config.model, account, log }))
  const responses = openResponseCache()
  const sandbox = openSandbox({ finder: search, cacheDir: config.cacheDir, log })
  shutdown.add('sandbox', sandbox.close)
  // What serves first may serve by words alone until its lines are learnt; whatever comes after it is learnt before.
  let present = search
  return {
    learn(content) {
      const engines = present
      present = waitForEmbeddings(search)
      return buildEngine(content, engines, model, log, responses)
    },
    responses,
    sandbox: sandbox.policySandbox,
  }
}

async function openNetworks(
  { config, log, now }: Boot,
  connections: Connections,
  publicUrl: string,
  releases: Releases<Engine>,
): Promise<ReadonlyMap<ChannelName, Channel>> {
  const brand = () => releases.live().content.brand
  const opened = await openChannels({ config, connections, publicUrl, brand, log, now })
  const channels = new Map(opened.map((channel) => [channel.name, channel]))
  // X, developer guidelines, customer support automation: direct messages link to the privacy policy.
  if (channels.has('x') && !brand()['privacy-notice'])
    log.warn('X wants a link to your privacy notice in direct messages: set `privacy-notice` in policies/brand.yaml')
  return channels
}

const IGNORED_ADMIN = {
  removed: 'the account was removed in the console: take the variables away, or name another one',
  'password changed': 'the password was changed in the console: take the variables away',
}

/** The admin that the environment names; outside production one is made on a first run where none is named. */
async function ensureAdmin(config: Config, accounts: Accounts, log: Logger): Promise<Service['firstAdmin']> {
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
