// Asks a Redis server, or another Warmline, over its socket.
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { createClient } from 'redis'
import { withinDeadline } from '../health.ts'

type SocketAddress = { readonly path: string; readonly password?: string }

const ANSWERS_WITHIN_MS = 2000
const ENDS_WITHIN_MS = 8000

const openSocket = ({ path, password }: SocketAddress) =>
  createClient({
    ...(password ? { password } : {}),
    socket: { path, reconnectStrategy: false, connectTimeout: 1000 },
  })

async function ask<T>(address: SocketAddress, work: (client: ReturnType<typeof openSocket>) => Promise<T>): Promise<T> {
  const client = openSocket(address)
  client.on('error', () => {})
  const asked = client.connect().then(() => work(client))
  return withinDeadline(asked, ANSWERS_WITHIN_MS).finally(() => client.destroy())
}

/** The process of the server that answers there, undefined if none listens; rejects if one does and does not answer us. */
export async function serverPid(address: SocketAddress): Promise<number | undefined> {
  try {
    const info = await ask(address, (client) => client.info('server'))
    return Number(/^process_id:(\d+)/m.exec(info)?.[1])
  } catch (error) {
    if (isNobody(error)) return undefined
    throw error
  }
}

/** A connection's failure is the cause of the deadline's. */
function isNobody(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown }
  return code === 'ENOENT' || code === 'ECONNREFUSED' || (cause !== undefined && isNobody(cause))
}

export function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Ends the server once its data is on disk. */
export async function shutDown(address: SocketAddress): Promise<void> {
  const pid = await serverPid(address).catch(() => undefined)
  // It answers by ending the connection.
  await ask(address, (client) => client.sendCommand(['SHUTDOWN', 'NOSAVE'])).catch(() => {})
  for (const end = Date.now() + ENDS_WITHIN_MS; isAlive(pid) && Date.now() < end; ) await wait(10)
}

/** The process of the Warmline that listens there, if one does. */
export function askOwner(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const asking = connect(path)
    asking.setEncoding('utf8').once('data', (pid) => resolve(String(pid)))
    asking.once('error', () => resolve(undefined))
    asking.once('close', () => resolve(undefined))
  })
}
