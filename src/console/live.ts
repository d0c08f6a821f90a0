// Live updates: the desk's events as server-sent events.
import type { ServerResponse } from 'node:http'
import type { Desk, DeskEvent } from '#handoff'
import type { Account } from './accounts.ts'
import { type Endpoint, endpoint } from './endpoint.ts'

const HEARTBEAT_MS = 20_000
/** How long a browser waits before it connects again. */
const RETRY_MS = 2000
/** A page that reads nothing for so long that this many bytes wait is let go; it connects again and asks anew. */
const MOST_WAITING = 1 << 20

export type Live = { readonly endpoint: Endpoint; close(): void }

/** `stillIn` tells whether a session has not ended meanwhile. */
export function openLive(desk: Pick<Desk, 'listen'>, stillIn: (token: string) => Promise<Account | undefined>): Live {
  const pages = new Set<ServerResponse>()
  let sent = 0

  function send(event: DeskEvent): void {
    sent += 1
    const lines = `id: ${Date.parse(event.at)}-${sent}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
    for (const page of pages) write(page, lines)
  }
  function write(page: ServerResponse, lines: string): void {
    if (page.writableLength > MOST_WAITING) page.destroy()
    else page.write(lines)
  }
  const deaf = desk.listen(send)

  return {
    endpoint: endpoint({
      method: 'get',
      path: '/api/events',
      does: 'What happens to tickets, as it happens; ids only. After a lost connection, ask for the lists again.',
      access: 'tickets',
      stream: 'text/event-stream',
      run: ({ response, token }) =>
        new Promise<void>((done) => {
          response.writeHead(200, {
            'content-type': 'text/event-stream',
            'cache-control': 'no-cache, no-transform',
            'x-accel-buffering': 'no',
            'x-content-type-options': 'nosniff',
          })
          response.write(`retry: ${RETRY_MS}\n: connected\n\n`)
          pages.add(response)
          const beat = setInterval(async () => {
            const account = await stillIn(token).catch(() => undefined)
            if (account) write(response, ': still here\n\n')
            else response.end()
          }, HEARTBEAT_MS)
          response.once('close', () => {
            clearInterval(beat)
            pages.delete(response)
            done()
          })
        }),
    }),
    close() {
      deaf()
      for (const page of pages) page.end()
    },
  }
}
