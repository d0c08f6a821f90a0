// Registers the API's endpoints and the built pages on the server; checks origin, session and role.
import type { ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { Request, Response, Server } from 'restify'
import type { Problem } from '#content'
import type { ChannelName } from '#domain'
import type { AgentDesk, BotPauses, Notifications } from '#handoff'
import { checkSameSite, ProblemError, readCookie, readJson, sendProblemDetails } from '#http'
import type { DeadLetters } from '#outbox/dead-letters'
import { type PolicyDesk, TookTooLong } from '#releases'
import type { Retention } from '#retention'
import { botPauseEndpoints } from './api/bot-pauses.ts'
import { colleagueEndpoints } from './api/colleagues.ts'
import * as shape from './api/common.schema.ts'
import { expertEndpoints } from './api/expert.ts'
import { notificationEndpoints } from './api/notifications.ts'
import { outboxEndpoints } from './api/outbox.ts'
import { policyEndpoints } from './api/policy.ts'
import { retentionEndpoints } from './api/retention.ts'
import { cookieName, sessionEndpoints } from './api/session.ts'
import { ticketEndpoints } from './api/tickets.ts'
import { openStaticFiles } from './assets/static-files.ts'
import type { Account, Accounts } from './auth/accounts.ts'
import { type Access, type Endpoint, endpoint, mayCall } from './endpoint.ts'
import { openEventStream } from './event-stream.ts'
import { openApiOf } from './openapi.ts'
import type { Presence } from './presence.ts'
import type { ReplyDrafts } from './reply-drafts.ts'
import type { Viewers } from './viewers.ts'

export type ConsoleOptions = {
  readonly desk: AgentDesk
  readonly accounts: Accounts
  readonly drafts: ReplyDrafts
  readonly viewers: Viewers
  readonly pauses: BotPauses
  readonly notifications: Notifications
  readonly presence: Presence
  /** Absent: nobody is forgotten over the API. */
  readonly retention?: Pick<Retention, 'erase' | 'receipts'>
  /** The networks that are connected. */
  readonly channels: readonly ChannelName[]
  /** What is stuck in the outbox. */
  readonly stuck: DeadLetters
  /** Where policies are written and released. */
  readonly policy?: PolicyDesk
  readonly content: () => {
    readonly version: string
    readonly problems: readonly Problem[]
    /** Teams that rules name. */
    readonly teams: readonly string[]
    readonly contactReasons: readonly { readonly id: string; readonly name: string }[]
  }
  readonly log: Pick<Logger, 'error'>
  readonly publicUrl: string
  /** True where the world comes by HTTPS. */
  readonly secureCookies: boolean
  /** The folder that `ensureWebBuilt` returned; absent: the API alone. */
  readonly web?: string
  /** Whether `/playground` is served. */
  readonly playground?: boolean
}

/** All endpoints of the API, in the order in which they are described. `events`: the stream of what happens. */
export function consoleEndpoints(
  {
    desk,
    accounts,
    drafts,
    viewers,
    pauses,
    notifications,
    presence,
    channels,
    retention,
    stuck,
    policy,
    content,
    secureCookies,
    publicUrl,
    playground = false,
  }: Omit<ConsoleOptions, 'log' | 'web'>,
  events: Endpoint,
): readonly Endpoint[] {
  const contentEndpoint = endpoint({
    method: 'get',
    path: '/api/content',
    does: 'Which content is served, what is wrong with the files as they are now, and what agents choose from: teams, contact reasons.',
    access: 'signed-in',
    answer: shape.contentState,
    run: async () => ({ ...content(), playground }),
  })
  return [
    ...sessionEndpoints(accounts, presence, desk, secureCookies),
    ...colleagueEndpoints(accounts, presence, desk),
    ...ticketEndpoints(desk, drafts, viewers, accounts),
    ...expertEndpoints({ desk, drafts, accounts }, publicUrl),
    ...notificationEndpoints(notifications, accounts),
    ...botPauseEndpoints(pauses, desk, channels),
    ...outboxEndpoints(stuck),
    ...(policy ? policyEndpoints(policy) : []),
    events,
    contentEndpoint,
    ...(retention ? retentionEndpoints(retention) : []),
  ]
}

const NOBODY: Account = { email: '', name: '', roles: [], teams: [], languages: [], capacity: 0 }

/** Registers everything under `/api`, `/console`, `/expert` and `/playground` (but not `/playground/api`). */
export async function mountConsole(server: Server, options: ConsoleOptions): Promise<{ close(): void }> {
  const {
    desk,
    accounts,
    drafts,
    viewers,
    pauses,
    notifications,
    presence,
    policy,
    log,
    publicUrl,
    secureCookies,
    web,
    playground = false,
  } = options
  const live = openEventStream({ desk, drafts, viewers, pauses, notifications, presence, policy }, (token) =>
    accounts.signedIn(token, 'quietly'),
  )
  const endpoints = consoleEndpoints(options, live.endpoint)
  const description = JSON.stringify(openApiOf(endpoints, cookieName(secureCookies)))

  async function enter(token: string, access: Access): Promise<Account> {
    if (access === 'anyone') return NOBODY
    const account = token ? await accounts.signedIn(token) : undefined
    if (!account) throw new ProblemError(401, 'you are not signed in, or your session has ended')
    if (mayCall(access, account)) return account
    throw new ProblemError(403, `your account has no part in this; ask an admin for the role it needs`)
  }

  async function call(one: Endpoint, request: Request, response: Response): Promise<void> {
    const unsafe = one.method !== 'get'
    if (unsafe) checkSameSite(request, publicUrl)
    const token = readCookie(request, cookieName(secureCookies)) ?? ''
    const account = await enter(token, one.access)
    const answer = await one.run({
      request,
      response,
      params: request.params,
      body: unsafe ? await readJson(request, one.longest) : undefined,
      query: Object.fromEntries(new URLSearchParams(request.getQuery())),
      account,
      token,
    })
    if (one.stream) return
    if (one.answer) {
      sendJson(response, JSON.stringify(answer))
      return
    }
    response.writeHead(204, { 'cache-control': 'no-store' })
    response.end()
  }

  async function guarded(request: Request, response: ServerResponse, work: () => Promise<void> | void): Promise<void> {
    try {
      await work()
    } catch (error) {
      // A browser that went away in the middle of its request waits for nothing, and nothing is wrong here.
      if (request.destroyed && !request.complete) return
      const problem = error instanceof TookTooLong ? new ProblemError(503, error.message) : error
      if (!(problem instanceof ProblemError)) log.error({ err: error }, 'a console request failed')
      if (response.headersSent) response.destroy()
      else {
        const broken = 'something broke on our side; it is in the log, and trying again may help'
        sendProblemDetails(response, problem instanceof ProblemError ? problem : new ProblemError(500, broken))
      }
    }
  }

  for (const one of endpoints) {
    server[one.method](one.path, async (request: Request, response: Response) => {
      await guarded(request, response, () => call(one, request, response))
    })
  }
  server.get('/api/openapi.json', async (request: Request, response: Response) =>
    guarded(request, response, async () => {
      await enter(readCookie(request, cookieName(secureCookies)) ?? '', 'signed-in')
      sendJson(response, description)
    }),
  )

  if (web) {
    const pages = await openStaticFiles(web)
    const serve = async (request: Request, response: Response) =>
      guarded(request, response, () => {
        if (!pages.serve(request, response)) throw new ProblemError(404, 'there is no such page')
      })
    for (const app of ['console', 'expert', ...(playground ? ['playground'] : [])]) {
      for (const path of [`/${app}`, `/${app}/`, `/${app}/*`]) {
        server.get(path, serve)
        server.head(path, serve)
      }
    }
  }
  return { close: live.close }
}

function sendJson(response: ServerResponse, json: string): void {
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(json)
}
