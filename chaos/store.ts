// What is in Redis, read from outside: what still waits, and everything at the end.
import { createClient } from 'redis'
import type { Kept, Store } from './record.ts'

export type StoreReader = {
  /** What is not done yet, one line each; empty when all is quiet. */
  pending(): Promise<string[]>
  dump(): Promise<Store>
  /** Forgets the customers and tickets of a run. */
  clear(): Promise<void>
  close(): void
}

type Client = ReturnType<typeof createClient>

async function keysLike(client: Client, pattern: string): Promise<string[]> {
  const keys: string[] = []
  for await (const found of client.scanIterator({ MATCH: pattern, COUNT: 1000 })) keys.push(...found)
  return [...new Set(keys)]
}

const customersOf = (keys: readonly string[]) => [
  ...new Set(keys.flatMap((key) => /^warmline:\{(.+)\}:/.exec(key)?.[1] ?? [])),
]

export function openStore(url: string): StoreReader {
  let client: Client | undefined
  async function ask<T>(work: (client: Client) => Promise<T>): Promise<T> {
    if (!client?.isReady) {
      client?.destroy()
      client = createClient({ url, socket: { reconnectStrategy: false } })
      client.on('error', () => {})
      await client.connect()
    }
    return work(client)
  }
  const messageOf = (raw: string) => JSON.parse(raw).message.id as string

  async function readCustomer(client: Client, tag: string): Promise<Kept> {
    const key = (what: string) => `warmline:{${tag}}:${what}`
    const [state, mailbox, history, effects, outbox] = await Promise.all([
      client.hGetAll(key('case')),
      client.lRange(key('mailbox'), 0, -1),
      client.lRange(key('history'), 0, -1),
      client.hGetAll(key('effects')),
      client.lRange(key('outbox'), 0, -1),
    ])
    const states = Object.entries(effects).flatMap(([name, value]) =>
      name.endsWith('/state') ? [[name.slice(0, -'/state'.length), value]] : [],
    )
    return {
      id: decodeURIComponent(tag),
      owner: state.owner ?? 'bot',
      epoch: Number(state.epoch ?? 0),
      ...(state.case ? { case: JSON.parse(state.case) } : {}),
      mailbox: mailbox.map(messageOf),
      history: history.map((raw) => JSON.parse(raw)),
      effects: Object.fromEntries(states),
      outbox,
    }
  }

  return {
    pending: () =>
      ask(async (client) => {
        const [mailboxes, outboxes, turns, effects] = await Promise.all([
          keysLike(client, 'warmline:{*}:mailbox'),
          keysLike(client, 'warmline:{*}:outbox'),
          client.zRange('warmline:due:turns', 0, -1),
          client.zRange('warmline:due:effects', 0, -1),
        ])
        return [
          ...mailboxes,
          ...outboxes,
          ...turns.map((id) => `turn due: ${id}`),
          ...effects.map((id) => `due: ${id}`),
        ]
      }),
    dump: () =>
      ask(async (client) => {
        const tags = customersOf(await keysLike(client, 'warmline:{*}:*'))
        const customers: Kept[] = []
        for (const tag of tags) customers.push(await readCustomer(client, tag))
        const [open, resolved] = await Promise.all([
          client.zRange('warmline:tickets:open', 0, -1),
          client.zRange('warmline:tickets:resolved', 0, -1),
        ])
        return { customers, open, resolved }
      }),
    clear: () =>
      ask(async (client) => {
        const names = ['{*}:*', 'event:*', 'alias:*', 'tickets*', 'effect:*', 'made:*', 'limit:*', 'outbox:stuck*']
        const patterns = [...names.map((name) => `warmline:${name}`), '{warmline:event:*}:changes']
        for (const pattern of patterns) {
          const keys = await keysLike(client, pattern)
          if (keys.length > 0) await client.unlink(keys)
        }
      }),
    close: () => client?.destroy(),
  }
}
