// One run: a plan carried out on a fleet, until all is quiet, and what was seen of it.
import { setTimeout as wait } from 'node:timers/promises'
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
    // However slow the machine is, people work while the bot does.
    let isQuiet = false
    const working = fleet.agents.map((agent, n) =>
      serve(stage, agent, chanceOf(plan.seed, `agent ${n}`), () => isQuiet),
    )
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

/** An agent at work: takes what waits, answers some of it, and lets go of it in one way or another. */
async function serve(stage: Stage, agent: Agent, chance: Chance, isOver: () => boolean): Promise<void> {
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
    const end = chance.pick(['release', 'resolve', 'return', 'keep'] as const)
    if (end !== 'keep') await stage.act(agent, end, ticket)
  }
}
