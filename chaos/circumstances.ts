// Circumstances under which a missing safety mechanism shows, most of them brought about at an exact moment.
import { setTimeout as wait } from 'node:timers/promises'
import type { TicketSummary } from '#handoff'
import { until } from '../test/setup/redis.ts'
import { check } from './check.ts'
import type { Fault } from './fault.ts'
import type { Fleet } from './fleet.ts'
import { newLine } from './lines.ts'
import { CALM, drawPlan, type Line, type Size } from './plan.ts'
import { runPlan } from './run.ts'
import { openStage, type Stage } from './stage.ts'
import { setTrap } from './trap.ts'

/** What was found, as kinds of violations; `unsettled` if it never became quiet. */
type Found = readonly string[]
type Circumstance = (fleet: Fleet, seed: number) => Promise<Found>

/** Longer than a lease and a look for stalled jobs. */
const LEASE_OVER_MS = 9_000
/** What is not quiet by then will hardly ever be. */
const QUIET_MS = 30_000
const NO_FAULT: Fault = { type: 'none' }

const QUESTION = 'How long does delivery take?'
const PERSON = 'I want to talk to a human please'

async function planned(fleet: Fleet, seed: number, size: Partial<Size>): Promise<Found> {
  const { history, unsettled } = await runPlan(
    fleet,
    drawPlan(seed, { customers: 100, temper: CALM, fault: NO_FAULT, ...size }),
    QUIET_MS,
  )
  return [...check(history).map(({ kind }) => kind), ...(unsettled.length > 0 ? ['unsettled'] : [])]
}

async function staged(
  fleet: Fleet,
  seed: number,
  act: (stage: Stage) => Promise<void>,
  { settleMs = QUIET_MS, silent = 0 }: { settleMs?: number; silent?: number } = {},
): Promise<Found> {
  const stage = await openStage(fleet, { seed, temper: { ...CALM, silent } })
  try {
    await act(stage)
    const unsettled = await stage.settle(settleMs)
    const kinds = check(await stage.history()).map(({ kind }) => kind)
    await stage.clear()
    return [...kinds, ...(unsettled.length > 0 ? ['unsettled'] : [])]
  } finally {
    await stage.close()
  }
}

/** The customer's ticket, once it waits for an agent and all is quiet. */
async function ticketOf(fleet: Fleet, stage: Stage, { user }: Line): Promise<TicketSummary> {
  const [agent] = fleet.agents
  if (!agent) throw new Error('this fleet has no agents')
  await stage.settle()
  return until(async () => (await stage.tickets(agent)).find(({ customer }) => customer.id.endsWith(`:${user}`)))
}

