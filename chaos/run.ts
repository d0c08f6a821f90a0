// One run: a plan carried out on a fleet, until all is quiet, and what was seen of it.
import { setTimeout as wait } from 'node:timers/promises'
import type { TicketSummary } from '#handoff'
import type { Agent } from './agent.ts'
import { type Chance, chanceOf } from './chance.ts'
import { strike } from './fault.ts'
import type { Fleet } from './fleet.ts'
import type { Plan } from './plan.ts'
import type { History } from './record.ts'
import { openStage, SETTLE_MS, type Stage } from './stage.ts'

export type Ran = {
  readonly history: History
  /** What had not ended when patience did; empty in a good run. */
  readonly unsettled: readonly string[]
  readonly settledMs: number
  /** How long processes took to end when asked to, in milliseconds. */
  readonly ends: readonly number[]
  /** See Platform. */
  readonly impatient: number
}

export async function runPlan(fleet: Fleet, plan: Plan, settleMs = SETTLE_MS): Promise<Ran> {
  const stage = await openStage(fleet, plan)
  try {
    const start = Date.now()
    const until = (at: number) => wait(Math.max(0, start + at - Date.now()))
    const sending = plan.deliveries.flatMap(({ lines, times }) =>
      times.map((at) => until(at).then(() => stage.say(lines))),
    )
    const taking = plan.lines.flatMap((line) =>
      line.deletedAt === undefined ? [] : [until(line.deletedAt).then(() => stage.takeBack(line))],
    )
    const answering = plan.lines.flatMap((line) =>
      line.answeredAt === undefined ? [] : [until(line.answeredAt).then(() => stage.answerInInbox(line))],
    )
    // Whoever comes back goes to the agent who helped them.
    await Promise.all(fleet.agents.map((agent) => agent.call('PUT', '/api/session/presence', { presence: 'on-duty' })))
    // However slow the machine is, people work while the bot does.
    let isQuiet = false
    const at = (n: number) => ({ chance: chanceOf(plan.seed, `agent ${n}`), isOver: () => isQuiet })
    const working = [
      ...fleet.agents.map((agent, n) => serve(stage, agent, colleaguesOf(fleet, agent), at(n))),
      supervise(stage, fleet, at(fleet.agents.length)),
    ]
    const striking = strike(fleet, plan.fault)
    const all = Promise.all([...sending, ...taking, ...answering, striking])
    const over = new AbortController()
    const late = wait(settleMs + plan.ends, true, { signal: over.signal }).catch(() => true)
    const isLate = await Promise.race([all.then(() => fleet.ready()).then(() => false), late])
    over.abort()
    const from = performance.now()
    const pending = isLate ? ['deliveries or the fault did not end'] : await stage.settle(settleMs)
    isQuiet = true
    await Promise.all(working)
    const unsettled = pending.length > 0 ? pending : await stage.settle(settleMs)
    const settledMs = performance.now() - from
    const history = await stage.history()
    await stage.clear()
    const ends = isLate ? [] : await striking
    return { history, unsettled, settledMs, ends, impatient: stage.platform.impatient() }
  } finally {
    await stage.close()
  }
}

/** Tickets that an agent takes in one run; some stay with nobody. */
const CLAIMS = 8

/** Times that the supervisor moves a ticket in one run. */
const MOVES = 6

/** Teams of the sample brand and one that no rule names. */
const TEAMS = ['customer-care', 'press', 'night-shift'] as const

type At = { readonly chance: Chance; readonly isOver: () => boolean }

const colleaguesOf = ({ agents }: Fleet, agent: Agent): readonly Agent[] => agents.filter((other) => other !== agent)

