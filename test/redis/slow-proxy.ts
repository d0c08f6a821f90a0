// A wire between us and Redis that an operator would curse: slow, or leading elsewhere.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

export type Wire = {
  readonly url: string
  /** From now on everything that comes back takes so much longer. */
  delay(ms: number): void
  /** New connections lead to another server; those that are open stay where they are. */
  leadTo(port: number): void
  close(): Promise<void>
}

export async function startWire(port: number): Promise<Wire> {
  let target = port
  let late = 0
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.once('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far)
    // In order, whatever the delay was when it came.
    let sent = Promise.resolve()
    far.on('data', (chunk) => {
      const due = Date.now() + late
      sent = sent.then(async () => {
        if (due > Date.now()) await wait(due - Date.now())
        if (near.writable) near.write(chunk)
      })
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    delay: (ms) => {
      late = ms
    },
    leadTo: (other) => {
      target = other
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
