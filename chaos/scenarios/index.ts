import type { Scenario } from '../scenario.ts'
import { deaths } from './deaths.ts'
import { mind } from './mind.ts'
import { network } from './network.ts'
import { redis } from './redis.ts'

const all: Readonly<Record<string, Scenario>> = { ...deaths, ...redis, ...network, ...mind }
const numberOf = (name: string) => Number(name.slice(1))

/** By name, in the order of their numbers. */
export const SCENARIOS: ReadonlyMap<string, Scenario> = new Map(
  Object.entries(all).toSorted(([one], [other]) => numberOf(one) - numberOf(other)),
)
