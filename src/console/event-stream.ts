// Sends live updates of tickets and policies as server-sent events.
import type { ServerResponse } from 'node:http'
import type { DeskEvent } from '#domain'
import type { AgentDesk, BotPauses, Notifications } from '#handoff'
import type { PolicyDesk } from '#releases'
import type { Account } from './auth/accounts.ts'
import { type Access, type Endpoint, endpoint, mayCall } from './endpoint.ts'
import type { Presence, PresenceEvent } from './presence.ts'
import type { DraftEvent, ReplyDrafts } from './reply-drafts.ts'
import type { Viewers, ViewersEvent } from './viewers.ts'

const HEARTBEAT_MS = 20_000
/** How long a browser waits before it connects again. */
const RETRY_MS = 2000
/** A page that reads nothing for so long that this many bytes wait is let go; it connects again and asks anew. */
const MOST_WAITING = 1 << 20

export type EventStream = { readonly endpoint: Endpoint; close(): void }

/** `stillIn` tells whether a session has not ended meanwhile. */
export function openEventStream(
  {
    desk,
    drafts,
    viewers,
    pauses,
    notifications,
    presence,
    policy,
  }: {
    desk: Pick<AgentDesk, 'listen'>
    drafts: Pick<ReplyDrafts, 'listen'>
    viewers: Pick<Viewers, 'listen'>
    pauses: Pick<BotPauses, 'listen'>
    notifications: Pick<Notifications, 'listen'>
    presence: Pick<Presence, 'renew' | 'listen'>
    policy?: Pick<PolicyDesk, 'listen'> | undefined
  },
  stillIn: (token: string) => Promise<Account | undefined>,
): EventStream {
  const pages = new Map<ServerResponse, Account>()
  let sent = 0

  type LiveEvent =
    | DeskEvent
    | DraftEvent
    | ViewersEvent
    | PresenceEvent
    | { type: 'policy-changed' | 'bot-pauses-changed' | 'notifications-changed'; at: string }
  function send(event: LiveEvent, access: Access, whose = (_: Account) => true): void {
    sent += 1
    const lines = `id: ${Date.parse(event.at)}-${sent}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
    for (const [page, account] of pages) if (mayCall(access, account) && whose(account)) write(page, lines)
  }
  function write(page: ServerResponse, lines: string): void {
    if (page.writableLength > MOST_WAITING) page.destroy()
    else page.write(lines)
  }
  const deaf = [
    desk.listen((event) => send(event, 'tickets')),
    viewers.listen((event) => send(event, 'tickets')),
    presence.listen((event) => send(event, 'tickets')),
    drafts.listen((email, event) => send(event, 'tickets', (account) => account.email === email)),
    pauses.listen(() => send({ type: 'bot-pauses-changed', at: new Date().toISOString() }, 'signed-in')),
    notifications.listen((email) =>
      send(
        { type: 'notifications-changed', at: new Date().toISOString() },
        'tickets',
        (account) => account.email === email,
      ),
    ),
    policy?.listen(() => send({ type: 'policy-changed', at: new Date().toISOString() }, 'policy-read')),
  ]

  return {
    endpoint: endpoint({
      method: 'get',
      path: '/api/events',
      does: 'What happens to tickets and policies that you may see, and to your drafts, as it happens; ids only. After a lost connection, ask for the lists again.',
      access: 'signed-in',
      stream: 'text/event-stream',
      run: ({ response, token, account }) =>
        new Promise<void>((done) => {
          response.writeHead(200, {
            'content-type': 'text/event-stream',
            'cache-control': 'no-cache, no-transform',
            'x-accel-buffering': 'no',
            'x-content-type-options': 'nosniff',
          })
          response.write(`retry: ${RETRY_MS}\n: connected\n\n`)
          pages.set(response, account)
          const beat = setInterval(async () => {
            const present = await stillIn(token).catch(() => undefined)
            if (present) {
              pages.set(response, present)
              await presence.renew(present.email).catch(() => {})
              write(response, ': still here\n\n')
            } else response.end()
          }, HEARTBEAT_MS)
          response.once('close', () => {
            clearInterval(beat)
            pages.delete(response)
            done()
          })
        }),
    }),
    close() {
      for (const end of deaf) end?.()
      for (const page of pages.keys()) page.end()
    },
  }
}
