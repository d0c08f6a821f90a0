import { describe, expect, test } from '@jest/globals'
import type { Article } from '#content'
import { articleHead } from '../../src/content/article.ts'
import type { ContentDraft } from '../../src/releases/content-draft.ts'
import { acceptsProposals, judge, messageOf, relaid } from '../../src/releases/training-proposal.ts'
import type { TrainingProposals } from '../../src/releases/training-proposal.types.ts'

const article = (id: string, questions: string[], not: string[] = []): Article => ({
  ...articleHead.parse({ title: `About ${id}`, questions, not }),
  id,
  body: 'Words.',
})
const ARTICLES = [article('doors', ['will it fit'], ['is it heavy']), article('lifts', ['is there a lift?'])]
const CONTENT = { articles: ARTICLES, messages: [{ text: 'My lamp is late AGAIN', complaint: 'minor' as const }] }
const asked = (wording: string, id = 'doors') => ({ article: id, wording, by: 'jo@brand.example', ticket: 'T-2' })
const from = { by: 'ada@brand.example', ticket: 'T-1', at: 1 }
const question = (article: string, wording: string, how: { wins?: false } = {}): TrainingProposals => ({
  ...{ article, wording, ...from },
  ...how,
})
const message = (wording: string): TrainingProposals => ({
  wording,
  label: { complaint: 'minor', mood: 'negative' },
  ...from,
})
const draft = (...learnt: TrainingProposals[]): ContentDraft => ({
  ...{ schema: 1, id: 'd1', title: 'x', by: 'ada@brand.example', at: 1, changedBy: 'x', changedAt: 1, revision: 1 },
  ...{ state: 'proposed', base: 'a', files: {}, version: 'b', approvals: [], writers: [] },
  learnt,
})

describe('a wording', () => {
  test('that nobody lists is added', () => {
    expect(judge(asked('does it go through my door'), CONTENT, [])).toEqual({ what: 'About doors' })
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
    expect(judge(one, CONTENT, [])).toMatchObject({ refused: expect.any(String), because })
  })

  test('that waits in a draft of a colleague is not proposed twice, and for another article not at all', () => {
    const waiting = [draft(question('doors', 'how wide is it?'))]
    expect(judge(asked('How wide is it'), CONTENT, waiting)).toMatchObject({ known: { id: 'd1' } })
    expect(judge(asked('How wide is it', 'lifts'), CONTENT, waiting)).toMatchObject({
      because: 'ada@brand.example has proposed these words for “About doors” (`doors`) already',
    })
  })
})

describe('what an article answered wrongly', () => {
  const wrong = (wording: string, id = 'doors') => ({ ...asked(wording, id), wins: false as const })

  test('is added to what it does not answer, also where another article answers it', () => {
    expect(judge(wrong('is there a lift?'), CONTENT, [])).toEqual({ what: 'About doors' })
  })

  test.each([
    ['lists it as its own', wrong('will it fit?'), '“About doors” lists these words among those that it answers'],
    [
      'knows it already',
      wrong('IS it heavy'),
      '“About doors” lists these words already, among those that it does not answer',
    ],
  ])('is refused where the article %s', (_, one, because) => {
    expect(judge(one, CONTENT, [])).toMatchObject({ refused: 'conflict', because })
  })

  test('waits once, for many articles, and not for the one that is to win it', () => {
    const marked = draft(question('doors', 'how wide is it?', { wins: false }))
    expect(judge(wrong('How wide is it'), CONTENT, [marked])).toMatchObject({ known: { id: 'd1' } })
    expect(judge(wrong('How wide is it', 'lifts'), CONTENT, [marked])).toEqual({ what: 'About lifts' })
    expect(judge(asked('How wide is it', 'lifts'), CONTENT, [marked])).toEqual({ what: 'About lifts' })
    expect(judge(asked('How wide is it'), CONTENT, [marked])).toMatchObject({
      because:
        'ada@brand.example has proposed these words for “About doors” (`doors`) already, as what it does not answer',
    })
    expect(judge(wrong('How wide is it'), CONTENT, [draft(question('doors', 'how wide is it?'))])).toMatchObject({
      refused: 'conflict',
    })
  })
})

