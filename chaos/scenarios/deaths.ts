// Processes that die, stop, stand still or start side by side.
import { setTimeout as wait } from 'node:timers/promises'
import { until } from '../../test/setup/redis.ts'
import { CIRCUMSTANCES } from '../circumstances.ts'
import type { Fleet } from '../fleet.ts'
import { newLine } from '../lines.ts'
import { CALM } from '../plan.ts'
import type { Role } from '../process.ts'
import { judged, onFleet, onStage, planned, type Scenario, type Verdict } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { sayPoint, setTrap } from '../trap.ts'
import { dieAt, KINDS, type Kind, trace } from '../way.ts'

const CALM_SLOW = { ...CALM, slow: 0.2 }
/** Calls after which it says how far it is. */
const TOLD = 5
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

/** A death before and after every call that a message of this kind makes processes of this role make. */
async function dieEverywhere(
  role: Role,
  kinds: readonly Kind[],
  seed: number,
  say: (line: string) => void,
): Promise<Verdict> {
  const wrong: string[] = []
  const figures = { calls: 0, deaths: 0, inDoubt: 0 }
  // Side by side: most of the time goes into waiting for leases to run out.
  await Promise.all(
    kinds.map((kind) =>
      onFleet({ workers: 2 }, (fleet) =>
        onStage(fleet, seed, async (stage) => {
          const calls = await trace(fleet, stage, role, kind)
          figures.calls += calls.length
          for (const [place, call] of calls.entries()) {
            if (place % TOLD === 0) say(`  ${kind}: ${place} of ${calls.length} calls`)
            for (const moment of ['before', 'after'] as const) {
              const died = await dieAt(fleet, stage, role, kind, { ...call, moment })
              if (died) figures.deaths++
              const left = await stage.settle()
              if (left.length > 0)
                wrong.push(`${kind}, ${sayPoint({ ...call, moment })}: never quiet: ${left.join('; ')}`)
            }
          }
          const done = await judged(fleet, stage)
          wrong.push(...done.wrong)
          figures.inDoubt += done.history.store.customers
            .flatMap(({ effects }) => Object.values(effects))
            .filter((state) => state === 'in-doubt').length
        }),
      ),
    ),
  )
  const { calls, deaths, inDoubt } = figures
  return {
    wrong,
    says: `${calls} calls on the way of ${kinds.length} kinds of message, ${deaths} deaths, ${inDoubt} sends left to a person`,
  }
}

/** The web process dies before and after each call that an agent's claim and reply make it make. */
async function dieAtTheDesk(fleet: Fleet, stage: Stage): Promise<number> {
  const [agent] = fleet.agents
  if (!agent) return 0
  let deaths = 0
  const points = ['COMMIT', 'LRANGE', 'HGET', 'bullmq addStandardJob', 'bullmq addDelayedJob'].flatMap((name) =>
    [1, 2, 3, 4].flatMap((nth) =>
      (['before', 'after'] as const).map((moment) => ({ wire: 'redis', name, nth, moment }) as const),
    ),
  )
  for (const point of points) {
    const line = newLine('x', 'private', 'I want to talk to a human please')
    await stage.say([line])
    await stage.settle()
    const ticket = (await stage.tickets(agent)).find(({ customer }) => customer.id.endsWith(`:${line.user}`))
    if (!ticket) throw new Error(`${line.user} has no ticket`)
    const trap = setTrap(fleet.webs, point, 'kill')
    const claimed = await stage.act(agent, 'claim', ticket)
    const text = `Amira here, about ${ticket.id}: it comes tomorrow.`
    const replied = claimed === 200 && (await stage.act(agent, 'reply', ticket, { text, audience: 'private' }))
    trap.disarm()
    if (claimed === 0 || replied === 0) deaths++
    await fleet.ready()
    await stage.settle()
  }
  return deaths
}

