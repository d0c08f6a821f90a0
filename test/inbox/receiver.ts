// Real webhooks of X and Facebook over a real inbox, with a clock that can be moved and without turns.
import type { AddressInfo } from 'node:net'
import restify from 'restify'
import { openFacebook } from '#channels/facebook'
import { openX } from '#channels/x'
import type { ChannelEvent } from '#domain'
import { type Inbox, openInbox } from '#inbox'
import type { Connections } from '#redis/connect'
import { PAGE, sign, WEBHOOKS, X } from '../service/accounts.ts'
import { silent } from '../setup/redis.ts'

export type Receiver = {
  readonly inbox: Inbox
  /** What was warned of, by its message. */
  readonly warnings: string[]
  /** Control events that silenced the bot, by customer. */
  readonly silenced: string[]
  /** How far the service's clock is ahead of the machine's, in milliseconds. */
  ahead: number
  /** Posts these very bytes with their signature; returns the status. */
  post(network: 'x' | 'facebook', raw: string): Promise<number>
  close(): Promise<void>
}

export async function openReceiver(connections: Connections): Promise<Receiver> {
  const warnings: string[] = []
  const silenced: string[] = []
  const warn = (_fields: object, message: string) => void warnings.push(message)
  const log = Object.assign(Object.create(silent), { warn })
  const server = restify.createServer()
  const receiver = { warnings, silenced, ahead: 0 }
  const inbox = await openInbox({
    connections,
    debounceMs: 10,
    concurrency: 1,
    events: {
      echo: async () => false,
      agentSpokeElsewhere: async (customer) => void silenced.push(customer),
      agentLeftElsewhere: async () => {},
    },
    log,
    now: () => Date.now() + receiver.ahead,
  })
  const deliver = (channel: 'x' | 'facebook', events: readonly ChannelEvent[]) => inbox.deliver(channel, events)
  const channels = [
    openX({ ...X, baseUrl: 'http://127.0.0.1:1', log }),
    openFacebook({ ...PAGE, graphUrl: 'http://127.0.0.1:1', log }),
  ]
  for (const channel of channels) channel.mount(server, deliver as never)
  server.server.keepAliveTimeout = 0
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return Object.assign(receiver, {
    inbox,
    async post(network: 'x' | 'facebook', raw: string) {
      const { path, header } = WEBHOOKS[network]
      const headers = { 'content-type': 'application/json', [header]: sign(network, raw) }
      return (await fetch(`${url}${path}`, { method: 'POST', headers, body: raw })).status
    },
    async close() {
      await new Promise<void>((closed) => {
        server.close(() => closed())
        server.server.closeAllConnections()
      })
      await inbox.close()
    },
  })
}
