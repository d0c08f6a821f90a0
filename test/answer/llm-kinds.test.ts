// What a language model is worth, and what a bad one costs: the shop's own questions, each as if no article listed it, and
// each again with its article gone, so that whatever is nearest is wrong.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Answer, type LabelledQuestion, listedQuestions, nearMisses, openAnswer, withModel } from '#answer'
import { openLocalNlu } from '#understanding/local-nlu'
import { openLanguageModel } from '#understanding/models'
import { openSearchEngine, type SearchEngine } from '#understanding/retrieval'
import { CACHE } from '../setup/cache.ts'
import { lies, readsBadly } from '../stand-ins/language-models.ts'
import { type OpenAiStandIn, type Scripted, startOpenAi } from '../stand-ins/openai.ts'
import { chooses, reads } from '../stand-ins/reading.ts'
import { SHOP } from '../understanding/sample-shop.ts'

const AUDIENCES = ['public', 'private'] as const

let finder: SearchEngine
let openai: OpenAiStandIn
let asked: LabelledQuestion
let embedded: Answer
let modelled: Answer
let alone: Counts

beforeAll(async () => {
  finder = await openSearchEngine({ cacheDir: CACHE })
  openai = await startOpenAi()
  const answer = await openAnswer({ finder, content: SHOP })
  // A trial asks no model, so the embedded engine alone knows that it is one.
  const trial = () => (asked.trial ? { trial: asked.trial } : {})
  embedded = { ...answer, find: (question) => answer.find({ ...question, ...trial() }) }
  const log = { warn: () => {} }
  const model = await openLanguageModel({ apiKey: 'sk', baseUrl: openai.baseUrl, model: 'gpt-test', log })
  const local = await openLocalNlu({ finder, content: SHOP })
  modelled = withModel({ ...local, answer: embedded }, model, SHOP, log).answer
  alone = await count(embedded)
})
afterAll(async () => {
  await Promise.all([finder?.close(), openai?.close()])
})

type Counts = { readonly right: number; readonly wrong: number }

async function count(answer: Answer): Promise<Counts> {
  const listed = listedQuestions(SHOP)
  let [right, wrong] = [0, 0]
  for (const one of [...listed, ...nearMisses(listed)]) {
    asked = one
    for (const audience of AUDIENCES) {
      const question = { text: one.question, audience }
      const said = await answer.compose(question, await answer.find(question))
      if (said.outcome === 'abstained') continue
      if (said.article === one.article) right += 1
      else wrong += 1
    }
  }
  return { right, wrong }
}

const measure = (model: Scripted): Promise<Counts> => {
  openai.otherwise(model)
  return count(modelled)
}

describe('with a language model', () => {
  test('that reads well right answers rise by half and wrong ones go', async () => {
    const { right, wrong } = await measure(() =>
      asked.article === null ? reads({ article: 'none' }) : chooses(asked.article),
    )
    expect(right).toBeGreaterThan(1.5 * alone.right)
    expect(wrong).toBe(0)
  })

  test.each<[string, Scripted]>([
    ['reads badly', readsBadly(1)],
    ['reads badly in another way', readsBadly(2)],
    ['lies', lies()],
    ['says nothing that can be used', { blurts: 'As you wish.' }],
  ])(
    'that %s wrong answers do not rise',
    async (_, model) => {
      const { wrong } = await measure(model)
      expect(wrong).toBeLessThanOrEqual(alone.wrong)
    },
    60_000,
  )
})
