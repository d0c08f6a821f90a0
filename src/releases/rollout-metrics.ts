// Counts in Redis how the versions of a rollout fare, and how a shadow version agrees.
import type { CustomerId, CustomerSnapshot, HistoryEvent } from '#domain'
import type { Redis } from '#redis'
import { KEYS } from '#redis/keys'
import type { TurnResult } from '#turn'
import { FIGURES, NO_FIGURES, type RolloutMetric, type RolloutMetrics } from './regression-guard.ts'
import type { Rollout } from './release-state.ts'
import { outcomesDiffer, type TurnOutcome } from './simulator/turn-outcome.ts'

/** A turn that was committed. */
export type CommittedTurn = {
  readonly customer: CustomerId
  /** What was known before it. */
  readonly open: CustomerSnapshot
  readonly thought: TurnResult
  readonly version: string
}

/** What is told of a turn in which a silent version decided otherwise. Words stay with the customer. */
type Differing = {
  readonly case: string
  readonly at: number
  readonly before: TurnOutcome
  readonly after: TurnOutcome
}
export type Agreement = {
  readonly turns: number
  readonly same: number
  /** Turns that are not compared: something outside would have had to be asked a second time. */
  readonly leftOut: number
  readonly differing: readonly Differing[]
}

type Taken = Extract<HistoryEvent, { type: 'turn-taken' }>
export const isTaken = (event: HistoryEvent): event is Taken => event.type === 'turn-taken'

/** Mood below which a customer is annoyed. */
const NEGATIVE = -0.3
const SHOWN = 20
const KEEP_S = 90 * 86_400

export type RolloutCounters = ReturnType<typeof openRolloutMetrics>

export function openRolloutMetrics(redis: Redis) {
  return {
    /** Counts a turn for the version that decided it, and what the customer says now for the one that answered before. */
    async count(rollout: Rollout, { open, thought, version }: CommittedTurn): Promise<void> {
      const key = KEYS.release.metrics(rollout.id)
      await Promise.all([
        ...countedOf(rollout, open, thought, version).map((field) => redis.hIncrBy(key, field, 1)),
        redis.expire(key, KEEP_S),
      ])
    },

    async figures({ id, version, base }: Rollout): Promise<Record<string, RolloutMetrics>> {
      const counted = await redis.hGetAll(KEYS.release.metrics(id))
      const of = (one: string): RolloutMetrics =>
        Object.fromEntries(
          Object.keys(NO_FIGURES).map((name) => [name, Number(counted[`${one}/${name}`] ?? 0)]),
        ) as RolloutMetrics
      return { [version]: of(version), [base]: of(base) }
    },

    async compare(
      rollout: Rollout,
      about: { case: string; at: number },
      before: TurnOutcome,
      after: TurnOutcome,
    ): Promise<void> {
      const [key, list] = [KEYS.release.agreement(rollout.id), KEYS.release.differing(rollout.id)]
      const same = before.verdict === after.verdict && !outcomesDiffer(before, after)
      await redis.hIncrBy(key, 'turns', 1)
      if (same) await redis.hIncrBy(key, 'same', 1)
      else {
        const told: Differing = { ...about, before: withoutWords(before), after: withoutWords(after) }
        await redis.lPush(list, JSON.stringify(told))
        await redis.lTrim(list, 0, SHOWN - 1)
      }
      await Promise.all([redis.expire(key, KEEP_S), redis.expire(list, KEEP_S)])
    },

    async leaveOut({ id }: Rollout): Promise<void> {
      await Promise.all([
        redis.hIncrBy(KEYS.release.agreement(id), 'left-out', 1),
        redis.expire(KEYS.release.agreement(id), KEEP_S),
      ])
    },

    async agreement({ id }: Rollout): Promise<Agreement> {
      const [counted, differing] = await Promise.all([
        redis.hGetAll(KEYS.release.agreement(id)),
        redis.lRange(KEYS.release.differing(id), 0, -1),
      ])
      return {
        turns: Number(counted.turns ?? 0),
        same: Number(counted.same ?? 0),
        leftOut: Number(counted['left-out'] ?? 0),
        differing: differing.map((raw) => JSON.parse(raw) as Differing),
      }
    },
  }
}

/** Why is the rules' own sentence; what the gate objected to may quote what was said. */
function withoutWords({ verdict, outcome, rule, because }: TurnOutcome): TurnOutcome {
  return { verdict, outcome, rule, because: rule === 'gate' ? 'the gate stopped its words' : because, replies: [] }
}

/** Fields to raise by one. */
function countedOf(
  { startedAt }: Rollout,
  { history }: CustomerSnapshot,
  thought: TurnResult,
  version: string,
): string[] {
  const events = thought.change.events ?? []
  const understanding = events.find(isTaken)?.understanding
  const before = history.findLast(isTaken)
  const own: Partial<Record<RolloutMetric, boolean>> = {
    escalated: thought.outcome === 'escalated',
    blocked: events.some((event) => event.type === 'gate-blocked'),
  }
  const former: Partial<Record<RolloutMetric, boolean>> =
    before && before.at >= startedAt && understanding
      ? { complaints: understanding.complaint !== 'none', negative: understanding.sentiment <= NEGATIVE }
      : {}
  const named = (of: Partial<Record<RolloutMetric, boolean>>, one: string) =>
    FIGURES.flatMap((figure) => (of[figure] ? [`${one}/${figure}`] : []))
  return [`${version}/turns`, ...named(own, version), ...(before ? named(former, before.version) : [])]
}
