// One run: a plan carried out on a fleet, until all is quiet, and what was seen of it.
import { setTimeout as wait } from 'node:timers/promises'
import type { TicketSummary } from '#handoff'
import type { Agent } from './agent.ts'
import { type Chance, chanceOf } from './chance.ts'
import { strike } from './fault.ts'
import type { Fleet } from './fleet.ts'
import type { Plan } from './plan.ts'
import { bodyOf, deletionOf, type Platform, startPlatform } from './platform.ts'
import type { Act, History, Said } from './record.ts'
import { openStore, type StoreReader } from './store.ts'

export type Ran = {
  readonly history: History
  /** What had not ended when patience did; empty in a good run. */
  readonly unsettled: readonly string[]
  readonly settledMs: number
}

/** Longer than a lease, a look for stalled jobs and a sweep one after the other, with a few tries of a send. */
const SETTLE_MS = 75_000

export async function runPlan(fleet: Fleet, plan: Plan): Promise<Ran> {
  const platform = await startPlatform(
    plan,
    fleet.webs.map((web) => web.url),
  )
  const store = openStore(fleet.redis.url)
  try {
    await fleet.ready()
    fleet.aim(platform)
    const said = plan.lines.map((line) => ({ line, sentAt: 0, ackedAt: undefined as number | undefined }))
    const start = Date.now()
    const until = (at: number) => wait(Math.max(0, start + at - Date.now()))
    const acts: Act[] = []

    const sending = plan.deliveries.flatMap(({ lines, times }) =>
      times.map(async (at) => {
        await until(at)
        const these = said.filter(({ line }) => lines.includes(line))
        for (const one of these) one.sentAt ||= Date.now()
        const acked = await platform.deliver(lines[0]?.network ?? 'x', bodyOf(lines))
        for (const one of these) one.ackedAt ??= acked
      }),
    )
    const taking = plan.lines.flatMap((line) =>
      line.deletedAt === undefined
        ? []
        : [until(line.deletedAt).then(() => platform.deliver(line.network, deletionOf(line)))],
    )
    const working = fleet.agents.map((agent, n) =>
      serve(agent, chanceOf(plan.seed, `agent ${n}`), start + plan.ends, acts),
    )
    const settling = Promise.all([...sending, ...taking, ...working, strike(fleet, plan.fault)]).then(() =>
      fleet.ready(),
    )
    const over = new AbortController()
    const late = wait(SETTLE_MS + plan.ends, 'late' as const, { signal: over.signal }).catch(() => 'late' as const)
    const inTime = await Promise.race([settling.then(() => 'sent' as const), late])
    over.abort()
    const from = Date.now()
    const unsettled =
      inTime === 'late' ? ['deliveries, agents or the fault did not end'] : await settle(store, platform)
    const settledMs = Date.now() - from
    const history: History = {
      said: said.map(({ line, sentAt, ackedAt }): Said => {
        const { id, network, audience, user, text, secrets, deletedAt } = line
        return {
          id: `${network}:${id}`,
          network,
          audience,
          user,
          text,
          secrets,
          sentAt,
          ...(ackedAt ? { ackedAt } : {}),
          ...(deletedAt === undefined ? {} : { changed: true }),
        }
      }),
      seen: platform.seen,
      acts,
      inboxWords: [],
      store: await store.dump(),
    }
    await store.clear()
    return { history, unsettled, settledMs }
  } finally {
    store.close()
    await platform.close()
  }
}

/** Waits until nothing is pending, twice in a row; returns what still is when patience ends. */
async function settle(store: StoreReader, platform: Platform): Promise<string[]> {
  const end = Date.now() + SETTLE_MS
  for (let quiet = 0; ; ) {
    const pending = await store.pending().catch((error: Error) => [`the store: ${error.message}`])
    if (platform.waiting() > 0) pending.push(`${platform.waiting()} deliveries`)
    quiet = pending.length === 0 ? quiet + 1 : 0
    if (quiet >= 2) return []
    if (Date.now() > end) return pending
    await wait(60)
  }
}

/** An agent at work: takes what waits, answers some of it, and lets go of it in one way or another. */
async function serve(agent: Agent, chance: Chance, until: number, acts: Act[]): Promise<void> {
  async function act(what: Act['what'], ticket: TicketSummary, text?: string): Promise<boolean> {
    const askedAt = Date.now()
    const path = `/api/tickets/${ticket.id}/${what === 'reply' ? 'replies' : what}`
    const audience = chance.pick(['public', 'private'] as const)
    const { status } = await agent.call('POST', path, text ? { text, audience } : {})
    acts.push({
      agent: agent.email,
      what,
      ticket: ticket.id,
      customer: ticket.customer.id,
      askedAt,
      ...(status ? { answeredAt: Date.now() } : {}),
      status,
      ...(text ? { text } : {}),
    })
    return status === 200
  }
  for (let n = 0; Date.now() < until; n++) {
    await wait(chance.between(20, 250))
    const { body } = await agent.call('GET', '/api/tickets?state=waiting')
    const tickets = (body.tickets ?? []) as TicketSummary[]
    const ticket = tickets.length > 0 ? chance.pick(tickets) : undefined
    if (!ticket || !(await act('claim', ticket))) continue
    for (let words = chance.between(0, 2); words > 0; words--) {
      await wait(chance.between(10, 200))
      await act(
        'reply',
        ticket,
        `${agent.email.split('@')[0]} here, note ${n}${words} of ${ticket.id}: I am looking into it.`,
      )
    }
    await wait(chance.between(10, 300))
    const end = chance.pick(['release', 'resolve', 'return', 'keep'] as const)
    if (end !== 'keep') await act(end, ticket)
  }
}
