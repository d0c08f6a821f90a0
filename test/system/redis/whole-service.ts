// The whole service on a Redis of the test's own, with customers who ask on X.

import { X, xVariables } from '../../service/accounts.ts'
import { eventsOf } from '../../service/records.ts'
import { until } from '../../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../../setup/service.ts'
import { nextXId, xMention } from '../../stand-ins/deliveries.ts'
import { startXApi, type XApi } from '../../stand-ins/x-api.ts'

const QUESTION = 'How much is standard delivery?'

export type Care = {
  readonly service: TestService
  readonly lead: Person
  readonly x: XApi
  /** Delivers a question of a customer who asks nothing else; returns the webhook's answer. */
  deliver(id: string, text?: string): Promise<number>
  /** As a network does: again and again until it is taken. */
  deliverUntilTaken(id: string): Promise<unknown>
  repliesTo(id: string): number
  /** Waits until every one of these has a reply; then each has exactly one. */
  answered(ids: readonly string[]): Promise<number[]>
  /** Waits until every one of these has one reply, or was shown to a person because nobody can tell. */
  settled(ids: readonly string[]): Promise<void>
  /** What /health/ready says of Redis: 'ok', or what is wrong. */
  redisHealth(): Promise<string>
  customerOf(id: string): string
  close(): Promise<void>
}

export async function openCare(redisUrl: string, variables: Record<string, string> = {}): Promise<Care> {
  const x = await startXApi(X)
  const service = await startTestService({ REDIS_URL: redisUrl, ...xVariables(x.url), ...variables })
  const lead = await service.signIn()
  const userOf = (id: string) => `5${id.slice(-8)}`
  const deliver = (id: string, text = QUESTION) =>
    x.deliver(`${service.url}/webhooks/x`, xMention({ to: X.userId, from: userOf(id), text, id }))
  const repliesTo = (id: string) => x.posts.filter((post) => post.inReplyTo === id).length
  return {
    service,
    lead,
    x,
    deliver,
    deliverUntilTaken: (id) => until(async () => (await deliver(id)) === 200),
    repliesTo,
    async answered(ids) {
      for (const id of ids) await until(() => repliesTo(id) > 0)
      return ids.map(repliesTo)
    },
    async settled(ids) {
      const inDoubt = async (id: string) =>
        (await eventsOf(lead, `x:${X.userId}:${userOf(id)}`)).some((event) => event.type === 'effect-in-doubt')
      for (const id of ids) await until(async () => repliesTo(id) > 0 || inDoubt(id))
      const twice = ids.filter((id) => repliesTo(id) > 1)
      if (twice.length) throw new Error(`answered more than once: ${twice}`)
    },
    async redisHealth() {
      const response = await fetch(`${service.url}/health/ready`)
      const { parts } = (await response.json()) as { parts: { part: string; ok: boolean; because?: string }[] }
      const redis = parts.find((one) => one.part === 'redis')
      return redis?.ok ? 'ok' : (redis?.because ?? 'unknown')
    },
    customerOf: (id) => `x:${X.userId}:${userOf(id)}`,
    async close() {
      await service.close()
      await x.close()
    },
  }
}

/** Ids of so many posts that nobody has written before. */
export const newPosts = (many: number): string[] => Array.from({ length: many }, nextXId)
