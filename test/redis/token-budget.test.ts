// What the language model costs: counted, priced and limited for all processes together.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openMetrics } from '../../src/http/metrics.ts'
import { openTokenBudget, tokensKey } from '../../src/redis/store/token-budget.ts'
import { startTestRedis, type TestRedis, until } from '../setup/redis.ts'

let redis: TestRedis
beforeAll(async () => {
  redis = await startTestRedis()
})
afterAll(() => redis.close())

const NOON = Date.parse('2026-11-27T12:00:00Z')

function open(options: { dailyTokens?: number; now?: () => number } = {}) {
  const warnings: string[] = []
  const figures = openMetrics(async () => ({ waiting: 0, lag: 0, stuck: 0, tickets: 0, effects: 0 }), {
    input: 0.5,
    output: 2,
  })
  const account = openTokenBudget({
    redis: redis.connections.main,
    figures,
    now: () => NOON,
    log: { warn: (_: object, message: string) => void warnings.push(message) } as never,
    ...options,
  })
  const value = async (name: string) => {
    const text = await figures.registry.getSingleMetricAsString(name)
    return text.split('\n').filter((line) => !line.startsWith('#'))
  }
  return { account, warnings, value }
}

const counted = (now: number) => redis.connections.main.get(tokensKey(now)).then(Number)

test('tokens, questions and money are counted', async () => {
  const { account, value } = open()
  account.used({ input: 1_000_000, output: 500_000 })
  account.asked('answer', 'answered')
  account.asked('understanding', 'unusable')
  expect(await value('warmline_model_tokens_total')).toEqual([
    'warmline_model_tokens_total{direction="in"} 1000000',
    'warmline_model_tokens_total{direction="out"} 500000',
  ])
  expect(await value('warmline_model_questions_total')).toEqual([
    'warmline_model_questions_total{question="answer",fate="answered"} 1',
    'warmline_model_questions_total{question="understanding",fate="unusable"} 1',
  ])
  expect(await value('warmline_model_cost_total')).toEqual(['warmline_model_cost_total 1.5'])
  expect(await account.mayAsk()).toBe(true)
  expect(await counted(NOON)).toBe(0)
})

test('a day’s tokens are shared by all processes, and tomorrow there are new ones', async () => {
  let now = NOON
  const one = open({ dailyTokens: 250, now: () => now })
  const other = open({ dailyTokens: 250, now: () => now })
  one.account.used({ input: 100, output: 20 })
  await until(async () => (await counted(now)) === 120)
  expect([await one.account.mayAsk(), await other.account.mayAsk()]).toEqual([true, true])
  other.account.used({ input: 100, output: 40 })
  await until(async () => (await counted(now)) === 260)
  expect([await one.account.mayAsk(), await other.account.mayAsk()]).toEqual([false, false])
  await until(() => other.warnings.length === 1)
  expect(one.warnings).toEqual([])
  now += 86_400_000
  expect(await one.account.mayAsk()).toBe(true)
})
