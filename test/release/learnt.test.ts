import { describe, expect, test } from '@jest/globals'
import type { Article } from '#content'
import { articleHead } from '../../src/content/article.ts'
import type { Draft } from '../../src/release/draft.ts'
import { isOpenForWordings, judge, messageOf, relaid } from '../../src/release/learnt.ts'

const article = (id: string, questions: string[], not: string[] = []): Article => ({
  ...articleHead.parse({ title: `About ${id}`, questions, not }),
  id,
  body: 'Words.',
})
const ARTICLES = [article('doors', ['will it fit'], ['is it heavy']), article('lifts', ['is there a lift?'])]
const asked = (wording: string, id = 'doors') => ({ article: id, wording, by: 'jo@brand.example', ticket: 'T-2' })
const draft = (id: string, wording: string): Draft => ({
  ...{ schema: 1, id: 'd1', title: 'x', by: 'ada@brand.example', at: 1, changedBy: 'x', changedAt: 1, revision: 1 },
  ...{ state: 'proposed', base: 'a', files: {}, version: 'b', approvals: [], writers: [] },
  learnt: [{ article: id, wording, by: 'ada@brand.example', ticket: 'T-1', at: 1 }],
})

describe('a wording', () => {
  test('that nobody lists is added', () => {
    expect(judge(asked('does it go through my door'), ARTICLES, [])).toEqual({ add: ARTICLES[0] })
  })

  test.each([
    [
      'another article lists',
      asked('Is there a LIFT'),
      '“About lifts” (`lifts`) lists these words already, and only one article can',
    ],
    ['the article lists', asked('Will it fit?!'), '“About doors” lists these words already'],
    [
      'the article does not answer',
      asked('is it heavy?'),
      '“About doors” lists these words among those that it does not answer',
    ],
    ['is for an article that is not there', asked('x', 'sofas'), 'there is no article `sofas`'],
  ])('that %s is refused, in a sentence', (_, one, because) => {
    expect(judge(one, ARTICLES, [])).toMatchObject({ refused: expect.any(String), because })
  })

  test('that waits in a draft of a colleague is not proposed twice, and for another article not at all', () => {
    const waiting = [draft('doors', 'how wide is it?')]
    expect(judge(asked('How wide is it'), ARTICLES, waiting)).toMatchObject({ known: { id: 'd1' } })
    expect(judge(asked('How wide is it', 'lifts'), ARTICLES, waiting)).toMatchObject({
      because: 'ada@brand.example has proposed these words for “About doors” (`doors`) already',
    })
  })
})

describe('what an article answered wrongly', () => {
  const wrong = (wording: string, id = 'doors') => ({ ...asked(wording, id), wins: false as const })

  test('is added to what it does not answer, also where another article answers it', () => {
    expect(judge(wrong('is there a lift?'), ARTICLES, [])).toEqual({ add: ARTICLES[0] })
  })

  test.each([
    ['lists it as its own', wrong('will it fit?'), '“About doors” lists these words among those that it answers'],
    [
      'knows it already',
      wrong('IS it heavy'),
      '“About doors” lists these words already, among those that it does not answer',
    ],
  ])('is refused where the article %s', (_, one, because) => {
    expect(judge(one, ARTICLES, [])).toMatchObject({ refused: 'conflict', because })
  })

  test('waits once, for many articles, and not for the one that is to win it', () => {
    const [of] = draft('doors', 'how wide is it?').learnt ?? []
    if (!of) throw new Error('no wording')
    const marked = { ...draft('doors', ''), learnt: [{ ...of, wins: false as const }] }
    expect(judge(wrong('How wide is it'), ARTICLES, [marked])).toMatchObject({ known: { id: 'd1' } })
    expect(judge(wrong('How wide is it', 'lifts'), ARTICLES, [marked])).toEqual({ add: ARTICLES[1] })
    expect(judge(asked('How wide is it', 'lifts'), ARTICLES, [marked])).toEqual({ add: ARTICLES[1] })
    expect(judge(asked('How wide is it'), ARTICLES, [marked])).toMatchObject({
      because:
        'ada@brand.example has proposed these words for “About doors” (`doors`) already, as what it does not answer',
    })
    expect(judge(wrong('How wide is it'), ARTICLES, [draft('doors', 'how wide is it?')])).toMatchObject({
      refused: 'conflict',
    })
  })
})

describe('a draft of wordings over another version', () => {
  const path = 'knowledge/doors.md'
  const text = (...questions: string[]) => `---\ntitle: D\nquestions: ${JSON.stringify(questions)}\n---\nA.\n`
  const before = new Map([[path, text('a')]])
  const after = new Map([[path, text('a', 'b').replace('A.', 'Other.')]])

  test('adds its wordings to the article as it is now', () => {
    const files = { [path]: text('a').replace(']', ', "c"]') }
    expect(relaid({ ...draft('doors', 'c'), files }, before, after)[path]).toMatch(/\["a","b", "c"\]\n---\nOther\./)
  })

  test('adds to either list', () => {
    const [one] = draft('doors', 'c').learnt ?? []
    if (!one) throw new Error('no wording')
    const learnt = [one, { ...one, wording: 'd', wins: false as const }]
    const files = { [path]: text('a').replace(']\n', ', "c"]\nnot:\n  - d\n') }
    expect(relaid({ files, learnt }, before, after)[path]).toMatch(/\["a","b", "c"\]\nnot:\n {2}- d\n---\nOther\./)
  })

  test('stays as it is where somebody changed the article by hand', () => {
    const files = { [path]: text('a', 'c').replace('A.', 'Mine.') }
    expect(relaid({ ...draft('doors', 'c'), files }, before, after)).toEqual(files)
  })
})

test('wordings go into a draft of wordings that nobody has approved', () => {
  const { learnt: _, ...written } = draft('doors', 'a')
  expect(isOpenForWordings(draft('doors', 'a'))).toBe(true)
  expect(isOpenForWordings(written)).toBe(false)
  expect(isOpenForWordings({ ...draft('doors', 'a'), state: 'approved' })).toBe(false)
})

test('whoever approves reads from which tickets they are', () => {
  const [one] = draft('doors', 'a').learnt ?? []
  if (!one) throw new Error('no wording')
  expect(messageOf([one, one])).toBe('What customers asked, in their own words, from ticket T-1.')
  expect(messageOf([one, { ...one, ticket: 'T-2' }])).toMatch(/from tickets T-1, T-2\.$/)
  expect(messageOf([{ ...one, wins: false }])).toMatch(/ and where the bot answered something else, from ticket T-1\.$/)
})
