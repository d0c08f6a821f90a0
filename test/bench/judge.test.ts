// What the bench counts as right, wrong and never fine in a labelled turn.
import { describe, expect, test } from '@jest/globals'
import type { ConversedTurn } from '#releases/simulator'
import { type Expectation, expectation, judge, withDays } from '../../bench/judge.ts'

const NOW = Date.UTC(2026, 10, 30, 12)
const TURN: ConversedTurn = {
  outcome: 'answered',
  reasons: [],
  reading: null,
  form: null,
  article: null,
  articles: [],
  offered: [],
  replies: [],
  done: [],
  ticket: null,
}
const said = (text: string, audience: 'public' | 'private' = 'private') => ({ replies: [{ audience, text }] })
const article = (...articles: string[]) => ({ article: articles[0] ?? null, articles })
const asked = (more: Partial<ConversedTurn>) => ({ outcome: 'asked', ...more })
const dialog = (id: string): ConversedTurn['done'][number] => ({ what: 'dialog', dialog: id, values: [] })
const ticket = (priority: 'urgent' | 'high' | 'normal', team = 'orders') => ({ ticket: { team, priority } })
const heard = (complaint: string) => ({ reading: { complaint } }) as Partial<ConversedTurn>

const judged = (expect: Expectation | undefined, turn: Partial<ConversedTurn>, before?: Partial<ConversedTurn>) =>
  judge(
    expectation.optional().parse(expect),
    { ...TURN, ...turn },
    {
      words: [],
      now: NOW,
      ...(before ? { before: { ...TURN, ...before } } : {}),
    },
  )

describe('fine', () => {
  test.each<[string, Expectation, Partial<ConversedTurn>]>([
    ['one of the outcomes', { outcomes: ['asked', 'answered'] }, {}],
    ['nothing of what is never fine', { never: ['escalated'] }, {}],
    ['the article that answers', { article: ['returns', 'refunds'] }, article('refunds')],
    ['the second of two answers', { article: ['refunds'] }, article('returns', 'refunds')],
    ['the article among those that are offered', { article: ['refunds'] }, asked({ offered: ['returns', 'refunds'] })],
    ['a person in place of the article', { article: ['refunds'] }, { outcome: 'escalated' }],
    ['no article where none is to be', { article: [] }, { outcome: 'acknowledged' }],
    ['one of the dialogs', { form: 'cancel-order|return-item' }, asked({ form: 'return-item' })],
    ['any dialog', { form: 'any' }, asked({ form: 'return-item' })],
    ['no dialog', { form: 'none' }, asked({})],
    ['an answer in place of the dialog', { form: 'return-item' }, article('returns')],
    [
      'the dialog in place of the article, where the dialog is fine',
      { article: ['a'], form: 'b' },
      asked({ form: 'b' }),
    ],
    ['a choice with the article in place of the dialog', { article: ['a'], form: 'b' }, asked({ offered: ['a', 'c'] })],
    ['nothing carried out', { carried: false }, { done: [{ what: 'ticket-opened' }] }],
    ['that something was carried out', { carried: true }, { done: [dialog('x')] }],
    ['that this was carried out', { carried: 'x' }, { done: [dialog('x')] }],
    ['a complaint that is allowed', { complaint: ['minor', 'major'] }, heard('minor')],
    ['an urgent ticket', { urgent: true }, ticket('urgent')],
    ['a high ticket of an emergency team', { urgent: true }, ticket('high', 'safety')],
    ['a high ticket, where it is not to be urgent', { urgent: false }, ticket('high')],
    ['words that match, whatever their case', { replyMust: 'THANK' }, said('Thank you')],
    ['words that do not match', { replyNever: 'sorry' }, said('Thank you')],
    ['silence', { silent: true }, {}],
    ['speech', { silent: false }, said('Hello')],
    ['days', { replyMust: '{day+7}' }, said('It comes on 7 December 2026.')],
  ])('%s', (_, expect_, turn) => {
    expect(judged(expect_, turn)).toEqual({ isJudged: true, faults: [], critical: [] })
  })
})

