// The way of one message through the service: every call that its processes make, and a death before and after each.
import { nameOf } from './commands.ts'
import type { Fleet } from './fleet.ts'
import { newLine } from './lines.ts'
import type { Line } from './plan.ts'
import type { Role, Running } from './process.ts'
import type { Stage } from './stage.ts'
import { type Point, setTrap } from './trap.ts'

/** What is said, and to whom. */
export type Kind = 'public question on X' | 'comment about an order' | 'direct message on X' | 'call for a person'

const WAYS: Readonly<Record<Kind, () => Line>> = {
  'public question on X': () => newLine('x', 'public', 'How long does delivery take?'),
  'comment about an order': () => newLine('facebook', 'public', 'Where is my order HL-20419?'),
  'direct message on X': () => newLine('x', 'private', 'Where is your showroom?'),
  'call for a person': () => newLine('facebook', 'private', 'I want to talk to a human please'),
}
export const KINDS = Object.keys(WAYS) as Kind[]

/** What processes ask all the time, whether or not anybody wrote. */
const ALWAYS = new Set(['PING', 'CONFIG', 'INFO', 'CLIENT', 'HELLO', 'EVAL', 'a script', 'BZPOPMIN', 'SUBSCRIBE'])
const KEEPING = /bullmq (moveStalledJobsToWait|extendLocks?)/

/** Every call that a message of this kind makes a process of this role make, in the order of its first try. */
export async function trace(fleet: Fleet, stage: Stage, role: Role, kind: Kind): Promise<Omit<Point, 'moment'>[]> {
  const processes = fleet.all.filter((one) => one.role === role)
  const calls: Omit<Point, 'moment'>[] = []
  const counts = new Map<string, number>()
  const note = (process: Running, wire: Point['wire'], name: string) => {
    if (ALWAYS.has(name) || KEEPING.test(name)) return
    const key = `${process.name} ${wire} ${name}`
    const nth = (counts.get(key) ?? 0) + 1
    counts.set(key, nth)
    if (!calls.some((one) => one.wire === wire && one.name === name && one.nth === nth)) calls.push({ wire, name, nth })
  }
  for (const process of processes) {
    process.redis.watch((unit, moment) => {
      if (moment === 'before') note(process, 'redis', nameOf(unit))
      return 'on'
    })
    for (const link of [process.x, process.graph]) {
      link.watch((unit, moment) => {
        if (moment === 'before') note(process, 'http', unit.words[0] ?? '')
        return 'on'
      })
    }
  }
  await stage.say([WAYS[kind]()])
  await stage.settle()
  for (const { redis, x, graph } of processes) for (const link of [redis, x, graph]) link.watch(undefined)
  return calls
}

/** A process of this role dies at the point while such a message is on its way; false if none came there. */
export async function dieAt(fleet: Fleet, stage: Stage, role: Role, kind: Kind, point: Point): Promise<boolean> {
  const trap = setTrap(
    fleet.all.filter((one) => one.role === role),
    point,
    'kill',
  )
  const said = stage.say([WAYS[kind]()])
  const died = await Promise.race([
    trap.hit(20_000).then(
      () => true,
      () => false,
    ),
    said.then(() => stage.settle()).then(() => false),
  ])
  trap.disarm()
  await fleet.ready()
  await said
  await stage.settle()
  return died
}
