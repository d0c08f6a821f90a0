// Redis that dies, stands still, is unsafe, full, or without a disk.
import { execFile } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { ownRedis } from '../../test/service/own-redis.ts'
import { until } from '../../test/setup/redis.ts'
import type { Fleet } from '../fleet.ts'
import { newLine } from '../lines.ts'
import type { Line } from '../plan.ts'
import { bodyOf } from '../platform.ts'
import { judged, onFleet, onStage, planned, type Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const QUESTION = 'How long does delivery take?'
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
const newLines = (count: number) => Array.from({ length: count }, () => newLine('x', 'public', QUESTION))

/** What the service says when it is started on this Redis, and the code with which it ends. */
function startOn(redisUrl: string): Promise<{ code: number; said: string }> {
  const env = { PATH: process.env.PATH, PORT: '0', REDIS_URL: redisUrl, WARMLINE_PLAYGROUND: 'off', LOG_LEVEL: 'warn' }
  return new Promise((resolve) => {
    execFile(process.execPath, ['src/main.ts'], { cwd: ROOT, env, timeout: 60_000 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, said: out + err }),
    )
  })
}

/** Delivers once each; resolves to how often each status was answered. */
async function postAll(stage: Stage, lines: readonly Line[]): Promise<ReadonlyMap<number, number>> {
  const statuses = await Promise.all(lines.map((line) => stage.platform.post('x', bodyOf([line]))))
  return new Map([...Map.groupBy(statuses, (status) => status)].map(([status, all]) => [status, all.length]))
}
/** As a network does with what was refused. */
const deliverAll = (stage: Stage, lines: readonly Line[]) => Promise.all(lines.map((line) => stage.say([line])))
const say = (statuses: ReadonlyMap<number, number>) =>
  [...statuses].map(([status, times]) => `${times} × ${status}`).join(', ')

/** Refused while `broken`, and everything taken once it is well again. */
async function refusedWhile(
  fleet: Fleet,
  seed: number,
  trouble: { breaks: (stage: Stage) => Promise<void>; mends: () => Promise<void>; alert: RegExp },
) {
  return onStage(fleet, seed, async (stage) => {
    const before = newLines(10)
    await deliverAll(stage, before)
    await stage.settle()
    await trouble.breaks(stage)
    const [line] = newLines(1)
    await until(async () => line && (await stage.platform.post('x', bodyOf([line]))) === 503, 30_000)
    const refused = newLines(20)
    const statuses = await postAll(stage, refused)
    const told = fleet.webs.some((web) => trouble.alert.test(web.said()))
    const during = deliverAll(stage, refused)
    await wait(1_000)
    await trouble.mends()
    const from = performance.now()
    await during
    const recoveredMs = performance.now() - from
    const { wrong, history } = await judged(fleet, stage)
    const taken = statuses.get(200) ?? 0
    return {
      wrong: [
        ...wrong,
        ...(taken > 0 ? [`${taken} deliveries were answered 200 meanwhile`] : []),
        ...(told ? [] : [`no process said ${trouble.alert}`]),
      ],
      says: `meanwhile ${say(statuses)}; all of them taken ${seconds(recoveredMs)} after; ${history.seen.length} replies to ${history.said.length} messages`,
    }
  })
}

export const redis: Readonly<Record<string, Scenario>> = {
  C4: {
    fault: 'kill -9 of Redis under load, started again on its append-only file (`appendfsync always`)',
    pass: 'nothing acknowledged is lost; the service takes messages again within 10 s and is not restarted',
    run: (seed) =>
      onFleet({ workers: 2 }, async (fleet) => {
        const pids = fleet.all.map(({ pid }) => pid).join()
        const { wrong, history } = await planned(fleet, seed, {
          customers: 120,
          fault: { type: 'kill-redis', at: 900, ms: 1_000 },
        })
        const again = await onStage(fleet, seed, async (stage) => {
          await fleet.redis.kill()
          await wait(1_000)
          const waiting = deliverAll(stage, newLines(20))
          await fleet.redis.start()
          const from = performance.now()
          await waiting
          const ms = performance.now() - from
          return { ms, ...(await judged(fleet, stage)) }
        })
        const restarted = fleet.all.map(({ pid }) => pid).join() === pids ? [] : ['a process was restarted']
        const late = again.ms > 10_000 ? [`taken only ${seconds(again.ms)} after Redis was back`] : []
        return {
          wrong: [...wrong, ...again.wrong, ...restarted, ...late],
          says: `${history.said.length} messages under load; 20 more taken ${seconds(again.ms)} after Redis answered again`,
        }
      }),
  },
  C5: {
    fault: 'Redis stands still (SIGSTOP) for 20 s, longer than a lease',
    pass: 'deliveries are answered 503 and not 200; nothing is doubled after',
    run: (seed) =>
      onFleet({ workers: 2 }, (fleet) =>
        onStage(fleet, seed, async (stage) => {
          await deliverAll(stage, newLines(15))
          fleet.redis.freeze()
          const still = wait(20_000)
          const refused = newLines(20)
          const statuses = await postAll(stage, refused)
          const during = deliverAll(stage, refused)
          await still
          fleet.redis.thaw()
          await during
          const { wrong, history } = await judged(fleet, stage)
          const others = [...statuses.keys()].filter((status) => status !== 503)
          return {
            wrong: [...wrong, ...(others.length > 0 ? [`answered ${others.join(', ')} while Redis stood still`] : [])],
            says: `meanwhile ${say(statuses)}; ${history.seen.length} replies to ${history.said.length} messages`,
          }
        }),
      ),
  },
  C6: {
    fault: 'Redis without an append-only file, or with an eviction policy',
    pass: 'the service refuses to start and names the setting',
    run: async () => {
      const wrong: string[] = []
      for (const [name, value] of [
        ['appendonly', 'no'],
        ['maxmemory-policy', 'allkeys-lru'],
      ] as const) {
        const redis = await ownRedis({ [name]: value })
        await redis.start()
        const { code, said } = await startOn(redis.url)
        await redis.close()
        if (code !== 1 || !said.includes(`\`${name} ${value}\``))
          wrong.push(`with \`${name} ${value}\` it ended with ${code}: ${said}`)
      }
      return { wrong, says: 'both refused with exit code 1 and the setting’s name' }
    },
  },
  C7: {
    fault: 'Redis reaches `maxmemory`',
    pass: 'webhooks are answered 503; nothing is lost; it says what is wrong',
    run: (seed) =>
      onFleet({ workers: 2 }, (fleet) => {
        const limit = (bytes: number) => fleet.redis.ask((client) => client.configSet('maxmemory', String(bytes)))
        return refusedWhile(fleet, seed, {
          breaks: async () => {
            await limit(1_000_000)
          },
          mends: async () => {
            await limit(0)
          },
          alert: /Redis is full/,
        })
      }),
  },
  C17: {
    fault:
      'the disk under the append-only file is full (`appendfsync everysec`; with `always` Redis itself ends, see C4)',
    pass: 'webhooks are answered 503 and never 200; everything is taken when there is room again',
    run: (seed) =>
      onFleet({ workers: 2, redis: { appendfsync: 'everysec' } }, (fleet) =>
        refusedWhile(fleet, seed, {
          breaks: async () => fleet.redis.limitFiles(1),
          mends: async () => fleet.redis.limitFiles('unlimited'),
          alert: /cannot write to its disk/,
        }),
      ),
  },
}
