// The one thing that goes wrong in a run, at an instant drawn from its seed.
import { setTimeout as wait } from 'node:timers/promises'
import type { Chance } from './chance.ts'
import type { Fleet } from './fleet.ts'
import type { Running } from './process.ts'

type Where = 'web' | 'worker'

/** `at` and `ms` in milliseconds; `which` chooses among the processes of that role. */
export type Fault =
  | { readonly type: 'none' }
  | {
      readonly type: 'kill' | 'freeze'
      readonly role: Where
      readonly which: number
      readonly at: number
      readonly ms: number
    }
  /** `times` kills, one after the other. */
  | { readonly type: 'kill-workers'; readonly times: number; readonly at: number; readonly ms: number }
  | { readonly type: 'kill-redis' | 'freeze-redis'; readonly at: number; readonly ms: number }
  | { readonly type: 'rolling-restart'; readonly at: number }
  | {
      readonly type: 'stall' | 'cut'
      readonly wire: 'redis' | 'platform'
      readonly which: number
      readonly at: number
      readonly ms: number
    }

export function drawFault(chance: Chance, span: number): Fault {
  const at = chance.between(0, span)
  const which = chance.between(0, 99)
  const role = chance.pick(['web', 'worker', 'worker'] as const)
  const wire = chance.pick(['redis', 'platform'] as const)
  switch (
    chance.pick(['kill', 'kill', 'kill', 'kill-redis', 'kill-redis', 'term', 'freeze', 'freeze-redis', 'stall', 'cut'])
  ) {
    case 'kill':
      return { type: 'kill', role, which, at, ms: chance.between(0, 500) }
    case 'kill-redis':
      return { type: 'kill-redis', at, ms: chance.between(0, 1_500) }
    case 'term':
      return { type: 'rolling-restart', at }
    case 'freeze':
      return { type: 'freeze', role, which, at, ms: chance.pick([400, 1_500, 7_000]) }
    case 'freeze-redis':
      return { type: 'freeze-redis', at, ms: chance.pick([400, 1_500, 7_000]) }
    case 'stall':
      return { type: 'stall', wire, which, at, ms: chance.pick([400, 1_500, 7_000]) }
    default:
      return { type: 'cut', wire, which, at, ms: 0 }
  }
}

export const sayFault = (fault: Fault): string => JSON.stringify(fault).replaceAll('"', '')

/** Does the harm and makes it good again; resolves then to how long processes took to end when asked, in milliseconds. */
export async function strike(fleet: Fleet, fault: Fault): Promise<readonly number[]> {
  const ends: number[] = []
  if (fault.type === 'none') return ends
  await wait(fault.at)
  const oneOf = (all: readonly Running[], which: number) => all[which % all.length]
  switch (fault.type) {
    case 'kill':
      oneOf(fault.role === 'web' ? fleet.webs : fleet.workers, fault.which)?.kill(fault.ms)
      return ends
    case 'kill-workers':
      for (let n = 0; n < fault.times; n++) {
        oneOf(fleet.workers, n)?.kill(0)
        await wait(fault.ms)
      }
      return ends
    case 'freeze': {
      const process = oneOf(fleet[fault.role === 'web' ? 'webs' : 'workers'], fault.which)
      process?.freeze()
      await wait(fault.ms)
      process?.thaw()
      return ends
    }
    case 'kill-redis':
      await fleet.redis.kill()
      await wait(fault.ms)
      await fleet.redis.start()
      return ends
    case 'freeze-redis':
      fleet.redis.freeze()
      await wait(fault.ms)
      fleet.redis.thaw()
      return ends
    case 'rolling-restart':
      for (const process of fleet.all) {
        ends.push(await process.restart())
        await process.ready()
      }
      return ends
    case 'stall':
    case 'cut': {
      const process = oneOf(fleet.all, fault.which)
      const links = process ? (fault.wire === 'redis' ? [process.redis] : [process.x, process.graph]) : []
      for (const link of links) link[fault.type]()
      await wait(fault.ms)
      for (const link of links) link.flow()
    }
  }
  return ends
}
