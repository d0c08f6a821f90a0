// A wire of our own between a process of the service and what it speaks to: it can stall, break, and be listened to.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { cutCommands, cutReplies, cutRequests, type Unit } from './units.ts'

/** Where on the wire something happens: the request has not gone on yet, or its answer has come and is kept back. */
type Moment = 'before' | 'after'

/** Asked for each request; `true`: this is the moment, and nothing moves on this wire any more. */
type Watch = (unit: Unit, moment: Moment) => boolean

export type Link = {
  readonly port: number
  /** New connections go there from now on. */
  aim(port: number): void
  /** From now on bytes wait, in both directions. */
  stall(): void
  flow(): void
  /** Ends every connection; new ones are taken. */
  cut(): void
  /** One listener at a time; undefined: nobody listens. */
  watch(listener: Watch | undefined): void
  close(): Promise<void>
}

type Pair = { readonly client: Socket; readonly server: Socket }

/** `speaks` is what is cut into requests for listeners. */
export async function openLink(speaks: 'redis' | 'http', target = 0): Promise<Link> {
  const pairs = new Set<Pair>()
  let aimed = target
  let stalled = false
  let listener: Watch | undefined

  const server = createServer({ noDelay: true }, (client) => {
    const pair: Pair = { client, server: connect({ port: aimed, host: '127.0.0.1', noDelay: true }) }
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      client.destroy()
      pair.server.destroy()
    }
    for (const socket of [client, pair.server]) socket.on('error', end).on('close', end)
    if (speaks === 'redis') carryRedis(pair)
    else carryHttp(pair)
    if (stalled) hold(pair)
  })

  function carryRedis({ client, server }: Pair): void {
    const [commands, replies] = [cutCommands(), cutReplies()]
    const asked: Unit[] = []
    let dead = false
    client.on('data', (chunk: Buffer) => {
      for (const unit of commands(chunk)) {
        if (dead || listener?.(unit, 'before')) dead = true
        if (dead) return
        asked.push(unit)
        server.write(unit.bytes)
      }
    })
    server.on('data', (chunk: Buffer) => {
      for (const reply of replies(chunk)) {
        // A push answers nothing.
        const unit = reply.words[0] === '>' ? undefined : asked.shift()
        if (dead || (unit && listener?.(unit, 'after'))) dead = true
        if (dead) return
        client.write(reply.bytes)
      }
    })
  }

  function carryHttp({ client, server }: Pair): void {
    const requests = cutRequests()
    let asked: Unit | undefined
    let dead = false
    client.on('data', (chunk: Buffer) => {
      for (const unit of requests(chunk)) {
        if (dead || listener?.(unit, 'before')) dead = true
        if (dead) return
        asked = unit
        server.write(unit.bytes)
      }
    })
    server.on('data', (chunk: Buffer) => {
      if (dead || (asked && listener?.(asked, 'after'))) dead = true
      asked = undefined
      if (!dead) client.write(chunk)
    })
  }

  const hold = ({ client, server }: Pair) => {
    client.pause()
    server.pause()
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const { client, server } of pairs) {
      client.destroy()
      server.destroy()
    }
  }
  return {
    port: (server.address() as AddressInfo).port,
    aim: (port) => {
      aimed = port
    },
    stall: () => {
      stalled = true
      for (const pair of pairs) hold(pair)
    },
    flow: () => {
      stalled = false
      for (const { client, server } of pairs) {
        client.resume()
        server.resume()
      }
    },
    cut,
    watch: (given) => {
      listener = given
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      cut()
      await closed
    },
  }
}
