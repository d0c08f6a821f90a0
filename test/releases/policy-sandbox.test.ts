import { expect, test } from '@jest/globals'
import type { Content } from '#content'
import { loadContent } from '#content/load'
import type { TurnContext } from '#turn'
import { openPolicySandbox } from '../../src/releases/policy-sandbox.ts'
import { inFolder, REFUNDS } from '../content/folder.ts'

async function contentWith(refunds: string): Promise<Content> {
  const loaded = await inFolder({ 'policies/refunds.yaml': refunds }, loadContent)
  if (!('content' in loaded)) throw new Error(JSON.stringify(loaded.problems))
  return loaded.content
}

test('what a draft teaches is learnt anew, and its rules alone are not', async () => {
  const learnt: Content[] = []
  const bench = openPolicySandbox({
    learn: async (content) => {
      learnt.push(content)
      return {} as TurnContext
    },
  })
  const live = await contentWith(REFUNDS)
  const otherwise = await contentWith(REFUNDS.replace(/because: .*/, 'because: Another reason.'))
  const labelled = await contentWith(`${REFUNDS}messages:\n  - { text: the lamp hums, complaint: minor }\n`)
  await bench.mindOf(live)
  expect((await bench.mindOf(otherwise)).content.rules[0]?.because).toBe('Another reason.')
  expect(learnt).toEqual([live])
  await bench.mindOf(labelled)
  expect(learnt).toEqual([live, labelled])
})
