// Does something to a process exactly before or after one of its calls: the fault points, without a hook in the product.
import { nameOf } from './commands.ts'
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
  /** The process that came to the point, once one has. */
  readonly hit: Promise<Running>
  isHit(): boolean
  disarm(): void
}

export const sayPoint = ({ wire, name, nth, moment }: Point) => `${moment} ${wire} ${name} #${nth}`

/** The first of the processes that comes to the point has `act` done to it; nothing of it moves on that wire any more. */
export function setTrap(processes: readonly Running[], point: Point, act: (process: Running) => void): Trap {
  const counts = new Map<Running, number>()
  let tell: (process: Running) => void = () => {}
  let done = false
  const hit = new Promise<Running>((resolve) => {
    tell = resolve
  })
  const listen = (process: Running, wire: Point['wire']) => (unit: Unit, moment: Point['moment']) => {
    if (done || moment !== point.moment || wire !== point.wire) return false
    if ((wire === 'redis' ? nameOf(unit) : (unit.words[0] ?? '')) !== point.name) return false
    const count = (counts.get(process) ?? 0) + 1
    counts.set(process, count)
    if (count !== point.nth) return false
    done = true
    act(process)
    tell(process)
    return true
  }
  for (const process of processes) {
    process.redis.watch(listen(process, 'redis'))
    for (const link of [process.x, process.graph]) link.watch(listen(process, 'http'))
  }
  return {
    hit,
    isHit: () => done,
    disarm() {
      done = true
      for (const { redis, x, graph } of processes) for (const link of [redis, x, graph]) link.watch(undefined)
    },
  }
}