describe('a message of a kind', () => {
  const labelled = (wording: string, complaint: 'none' | 'minor' = 'minor') => ({
    ...{ wording, label: { complaint, mood: 'negative' as const }, by: 'jo@brand.example', ticket: 'T-2' },
  })

  test('is learnt, also where an article lists its words or waits for them', () => {
    const waiting = [draft(question('doors', 'will it fit'))]
    expect(judge(labelled('Will it fit?'), CONTENT, waiting)).toEqual({ what: 'complaint: minor, mood: negative' })
    expect(judge(asked('where is the sofa'), CONTENT, [draft(message('where is the sofa'))])).toEqual({
      what: 'About doors',
    })
  })

  test('is all that somebody says it is', () => {
    const label = { mood: 'neutral', 'account-specific': true, 'wants-human': false } as const
    expect(judge({ ...labelled('Will it fit?'), label }, CONTENT, [])).toEqual({
      what: 'mood: neutral, account-specific: true, wants-human: false',
    })
  })

  test('waits once, and is of one kind', () => {
    const waiting = [draft(message('where is the sofa'))]
    expect(judge(labelled('Where is the sofa?!'), CONTENT, waiting)).toMatchObject({ known: { id: 'd1' } })
    expect(judge(labelled('Where is the sofa?!', 'none'), CONTENT, waiting)).toMatchObject({
      because: 'ada@brand.example has proposed these words already, as complaint: minor, mood: negative',
    })
  })

  test('that the policies list is refused', () => {
    expect(judge(labelled('my lamp is late again'), CONTENT, [])).toMatchObject({
      refused: 'conflict',
      because: 'the policies list these words already, as complaint: minor',
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
    expect(relaid({ ...draft(question('doors', 'c')), files }, before, after)[path]).toMatch(
      /\["a","b", "c"\]\n---\nOther\./,
    )
  })

  test('adds to either list', () => {
    const learnt = [question('doors', 'c'), question('doors', 'd', { wins: false })]
    const files = { [path]: text('a').replace(']\n', ', "c"]\nnot:\n  - d\n') }
    expect(relaid({ files, learnt }, before, after)[path]).toMatch(/\["a","b", "c"\]\nnot:\n {2}- d\n---\nOther\./)
  })

  test('adds messages to theirs, whether or not there were any', () => {
    const messages = 'policies/messages.yaml'
    const head = 'topic: Messages and what they are\nowner: customer-care\nmessages:\n'
    const item = (words: string) => `  - text: ${words}\n    complaint: minor\n    mood: negative\n`
    const given = { ...draft(message('so late')), files: { [messages]: head + item('so late') } }
    expect(relaid(given, new Map(), new Map())).toEqual(given.files)
    const now = new Map([[messages, head + item('very late')]])
    expect(relaid(given, new Map(), now)[messages]).toBe(head + item('very late') + item('so late'))
  })

  test('stays as it is where somebody changed the article by hand', () => {
    const files = { [path]: text('a', 'c').replace('A.', 'Mine.') }
    expect(relaid({ ...draft(question('doors', 'c')), files }, before, after)).toEqual(files)
  })
})

test('wordings go into a draft of wordings that nobody has approved', () => {
  const { learnt: _, ...written } = draft(question('doors', 'a'))
  expect(acceptsProposals(draft(question('doors', 'a')))).toBe(true)
  expect(acceptsProposals(written)).toBe(false)
  expect(acceptsProposals({ ...draft(question('doors', 'a')), state: 'approved' })).toBe(false)
})

test('whoever approves reads from which tickets they are', () => {
  const one = question('doors', 'a')
  expect(messageOf([one, one])).toBe('What customers asked, in their own words, from ticket T-1.')
  expect(messageOf([one, { ...one, ticket: 'T-2' }])).toMatch(/from tickets T-1, T-2\.$/)
  expect(messageOf([question('doors', 'a', { wins: false })])).toMatch(
    / and where the bot answered something else, from ticket T-1\.$/,
  )
  expect(messageOf([message('so late')])).toBe('What kind of message somebody wrote, from ticket T-1.')
})
