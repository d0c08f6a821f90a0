// Speaks HTTP byte by byte: fetch and node:http repair or refuse what an attacker sends.
import { connect } from 'node:net'

/** What came back: the status of the first answer, or undefined where the connection was closed without one. */
export type Exchange = { readonly status: number | undefined; readonly answer: string; readonly ms: number }

/** A request that the server goes on waiting for is ended by the client after so long. */
const SILENCE_MS = 400
const LONGEST_MS = 20_000
const KEPT = 64 * 1024

/**
 * Sends these bytes on a connection of their own and resolves once a whole head of an answer is there. Rejects when nobody
 * listens. `caughtUp`: resolves once the server has got round to what it was sent before.
 */
export function exchange(
  port: number,
  bytes: Buffer | string,
  silenceMs = SILENCE_MS,
  caughtUp: () => Promise<unknown> = async () => {},
): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const from = performance.now()
    let answer = ''
    let isConnected = false
    const socket = connect({ port, host: '127.0.0.1' })
    const silence = setTimeout(() => caughtUp().then(() => socket.end(), reject), silenceMs)
    const giveUp = setTimeout(() => socket.destroy(), LONGEST_MS)
    const finish = () => {
      clearTimeout(silence)
      clearTimeout(giveUp)
      socket.destroy()
      resolve({ status: statusOf(answer), answer, ms: performance.now() - from })
    }
    socket.setEncoding('latin1')
    socket.once('connect', () => {
      isConnected = true
      socket.write(bytes)
    })
    socket.on('data', (text: string) => {
      answer = (answer + text).slice(0, KEPT)
      // 100 Continue is not yet the answer.
      if (statusOf(answer) !== undefined) finish()
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (isConnected) return
      clearTimeout(silence)
      clearTimeout(giveUp)
      reject(error)
    })
    socket.on('close', () => isConnected && finish())
  })
}

function statusOf(answer: string): number | undefined {
  const heads = [...answer.matchAll(/HTTP\/1\.1 (\d{3})[\s\S]*?\r\n\r\n/g)].map((head) => Number(head[1]))
  return heads.find((status) => status >= 200)
}
