// Does something to a process exactly before or after one of its calls: the fault points, without a hook in the product.
import { until } from '../test/setup/redis.ts'
import { nameOf } from './commands.ts'
import type { Verdict } from './link.ts'
import type { Running } from './process.ts'
import type { Unit } from './units.ts'

/** A call: `redis COMMIT` or `http POST`, its place among those of its name, and the moment. */
export type Point = {
  readonly wire: 'redis' | 'http'
  readonly name: string
  /** From 1. */
  readonly nth: number
  readonly moment: 'before' | 'after'
}

export type Trap = {
  /** The process that came to the point, once one has; rejects if none does within `ms`. */
  hit(ms?: number): Promise<Running>
  disarm(): void
}

export const sayPoint = ({ wire, name, nth, moment }: Point) => `${moment} ${wire} ${name} #${nth}`

/**
 * Springs when the first of the processes comes to the point: it is killed there, or its call `waits` until the wire
 * flows again.
 */
export function setTrap(processes: readonly Running[], point: Point, then: 'kill' | 'wait'): Trap {
  const counts = new Map<Running, number>()
  let sprung: Running | undefined
  let done = false
  const listen =
    (process: Running, wire: Point['wire']) =>
    (unit: Unit, moment: Point['moment']): Verdict => {
      if (done || moment !== point.moment || wire !== point.wire) return 'on'
      if ((wire === 'redis' ? nameOf(unit) : (unit.words[0] ?? '')) !== point.name) return 'on'
      const count = (counts.get(process) ?? 0) + 1
      counts.set(process, count)
      if (count !== point.nth) return 'on'
      done = true
      if (then === 'kill') process.kill()
      sprung = process
      return then === 'kill' ? 'drop' : 'wait'
    }
  for (const process of processes) {
    process.redis.watch(listen(process, 'redis'))
    for (const link of [process.x, process.graph]) link.watch(listen(process, 'http'))
  }
  return {
    hit: (ms) => until(() => sprung, ms),
    disarm() {
      done = true
      for (const { redis, x, graph } of processes) for (const link of [redis, x, graph]) link.watch(undefined)
    },
  }
}
