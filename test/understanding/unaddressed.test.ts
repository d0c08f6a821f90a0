// Whoever speaks of the brand without addressing it: who is glad of help, and who is left alone.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { LeaveAlone } from '#domain'
import { scoreUnaddressed } from '#understanding'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { openSampleEngine } from '../setup/pipeline.ts'
import { ALONE, FRESH_ALONE, FRESH_HELPABLE, HELPABLE, type Heard } from './unaddressed-posts.ts'

/** Where the sample rules begin to help. */
const BAR = 0.5
const TERMS = ['Harbour Lane', 'HarbourLane']

let shop: LocalEngine
beforeAll(async () => {
  shop = await openSampleEngine()
})
afterAll(() => shop?.close())

async function weigh({ text, aside = {} }: Heard, not: readonly string[] = []) {
  const understanding = await shop.context.understand({ text, audience: 'public', channel: 'x', history: [] })
  return scoreUnaddressed({ text, understanding, aside, terms: TERMS, not })
}

async function measure(helpable: readonly Heard[], alone: readonly Heard[]) {
  const found = async (posts: readonly Heard[]) => {
    const weighed = await Promise.all(posts.map(async (post) => ({ ...post, ...(await weigh(post)) })))
    return weighed.filter((one) => one.helpable >= BAR).map(({ text }) => text)
  }
  const [right, wrong] = [await found(helpable), await found(alone)]
  return {
    posts: helpable.length + alone.length,
    missed: helpable.flatMap(({ text }) => (right.includes(text) ? [] : [text])),
    wrong,
    recall: right.length / helpable.length,
    precision: right.length / (right.length + wrong.length),
  }
}

test('on our own posts everybody who needs help is found, and nobody else', async () => {
  expect(await measure(HELPABLE, Object.values(ALONE).flat())).toEqual({
    ...{ posts: 81, missed: [], wrong: [] },
    ...{ recall: 1, precision: 1 },
  })
})

test('on posts that were not there while the rules were written', async () => {
  expect(await measure(FRESH_HELPABLE, FRESH_ALONE)).toEqual({
    ...{ posts: 40, missed: [], wrong: [] },
    ...{ recall: 1, precision: 1 },
  })
})

const BECAUSE: Readonly<Record<string, LeaveAlone>> = {
  news: 'news',
  sarcasm: 'sarcasm',
  competitors: 'competitor',
  conversation: 'conversation',
  quotes: 'quote',
  jokes: 'joke',
  jobs: 'job',
  praise: 'praise',
  spam: 'spam',
  'another of that name': 'not-about-us',
}
describe('who is left alone is so for the right reason', () => {
  test.each(Object.entries(BECAUSE))('%s', async (kind, reason) => {
    for (const post of ALONE[kind] ?? []) {
      const { against } = await weigh(post)
      expect({ text: post.text, against }).toEqual({ text: post.text, against: expect.arrayContaining([reason]) })
    }
  })
})

describe('whatever somebody needs', () => {
  const text = 'My Harbour Lane lamp arrived broken, how do I send it back?'

  test('they are helped where they speak to nobody in particular', async () => {
    expect((await weigh({ text })).helpable).toBeGreaterThan(BAR)
    expect((await weigh({ text: text.replace('Harbour Lane', '#HarbourLane') })).helpable).toBeGreaterThan(BAR)
  })

  test.each<[string, Heard, LeaveAlone]>([
    ['they answer somebody', { text, aside: { answers: true } }, 'conversation'],
    ['they show somebody’s post', { text, aside: { quotes: true } }, 'quote'],
    ['they ask somebody', { text: `@ben ${text}` }, 'conversation'],
    ['they speak of somebody else', { text: text.replace('Harbour Lane', 'Quay Row') }, 'not-about-us'],
    ['they name a competitor', { text: `${text} Going to IKEA next time` }, 'competitor'],
  ])('they are left alone where %s', async (_, post, reason) => {
    const { helpable, against } = await weigh(post)
    expect(helpable).toBeLessThan(BAR)
    expect(against).toContain(reason)
  })

  test('a phrase of the owner’s shows that something else of that name is meant', async () => {
    expect(await weigh({ text }, ['lamp post'])).toMatchObject({ against: [] })
    expect(await weigh({ text: `${text} (the lamp post)` }, ['lamp post'])).toMatchObject({ against: ['not-about-us'] })
  })
})
