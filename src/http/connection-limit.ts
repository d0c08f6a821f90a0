// Limits connections of the web server. One too many closes one of the address that has the most.
import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Keeps at most `most` connections. One that nobody waits on goes first: of the address with the most of them the
 * oldest that has not sent a whole request. Where all are being answered, the new one is closed.
 */
export function limitConnections(server: Server, most: number): void {
  /** Connections by address, oldest first; `asked`: the request that is being answered or is still arriving. */
  const open = new Map<string, Map<Socket, IncomingMessage | undefined>>()

  function oldestIdle(sockets: ReadonlyMap<Socket, IncomingMessage | undefined>): Socket | undefined {
    for (const [socket, asked] of sockets) if (!asked?.complete) return socket
    return undefined
  }
  function makeRoom(): boolean {
    const largestFirst = [...open.values()].sort((one, other) => other.size - one.size)
    for (const sockets of largestFirst) {
      const idle = oldestIdle(sockets)
      if (!idle) continue
      idle.destroy()
      return true
    }
    return false
  }

  let count = 0
  server.on('connection', (socket: Socket) => {
    if (count >= most && !makeRoom()) return void socket.destroy()
    const address = socket.remoteAddress ?? 'unknown'
    const sockets = open.get(address) ?? new Map<Socket, IncomingMessage | undefined>()
    open.set(address, sockets.set(socket, undefined))
    count++
    socket.once('close', () => {
      count--
      sockets.delete(socket)
      if (sockets.size === 0) open.delete(address)
    })
  })
  server.prependListener('request', (request, response) => {
    const { socket } = request
    const sockets = open.get(socket.remoteAddress ?? 'unknown')
    if (!sockets?.has(socket)) return
    sockets.set(socket, request)
    response.once('close', () => {
      if (sockets.has(socket)) sockets.set(socket, undefined)
    })
  })
}
