// A wire of our own between a process of the service and what it speaks to: it can stall, break, and be listened to.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { cutCommands, cutReplies, cutRequests, type Unit } from './units.ts'

/** Where on the wire something happens: the request has not gone on yet, or its answer has come and is kept back. */
type Moment = 'before' | 'after'

/** What becomes of a call: it goes on; it and all else on its connection is dropped; or it waits for `flow`. */
export type Verdict = 'on' | 'drop' | 'wait'

/** Asked for each call. */
type Watch = (unit: Unit, moment: Moment) => Verdict

export type Link = {
  readonly port: number
  /** New connections go there from now on. */
  aim(port: number): void
  /** From now on everything waits, in both directions. */
  stall(): void
  /** What waits goes on. */
  flow(): void
  /** Ends every connection; new ones are taken. */
  cut(): void
  /** One listener at a time; undefined: nobody listens. */
  watch(listener: Watch | undefined): void
  close(): Promise<void>
}

/** One direction of a connection: what comes in goes on in order, as far as `judge` lets it. */
function openLane(judge: (unit: Unit) => Verdict, write: (bytes: Buffer) => void, isStalled: () => boolean) {
  const queue: Unit[] = []
  let kept: Unit | undefined
  let dropped = false
  function drain(): void {
    while (!kept && !dropped && !isStalled()) {
      const unit = queue.shift()
      if (!unit) return
      const verdict = judge(unit)
      if (verdict === 'on') write(unit.bytes)
      if (verdict === 'wait') kept = unit
      if (verdict === 'drop') dropped = true
    }
  }
  return {
    put(units: readonly Unit[]): void {
      queue.push(...units)
      drain()
    },
    flow(): void {
      if (kept) write(kept.bytes)
      kept = undefined
      drain()
    },
  }
}

type Pair = { readonly client: Socket; readonly server: Socket; flow(): void }

/** `speaks` is what is cut into calls for listeners. */
export async function openLink(speaks: 'redis' | 'http', target = 0): Promise<Link> {
  const pairs = new Set<Pair>()
  let aimed = target
  let stalled = false
  let listener: Watch | undefined
  const isStalled = () => stalled

  const server = createServer({ noDelay: true }, (client) => {
    const server = connect({ port: aimed, host: '127.0.0.1', noDelay: true })
    const flow = speaks === 'redis' ? carryRedis(client, server) : carryHttp(client, server)
    const pair: Pair = { client, server, flow }
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      client.destroy()
      server.destroy()
    }
    for (const socket of [client, server]) socket.on('error', end).on('close', end)
  })

  const goesOut = (unit: Unit) => listener?.(unit, 'before') ?? 'on'
  const comesBack = (unit: Unit | undefined) => (unit && listener?.(unit, 'after')) ?? 'on'

  function carryRedis(client: Socket, server: Socket): () => void {
    const [commands, replies] = [cutCommands(), cutReplies()]
    const asked: Unit[] = []
    const out = openLane(goesOut, (bytes) => server.write(bytes), isStalled)
    // A push answers nothing.
    const back = openLane(
      ({ words }) => comesBack(words[0] === '>' ? undefined : asked.shift()),
      (bytes) => client.write(bytes),
      isStalled,
    )
    client.on('data', (chunk: Buffer) => {
      const units = commands(chunk)
      asked.push(...units)
      out.put(units)
    })
    server.on('data', (chunk: Buffer) => back.put(replies(chunk)))
    return () => {
      out.flow()
      back.flow()
    }
  }

  function carryHttp(client: Socket, server: Socket): () => void {
    const requests = cutRequests()
    let asked: Unit | undefined
    const out = openLane(goesOut, (bytes) => server.write(bytes), isStalled)
    const back = openLane(
      () => {
        const unit = asked
        asked = undefined
        return comesBack(unit)
      },
      (bytes) => client.write(bytes),
      isStalled,
    )
    client.on('data', (chunk: Buffer) => {
      const units = requests(chunk)
      asked = units.at(-1) ?? asked
      out.put(units)
    })
    server.on('data', (chunk: Buffer) => back.put([{ bytes: chunk, words: [] }]))
    return () => {
      out.flow()
      back.flow()
    }
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
    },
    flow: () => {
      stalled = false
      for (const pair of pairs) pair.flow()
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
