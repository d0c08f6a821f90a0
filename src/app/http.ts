// The HTTP side of the service: opens the server first, and mounts the endpoints once all parts are ready.
import type { Server } from 'restify'
import type { Channel } from '#channels'
import { type Accounts, mountConsole, type Presence } from '#console'
import { teamsOf } from '#content'
import type { ChannelName } from '#domain'
import { isLoopback } from '#http'
import { type Metrics, openMetrics } from '#http/metrics'
import { openHttpServer } from '#http/server'
import type { Releases } from '#releases'
import type { Boot } from './boot.ts'
import type { Engine } from './engine.ts'
import type { Pipeline } from './pipeline.ts'
import { backlogOf, healthOf, isServed } from './readiness.ts'

/** How this process is reached from here: by `loopback` unless it listens on one other address alone. */
export function ownUrl(loopback: string, host: string | undefined, port: number): string {
  const name = !host || isLoopback(host) || /^(?:0\.0\.0\.0|::)$/.test(host) ? loopback : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

/** The server answers from the start, so that whoever asks learns what is missing. */
export async function openHttp({
  config,
  state,
  shutdown,
  log,
}: Boot): Promise<{ server: Server; port: number; metrics: Metrics; publicUrl: string }> {
  const metrics = openMetrics(() => backlogOf(state), config.modelPrices)
  const http = openHttpServer({
    ...{ log, metrics: metrics.registry, metricsAccess: config.metrics },
    health: () => healthOf(state),
    isOpen: (path) => isServed(state, path),
    hosts: { publicUrl: config.publicUrl, listens: config.host, byAddress: !config.production },
  })
  shutdown.add('web', http.close)
  const port = await http.listen(config.port, config.host)
  const publicUrl = config.publicUrl ?? ownUrl('localhost', config.host, port)
  return { server: http.server, port, metrics, publicUrl }
}

/** Puts the console and the networks' webhooks onto the server. */
export async function mountHttp(
  { config, shutdown, log }: Boot,
  server: Server,
  parts: {
    readonly pipeline: Pipeline
    readonly channels: ReadonlyMap<ChannelName, Channel>
    readonly releases: Releases<Engine>
    readonly accounts: Accounts
    readonly presence: Presence
    readonly metrics: Metrics
    readonly publicUrl: string
    readonly pages: string | undefined
  },
): Promise<void> {
  const { pipeline, channels, releases, accounts, presence, metrics, publicUrl, pages } = parts
  const { desk, drafts, viewers, pauses, notifications, retention, outbox, inbox } = pipeline
  const mounted = await mountConsole(server, {
    ...{ desk, accounts, presence, drafts, viewers, pauses, notifications, retention, log, publicUrl },
    stuck: outbox.stuck,
    channels: [...channels.keys()],
    policy: releases.desk,
    content: () => {
      const { content } = releases.live()
      return {
        version: content.version,
        problems: releases.problems(),
        teams: teamsOf(content),
        contactReasons: content.brand['contact-reasons'].map(({ id, name }) => ({ id, name })),
      }
    },
    secureCookies: publicUrl.startsWith('https:'),
    ...(pages ? { web: pages } : {}),
    playground: config.playground,
  })
  shutdown.add('console', mounted.close)
  for (const channel of channels.values()) {
    channel.mount(server, async (name, events) => {
      const from = performance.now()
      await inbox.deliver(name, events)
      metrics.received(name, events, (performance.now() - from) / 1000)
    })
  }
}