/** An agent at work: takes what waits, answers some of it, and lets go of it in one way or another. */
async function serve(stage: Stage, agent: Agent, colleagues: readonly Agent[], { chance, isOver }: At): Promise<void> {
  const name = agent.email.split('@')[0]
  for (let n = 0; n < CLAIMS && !isOver(); ) {
    await wait(chance.between(20, 200))
    const tickets = await stage.tickets(agent)
    const ticket = tickets.length > 0 ? chance.pick(tickets) : undefined
    if (!ticket || (await stage.act(agent, 'claim', ticket)) !== 200) continue
    n++
    for (let words = chance.between(0, 2); words > 0; words--) {
      await wait(chance.between(10, 150))
      const text = `${name} here, note ${n}${words} of ${ticket.id}: I am looking into it.`
      await stage.act(agent, 'reply', ticket, { text, audience: chance.pick(['public', 'private'] as const) })
    }
    await wait(chance.between(10, 200))
    if (chance.is(0.25)) await putAside(stage, agent, ticket, chance)
    if (chance.is(0.3)) await mergeAnother(stage, agent, ticket, chance)
    const end = chance.pick(['release', 'resolve', 'return', 'reopen', 'team', 'colleague', 'keep'] as const)
    if (end === 'release' || end === 'resolve' || end === 'return') await stage.act(agent, end, ticket)
    if (end === 'reopen') {
      await stage.act(agent, 'resolve', ticket)
      await wait(chance.between(0, 400))
      await stage.act(agent, 'reopen', ticket)
    }
    if (end === 'team') await stage.act(agent, 'transfer', ticket, { team: chance.pick(TEAMS) })
    if (end === 'colleague') await handOver(stage, agent, ticket, chance.pick(colleagues), chance)
  }
}

/** Puts a ticket aside for a moment, or until the customer writes or it is taken up again. */
async function putAside(stage: Stage, agent: Agent, ticket: TicketSummary, chance: Chance): Promise<void> {
  if (chance.is(0.5)) {
    await stage.act(agent, 'snooze', ticket, { until: new Date(Date.now() + chance.between(50, 600)).toISOString() })
    return
  }
  await stage.act(agent, 'snooze', ticket)
  await wait(chance.between(10, 400))
  await stage.act(agent, 'unsnooze', ticket)
}

/** Merges another ticket into one, answers its customer there, and may split it off again. */
async function mergeAnother(stage: Stage, agent: Agent, ticket: TicketSummary, chance: Chance): Promise<void> {
  const others = await stage.tickets(agent, chance.is(0.8) ? 'waiting' : 'claimed')
  const other = others.length > 0 ? chance.pick(others) : undefined
  if (!other || other.id === ticket.id) return
  if ((await stage.act(agent, 'merge', other, { into: ticket.id })) !== 200) return
  await wait(chance.between(0, 200))
  if (chance.is(0.7)) {
    const text = `${agent.email.split('@')[0]} here in ${ticket.id}, about ${other.id}: I am looking into it.`
    await stage.act(agent, 'reply', ticket, {
      text,
      audience: chance.pick(['public', 'private'] as const),
      part: other,
    })
  }
  await wait(chance.between(0, 300))
  if (chance.is(0.4)) await stage.act(agent, 'split', other)
}

/** Hands a ticket to a colleague and writes to the customer at the same time: that is sent before, or refused. */
async function handOver(
  stage: Stage,
  agent: Agent,
  ticket: TicketSummary,
  colleague: Agent,
  chance: Chance,
): Promise<void> {
  const words = (one: Agent, says: string) => ({
    text: `${one.email.split('@')[0]} here about ${ticket.id}: ${says}`,
    audience: chance.pick(['public', 'private'] as const),
  })
  await Promise.all([
    stage.act(agent, 'transfer', ticket, { to: colleague.email }),
    stage.act(agent, 'reply', ticket, words(agent, 'my colleague looks into it.')),
    stage.act(colleague, 'reply', ticket, words(colleague, 'I look into it.')),
  ])
}

/** A supervisor at work: gives what waits to somebody, takes what somebody holds, puts it into another team. */
async function supervise(stage: Stage, fleet: Fleet, { chance, isOver }: At): Promise<void> {
  for (let n = 0; n < MOVES && !isOver(); ) {
    await wait(chance.between(50, 400))
    const tickets = await stage.tickets(fleet.lead, chance.pick(['waiting', 'claimed'] as const))
    const ticket = tickets.length > 0 ? chance.pick(tickets) : undefined
    if (!ticket) continue
    n++
    if (chance.is(0.3)) {
      await mergeAnother(stage, fleet.lead, ticket, chance)
      continue
    }
    const where = chance.is(0.3)
      ? { team: chance.pick(TEAMS) }
      : { to: chance.pick([...fleet.agents, fleet.lead]).email }
    await stage.act(fleet.lead, 'transfer', ticket, where)
  }
}