describe('wrong', () => {
  test.each<[string, Expectation, Partial<ConversedTurn>, RegExp, boolean]>([
    ['another outcome', { outcomes: ['asked'] }, {}, /^answered, not asked$/, false],
    ['an outcome that is never fine', { never: ['answered'] }, {}, /answered is never fine/, true],
    ['another article', { article: ['refunds'] }, article('returns'), /^article returns, not refunds$/, false],
    ['any article where none is to be', { article: [] }, article('returns'), /article returns, not none/, false],
    ['an answer that is no article', { article: ['refunds'] }, {}, /no article, not refunds/, false],
    [
      'a choice without the article',
      { article: ['a'] },
      asked({ offered: ['b', 'c'] }),
      /article b or c, not a/,
      false,
    ],
    ['a dialog in place of the article', { article: ['a'] }, asked({ form: 'b' }), /dialog b, not a/, false],
    ['another dialog', { form: 'a|c' }, asked({ form: 'b' }), /dialog b, not a\|c/, false],
    ['a question of no dialog', { form: 'a' }, asked({}), /dialog none, not a/, false],
    ['the opposite dialog', { neverForm: ['a'] }, asked({ form: 'a' }), /dialog a against the words/, true],
    ['something carried out', { carried: false }, { done: [dialog('x')] }, /carried out: x/, true],
    ['nothing carried out', { carried: true }, { done: [{ what: 'ticket-opened' }] }, /^not carried out$/, false],
    ['something else carried out', { carried: 'y' }, { done: [dialog('x')] }, /not carried out: y/, false],
    ['another complaint', { complaint: ['none'] }, heard('rant'), /heard as rant/, false],
    ['no ticket', { urgent: true }, {}, /not urgent: no ticket/, true],
    ['a high ticket of another team', { urgent: true }, ticket('high'), /not urgent: high, orders/, true],
    ['an urgent ticket', { urgent: false }, ticket('urgent'), /^urgent$/, false],
    ['words that do not match', { replyMust: 'thank' }, said('Hello'), /said not “thank”/, false],
    ['words that are never fine', { replyNever: 'so+rry' }, said('We are Sorry.'), /said “Sorry”/, true],
    ['speech', { silent: true }, said('Hello'), /^spoke$/, false],
    ['silence', { silent: false }, {}, /^was silent$/, false],
  ])('%s', (_, expect_, turn, fault, isCritical) => {
    const { faults, critical } = judged(expect_, turn)
    expect(faults).toEqual([expect.stringMatching(fault)])
    expect(critical).toEqual(isCritical ? faults : [])
  })

  test('a value of the customer’s in public, in whichever turn they said it, judged or not', () => {
    const words = ['where is HL-20419', 'write to ana@example.com']
    const told = judge(undefined, { ...TURN, ...said('HL-20419 is on its way', 'public') }, { words, now: NOW })
    expect(told).toEqual({ isJudged: false, faults: ['in public: HL-20419'], critical: ['in public: HL-20419'] })
    expect(judge(undefined, { ...TURN, ...said('HL-20419 is on its way') }, { words, now: NOW }).faults).toEqual([])
  })
})

describe('a turn that depends on the one before', () => {
  const expect_: Expectation = { outcomes: ['ignored'], after: ['form', 'choice', 'escalated'] }
  test.each<[string, Partial<ConversedTurn> | undefined, boolean]>([
    ['is judged after a dialog’s question', asked({ form: 'a' }), true],
    ['is judged after a choice', asked({ offered: ['a', 'b'] }), true],
    ['is judged after the outcome', { outcome: 'escalated' }, true],
    ['is not judged after closing words', { form: 'a', done: [dialog('a')] }, false],
    ['is not judged after anything else', {}, false],
    ['is not judged at the beginning', undefined, false],
  ])('%s', (_, before, isJudged) => {
    expect(judged(expect_, {}, before)).toMatchObject({ isJudged, faults: isJudged ? [expect.any(String)] : [] })
  })

  test('nothing is judged that nothing is expected of', () => {
    expect(judged(undefined, {}).isJudged).toBe(false)
  })
})

describe('days', () => {
  test('are written as the bot writes them; a Sunday is the Monday after it', () => {
    expect(withDays('{day+7} {date+7} {num+7} {dom+7}', NOW)).toBe('7 December 2026 7 December 7/12 7')
    expect(withDays('{date+6} {num+37}', NOW)).toBe('7 December 6/1')
  })
})

test.each([[{ outcomes: ['fine'] }], [{ replyMust: '(' }], [{ replies: 'x' }], [{ after: ['later'] }]])(
  'an expectation that cannot be judged is refused: %j',
  (one) => {
    expect(expectation.safeParse(one).success).toBe(false)
  },
)
