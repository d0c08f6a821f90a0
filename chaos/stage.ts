// A fleet with a platform before it: customers write, people at the console act, and everything is kept for the checker.
import { setTimeout as wait } from 'node:timers/promises'
import type { Audience } from '#domain'
import type { TicketSummary } from '#handoff'
import { PAGE } from '../test/service/accounts.ts'
import { pageEcho } from '../test/stand-ins/deliveries.ts'
import type { Agent } from './agent.ts'
import type { Fleet } from './fleet.ts'
import type { Line, Plan } from './plan.ts'
import { bodyOf, deletionOf, type Platform, startPlatform } from './platform.ts'
import type { Act, History, InboxWord, Said } from './record.ts'
import { openStore } from './store.ts'

/** By the network's clock. */
const PERSON_TYPES_MS = 6_000
/** The app id with which a Page's own inbox speaks. */
const PAGE_INBOX = '263902037430900'

/** What an act says beside its name: words, whom a ticket goes to, until when it is put aside. */
type How = {
  readonly text?: string
  readonly audience?: Audience
  readonly to?: string
  readonly team?: string
  readonly until?: string
  /** Of a reply: the ticket that is merged into the one it is written in, whose customer gets it. */
  readonly part?: TicketSummary
  /** Of a merge: the ticket that it goes into. */
  readonly into?: string
}

export type Stage = {
  readonly platform: Platform
  /** Delivers what customers wrote in one webhook call; resolves once it is acknowledged. */
  say(lines: readonly Line[]): Promise<void>
  /** The author deletes it. */
  takeBack(line: Line): Promise<void>
  /** Somebody of ours answers it in the Page's own inbox. */
  answerInInbox(line: Line): Promise<void>
  tickets(agent: Agent, state?: string): Promise<readonly TicketSummary[]>
  /** Resolves to the status; 0 if no answer came. */
  act(agent: Agent, what: Act['what'], ticket: TicketSummary, how?: How): Promise<number>
  /** Waits until nothing is pending; resolves to what still is when `ms` are over. */
  settle(ms?: number): Promise<readonly string[]>
  history(): Promise<History>
  /** Forgets the customers and their tickets. */
  clear(): Promise<void>
  close(): Promise<void>
}

/** Longer than a lease, a look for stalled jobs, a sweep and a few lost answers one after the other, on a busy machine. */
export const SETTLE_MS = 300_000

type Telling = { readonly line: Line; readonly sentAt: number; ackedAt?: number }

export async function openStage(fleet: Fleet, plan: Pick<Plan, 'seed' | 'temper'>): Promise<Stage> {
  await fleet.ready()
  const platform = await startPlatform(
    plan,
    fleet.webs.map((web) => web.url),
  )
  fleet.aim(platform)
  const store = openStore(fleet.redis.url)
  const told = new Map<string, Telling>()
  const takenBack = new Set<string>()
  const acts: Act[] = []
  const inboxWords: InboxWord[] = []

  return {
    platform,
    async say(lines) {
      const these = lines.map((line) => {
        const before = told.get(line.id)
        const telling = before ?? { line, sentAt: Date.now() }
        told.set(line.id, telling)
        return telling
      })
      const acked = await platform.deliver(lines[0]?.network ?? 'x', bodyOf(lines))
      for (const one of these) if (acked) one.ackedAt ??= acked
    },
    async takeBack(line) {
      takenBack.add(line.id)
      await platform.deliver(line.network, deletionOf(line))
    },
    async answerInInbox({ network, user, id }) {
      const text = 'Laura here, I look into it.'
      // What comes within seconds of somebody's first words is a network's instant reply: a person takes longer.
      const at = Date.now() + PERSON_TYPES_MS
      const echo = pageEcho({ page: PAGE.pageId, to: user, text, id: `${id}_answer`, app: PAGE_INBOX, at })
      const ackedAt = await platform.deliver(network, echo)
      if (ackedAt) inboxWords.push({ network, user, ackedAt })
    },
    async tickets(agent, state = 'waiting') {
      const { body } = await agent.call('GET', `/api/tickets?state=${state}`)
      return (body.tickets ?? []) as TicketSummary[]
    },
    async act(agent, what, ticket, how: How = {}) {
      const askedAt = Date.now()
      const path = `/api/tickets/${ticket.id}/${what === 'reply' ? 'replies' : what}`
      // Where the customer wrote last is not for the network's weather to decide.
      const body = what === 'reply' ? { ...how, part: (how.part ?? ticket).id } : how
      const { status } = await agent.call('POST', path, body)
      acts.push({
        agent: agent.email,
        what,
        ticket: ticket.id,
        customer: (how.part ?? ticket).customer.id,
        askedAt,
        ...(status ? { answeredAt: Date.now() } : {}),
        status,
        ...(how.text === undefined ? {} : { text: how.text }),
        ...(how.to === undefined ? {} : { to: how.to }),
      })
      return status
    },
    async settle(ms = SETTLE_MS) {
      const end = Date.now() + ms
      for (let quiet = 0; ; ) {
        const pending = await store.pending().catch((error: Error) => [`the store: ${error.message}`])
        if (platform.waiting() > 0) pending.push(`${platform.waiting()} deliveries`)
        quiet = pending.length === 0 ? quiet + 1 : 0
        if (quiet >= 2) return []
        if (Date.now() > end) return pending
        await wait(60)
      }
    },
    async history() {
      const said = [...told.values()].map(({ line, sentAt, ackedAt }): Said => {
        const { id, network, audience, user, text, secrets } = line
        const more = { ...(ackedAt ? { ackedAt } : {}), ...(takenBack.has(id) ? { changed: true } : {}) }
        return { id: `${network}:${id}`, network, audience, user, text, secrets, sentAt, ...more }
      })
      return { said, seen: platform.seen, acts, inboxWords, lead: fleet.lead.email, store: await store.dump() }
    },
    clear: () => store.clear(),
    async close() {
      store.close()
      await platform.close()
    },
  }
}