export const CIRCUMSTANCES = {
  /** Webhooks come twice and thrice, in any order, from customers who write in bursts. */
  duplicates: (fleet, seed) => planned(fleet, seed, {}),

  'lost-answers': (fleet, seed) =>
    planned(fleet, seed, { kinds: ['question'], temper: { ...CALM, ghost: 0.2, loses: 0.2, silent: 1 } }),

  /** The network refuses some of what we say. */
  refusals: (fleet, seed) => planned(fleet, seed, { kinds: ['question'], temper: { ...CALM, refuses: 0.2 } }),

  /** Two things are said at once, in public and in private. */
  'two-effects': (fleet, seed) => planned(fleet, seed, { kinds: ['order'], temper: { ...CALM, slow: 0.5 } }),

  'redis-killed': (fleet, seed) => planned(fleet, seed, { fault: { type: 'kill-redis', at: 700, ms: 800 } }),

  /** A worker stands still before its commit until another has taken the turn. */
  'frozen-turn': (fleet, seed) =>
    staged(fleet, seed, async (stage) => {
      const point = { wire: 'redis', name: 'COMMIT', nth: 1, moment: 'before' } as const
      const held = setTrap(fleet.workers, point, 'wait')
      await stage.say([newLine('facebook', 'private', QUESTION)])
      const process = await held.hit()
      process.freeze()
      await wait(LEASE_OVER_MS)
      await until(() => stage.platform.seen.length > 0)
      process.redis.flow()
      process.thaw()
      held.disarm()
      await wait(1_000)
    }),

  /** A worker stands still before it begins to send, and meanwhile a person claims the case. */
  'frozen-send': (fleet, seed) =>
    staged(fleet, seed, async (stage) => {
      const [agent] = fleet.agents
      const first = newLine('facebook', 'private', PERSON)
      await stage.say([first])
      const ticket = await ticketOf(fleet, stage, first)
      const point = { wire: 'redis', name: 'START', nth: 1, moment: 'before' } as const
      const held = setTrap(fleet.workers, point, 'wait')
      await stage.say([newLine('facebook', 'private', QUESTION, first)])
      const process = await held.hit()
      if (agent) await stage.act(agent, 'claim', ticket)
      await wait(20)
      held.disarm()
      process.redis.flow()
    }),

  /** The bot's words are on their way, slowly, when a person claims the case. */
  'slow-send': (fleet, seed) =>
    staged(fleet, seed, async (stage) => {
      const [agent] = fleet.agents
      const first = newLine('facebook', 'private', PERSON)
      await stage.say([first])
      const ticket = await ticketOf(fleet, stage, first)
      const point = { wire: 'http', name: 'POST', nth: 1, moment: 'before' } as const
      const held = setTrap(fleet.workers, point, 'wait')
      await stage.say([newLine('facebook', 'private', QUESTION, first)])
      const process = await held.hit()
      const claiming = agent && stage.act(agent, 'claim', ticket)
      await wait(1_500)
      held.disarm()
      process.graph.flow()
      await claiming
    }),

  /** The bot has thought and not committed yet when a person claims the case. */
  composing: (fleet, seed) =>
    staged(fleet, seed, async (stage) => {
      const [agent] = fleet.agents
      const first = newLine('facebook', 'private', PERSON)
      await stage.say([first])
      const ticket = await ticketOf(fleet, stage, first)
      const held = setTrap(fleet.workers, { wire: 'redis', name: 'COMMIT', nth: 1, moment: 'before' }, 'wait')
      await stage.say([newLine('facebook', 'private', QUESTION, first)])
      const process = await held.hit()
      if (agent) await stage.act(agent, 'claim', ticket)
      await wait(20)
      held.disarm()
      process.redis.flow()
    }),

  /** A person has the case, and the customer goes on writing. */
  'owned-case': (fleet, seed) =>
    staged(fleet, seed, async (stage) => {
      const [agent] = fleet.agents
      const first = newLine('x', 'private', PERSON)
      await stage.say([first])
      const ticket = await ticketOf(fleet, stage, first)
      if (agent) await stage.act(agent, 'claim', ticket)
      await stage.say([newLine('x', 'private', QUESTION, first)])
    }),

  /** A worker dies when the network has carried the send out and nobody knows yet; the network tells us nothing by itself. */
  'killed-send': (fleet, seed) =>
    staged(
      fleet,
      seed,
      async (stage) => {
        const point = { wire: 'http', name: 'POST', nth: 1, moment: 'after' } as const
        const killed = setTrap(fleet.workers, point, 'kill')
        await stage.say([newLine('facebook', 'private', QUESTION)])
        await killed.hit()
        killed.disarm()
        await fleet.ready()
      },
      { silent: 1 },
    ),

  /** The web process dies when an agent's reply is kept and nobody was told to send it. */
  'killed-desk': (fleet, seed) =>
    staged(
      fleet,
      seed,
      async (stage) => {
        const [agent] = fleet.agents
        const first = newLine('x', 'private', PERSON)
        await stage.say([first])
        const ticket = await ticketOf(fleet, stage, first)
        if (!agent) return
        await stage.act(agent, 'claim', ticket)
        const point = { wire: 'redis', name: 'COMMIT', nth: 1, moment: 'after' } as const
        const killed = setTrap(fleet.webs, point, 'kill')
        await stage.act(agent, 'reply', ticket, { text: 'Amira here: it comes tomorrow.', audience: 'private' })
        await killed.hit()
        killed.disarm()
        await fleet.ready()
      },
      { settleMs: 45_000 },
    ),
} as const satisfies Record<string, Circumstance>
