// A channel on a real server of its own: what its webhook delivers is kept, or refused on demand.

import type { AddressInfo } from 'node:net'
import restify from 'restify'
import type { Channel } from '#channels'
import type { ChannelEvent } from '#domain'

export type Mounted = {
  readonly url: string
  readonly delivered: readonly ChannelEvent[]
  /** The next delivery cannot be kept. */
  failOnce(): void
  close(): Promise<void>
}

export const silent = { info: () => undefined, warn: () => undefined }

export async function mount(channel: Channel): Promise<Mounted> {
  const delivered: ChannelEvent[] = []
  let failures = 0
  const server = restify.createServer()
  channel.mount(server, async (_name, events) => {
    if (failures-- > 0) throw new Error('the store is away')
    delivered.push(...events)
  })
  server.server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    delivered,
    failOnce() {
      failures = 1
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.server.closeAllConnections()
      }),
  }
}
