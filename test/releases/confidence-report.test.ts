import { expect, test } from '@jest/globals'
import type { Answer, Question } from '#answer'
import type { Content } from '#content'
import { loadContent } from '#content/load'
import type { TurnContext } from '#turn'
import { openConfidenceReport } from '../../src/releases/confidence-report.ts'
import { inFolder } from '../content/folder.ts'
import { until } from '../setup/redis.ts'

const QUESTIONS = 60

async function contentWith(days: number): Promise<Content> {
  const questions = Array.from({ length: QUESTIONS }, (_, i) => `  - May I send thing ${i} back?`).join('\n')
  const article = `---\ntitle: Returns\nquestions:\n${questions}\n---\nWithin ${days} days.\n`
  const loaded = await inFolder({ 'knowledge/returns.md': article, 'policies/refunds.yaml': undefined }, loadContent)
  if (!('content' in loaded)) throw new Error(JSON.stringify(loaded.problems))
  const { content } = loaded
  const confidence = { public: 0.9, private: 'never', draft: 0.3, model: 'a model' } as const
  return { ...content, brand: { ...content.brand, risk: { public: 0.1, private: 0.2 }, confidence } }
}

/** Finds everything, surely; of what it cannot know it is less sure. */
const find = async ({ trial }: Question) => ({
  ranking: [{ article: 'returns', title: 'Returns', score: 1 }],
  confidence: trial?.without ? 0.4 : 0.95,
  by: 'a model',
})
const mindThat = (answer: object) => ({ answer: answer as Answer }) as TurnContext
const compose = async () => ({ outcome: 'abstained' as const })

test('what the listed questions prove is measured once for a version, with progress', async () => {
  let learnt = 0
  const certainty = openConfidenceReport(async () => {
    learnt += 1
    return mindThat({ find, compose })
  })
  const content = await contentWith(30)
  expect(certainty(content)).toMatchObject({ state: 'measuring', version: content.version })
  const seen: number[] = []
  const measured = await until(() => {
    const now = certainty(content)
    if (now.state === 'measured') return now
    seen.push(now.done)
    return undefined
  })
  expect(seen).toEqual(seen.toSorted((one, other) => one - other))
  expect(measured).toMatchObject({ listed: QUESTIONS, tried: QUESTIONS, engine: 'a model', barsFor: 'a model' })
  expect(measured.public).toMatchObject({ risk: 0.1, bar: { from: 0.9, answered: QUESTIONS, wrong: 0 } })
  expect(measured.public.bar?.riskUpTo).toBeCloseTo(1 - 0.05 ** (1 / QUESTIONS), 6)
  expect(measured.private.bar).toBeUndefined()
  const proven = measured.public.steps.filter(({ found }) => 'threshold' in found).map(({ risk }) => risk)
  expect(proven).toEqual([0.05, 0.1, 0.2])
  expect(learnt).toBe(1)

  const other = await contentWith(31)
  expect(certainty(other)).toMatchObject({ state: 'measuring', version: other.version })
  await until(() => certainty(other).state === 'measured')
  expect(learnt).toBe(2)
})

test('what goes wrong is told once, and measured again when somebody asks again', async () => {
  const content = await contentWith(30)
  let isBroken = true
  const certainty = openConfidenceReport(async () => {
    if (isBroken) throw new Error('the engine is gone')
    return mindThat({ find, compose })
  })
  certainty(content)
  await new Promise(setImmediate)
  expect(() => certainty(content)).toThrow('the engine is gone')
  isBroken = false
  await until(() => certainty(content).state === 'measured')
})