export const deaths: Readonly<Record<string, Scenario>> = {
  C1: {
    fault: 'kill -9 of a worker every 300 ms',
    pass: 'nothing lost, doubled or reordered; quiet within 30 s of the last death',
    run: (seed) =>
      onFleet({ workers: 3 }, async (fleet) => {
        const fault = { type: 'kill-workers', times: 12, at: 100, ms: 300 } as const
        const { wrong, settledMs, history } = await planned(fleet, seed, { fault, temper: CALM_SLOW })
        const late = settledMs > 30_000 ? [`quiet only after ${seconds(settledMs)}`] : []
        return {
          wrong: [...wrong, ...late],
          says: `12 deaths, ${history.said.length} messages, quiet after ${seconds(settledMs)}`,
        }
      }),
  },
  C2: {
    fault: 'kill -9 of a worker before and after every Redis command and HTTP call of a message’s way',
    pass: 'one reply and one outcome each; what cannot be known is looked up, or shown to a person',
    run: (seed, say) => dieEverywhere('worker', KINDS, seed, say),
  },
  C3: {
    fault: 'kill -9 of the web process before and after every Redis command of a delivery',
    pass: 'the network delivers again; handled once',
    run: (seed, say) => dieEverywhere('web', KINDS, seed, say),
  },
  C11: {
    fault: 'a worker stands still for longer than its lease: before its commit, after leave to send, during the call',
    pass: 'one reply each; another worker took over',
    run: (seed) =>
      onFleet({ workers: 2 }, (fleet) =>
        onStage(fleet, seed, async (stage) => {
          const points = [
            { wire: 'redis', name: 'COMMIT', nth: 1, moment: 'before' },
            { wire: 'redis', name: 'START', nth: 1, moment: 'after' },
            { wire: 'http', name: 'POST', nth: 1, moment: 'before' },
            { wire: 'http', name: 'POST', nth: 1, moment: 'after' },
          ] as const
          for (const point of points) {
            const trap = setTrap(fleet.workers, point, 'wait')
            await stage.say([newLine('facebook', 'private', 'How long does delivery take?')])
            const process = await trap.hit()
            process.freeze()
            trap.disarm()
            await wait(10_000)
            for (const link of [process.redis, process.x, process.graph]) link.flow()
            process.thaw()
            await stage.settle()
          }
          const { wrong, history } = await judged(fleet, stage)
          return {
            wrong,
            says: `${points.length} times still for 10 s, ${history.seen.length} replies to ${history.said.length} messages`,
          }
        }),
      ),
  },
  C13: {
    fault:
      'kill -9 of the web process while an agent claims and replies; a claim while the bot is composing or sending',
    pass: 'the ticket is there once with every word; the bot says nothing after the claim; the agent’s reply leaves once',
    run: (seed) =>
      onFleet({ workers: 2 }, async (fleet) => {
        const wrong: string[] = []
        let deaths = 0
        await onStage(fleet, seed, async (stage) => {
          deaths = await dieAtTheDesk(fleet, stage)
          wrong.push(...(await judged(fleet, stage)).wrong)
          await stage.clear()
        })
        for (const name of ['frozen-send', 'slow-send', 'composing', 'owned-case'] as const) {
          const found = await CIRCUMSTANCES[name](fleet, seed)
          wrong.push(...found.map((kind) => `${name}: ${kind}`))
        }
        return { wrong, says: `${deaths} deaths at the desk, 4 claims at exact moments` }
      }),
  },
  C18: {
    fault: 'SIGTERM and restart of every process in turn, under load',
    pass: 'nothing lost or doubled; each process ends within 15 s (we promise 10)',
    run: (seed) =>
      onFleet({ webs: 2, workers: 3 }, async (fleet) => {
        const { wrong, ends, history } = await planned(fleet, seed, {
          customers: 120,
          fault: { type: 'rolling-restart', at: 200 },
          temper: CALM_SLOW,
        })
        const longest = Math.max(...ends)
        const late = longest > 10_000 ? [`a process took ${seconds(longest)} to end`] : []
        return {
          wrong: [...wrong, ...late],
          says: `${ends.length} restarts, the longest end ${seconds(longest)}, ${history.said.length} messages`,
        }
      }),
  },
  C20: {
    fault: 'every job is lost, and three workers sweep at once',
    pass: 'everybody is answered once; one ticket each',
    run: (seed) =>
      onFleet({ workers: 3 }, (fleet) =>
        onStage(fleet, seed, async (stage) => {
          for (const worker of fleet.workers) worker.freeze()
          const lines = Array.from({ length: 30 }, () =>
            newLine('facebook', 'private', 'I want to talk to a human please'),
          )
          await Promise.all(lines.map((line) => stage.say([line])))
          // The queues as after a loss; what waits for a turn is still noted.
          const lost = await fleet.redis.ask(async (client) => {
            const keys = await client.keys('{warmline}:turns:*')
            return keys.length > 0 ? client.unlink(keys) : 0
          })
          for (const worker of fleet.workers) worker.thaw()
          await until(() => stage.platform.seen.length >= lines.length, 60_000)
          const { wrong, history } = await judged(fleet, stage)
          const opened = history.store.customers
            .flatMap(({ history }) => history)
            .filter(({ type }) => type === 'ticket-opened')
          const more = opened.length === lines.length ? [] : [`${opened.length} tickets for ${lines.length} customers`]
          return {
            wrong: [...wrong, ...more],
            says: `${lost} keys of jobs gone, ${opened.length} tickets for ${lines.length} customers`,
          }
        }),
      ),
  },
}
