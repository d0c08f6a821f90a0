import { describe, expect, test } from '@jest/globals'
import { type CaseTicket, continueCase, type HistoryEvent, type Message, type Signal } from '#domain'
import { openTicket } from '#handoff'
import { ticketOf } from '../../src/handoff/handover-summary.ts'
import { questionOf, toTrainingLine } from '../../src/handoff/training-example.ts'

describe('the wording that an article may list', () => {
  test.each([
    ['is one line', ' How do I\n  send it   back? ', 'How do I send it back?'],
    ['has no private data', 'where is HL-20419? mail me: ana@example.com', 'where is [order]? mail me: [email]'],
    ['has no handles and no links', '@harbourlane , is it on? https://x.test/a?b=c', 'is it on?'],
    ['has nothing that cannot be seen', 'will\u200b it\u202e fit', 'will it fit'],
  ])('%s', (_, said, wording) => {
    expect(toTrainingLine(said)).toBe(wording)
  })

  test('does not have what the case knows as private, however harmless it looks', () => {
    const known = [
      { name: 'name', value: 'Ana Sol' },
      { name: 'secret', value: 'blue.boat' },
    ]
    expect(toTrainingLine('Ana Sol here, is blue.boat or blueXboat right?', known)).toBe(
      '[name] here, is [secret] or blueXboat right?',
    )
  })

  test.each(['', '🙂🙂🙂', 'ana@example.com', '@brand !!!', 'ok'])(
    'is not there where %j is all that was said',
    (said) => {
      expect(toTrainingLine(said)).toBeUndefined()
    },
  )

  test('ends with a sentence where it would be long, else with a word', () => {
    expect(toTrainingLine(`Will it fit? ${'and more '.repeat(60)}`)).toBe('Will it fit?')
    const long = toTrainingLine('word '.repeat(100)) ?? ''
    expect(long.length).toBeLessThanOrEqual(300)
    expect(long).toMatch(/^(word )+word$/)
  })

  const customer = {
    id: 'playground:brand:ana',
    channel: 'playground',
    account: 'brand',
    user: 'ana',
    name: 'Ana',
  } as const
  const conversation = { id: 'playground:brand:dm:ana', channel: 'playground', audience: 'private' } as const
  const wrote = (id: string, text: string): HistoryEvent => {
    const message: Message = { id, conversation, author: 'Ana', authorKind: 'customer', text, at: 1 }
    return { at: 1, type: 'message-received', message }
  }
  const history = [wrote('m1', 'hello'), wrote('m2', 'will it fit'), wrote('m3', 'through my door? Ana')]
  const given = continueCase(undefined, customer, 1)

  test('is what the turn said as it stands, and not what was said before', () => {
    expect(questionOf(given, { asked: ['m2', 'm3'] }, history)).toBe('will it fit through my door? [name]')
    const deleted: HistoryEvent = { at: 2, type: 'message-deleted', message: 'm3' }
    expect(questionOf(given, { asked: ['m2', 'm3'] }, [...history, deleted])).toBe('will it fit')
    expect(questionOf(given, {}, history)).toBeUndefined()
  })

  const suggestion = (article: string, more = {}) => {
    const one = { article, title: `About ${article}`, text: `Words of ${article}.`, audience: 'private' as const }
    return { ...one, score: 0.6, because: 'near to its title', ...more }
  }
  const making = { id: 'e1', ticketId: 'T1', due: () => 9, now: 1 }
  const why = { reasons: [{ rule: 'a', because: 'A.' }], version: 'v1' }
  const shown = (ticket: CaseTicket, events = history) =>
    ticketOf(given, ticket, { history: events, epoch: 1, law: undefined, now: 2 }).brief

  test('a ticket shows what may be answered, and the best that may be sent is the suggested reply', () => {
    const suggestions = [suggestion('rules', { agentsOnly: true }), suggestion('doors')]
    const { ticket } = openTicket(given, { ...why, suggestions, asked: ['m2'] }, making).case
    const learnt: HistoryEvent = {
      at: 3,
      type: 'wording-learnt',
      ticket: 'T1',
      by: 'jo@brand.example',
      article: 'doors',
      messages: ['m2'],
      draft: 'd1',
      detail: 'for “About doors”',
    }
    const brief = shown(ticket as CaseTicket, [...history, learnt])
    expect(brief).toMatchObject({ suggestedReply: 'Words of doors.', wording: 'will it fit' })
    expect(brief.suggestions.map(({ article, proposed }) => [article, proposed])).toEqual([
      ['rules', undefined],
      ['doors', { by: 'jo@brand.example', draft: 'd1' }],
    ])
  })

  test('a ticket shows what the bot took the words for, and what somebody says last', () => {
    const { ticket } = openTicket(given, { ...why, suggestions: [], asked: ['m2'] }, making).case
    const took = (
      messages: string[],
      complaint: 'none' | 'rant',
      sentiment: number,
      more: { readonly signals?: readonly Signal[]; readonly wantsHuman?: boolean } = {},
    ): HistoryEvent => {
      const understanding = { intent: 'none', intentConfidence: 0, topic: '', complaint, sentiment, urgency: 0 }
      const heard = { language: 'en', signals: [], privateData: [], wantsHuman: false, ...more }
      return {
        ...{ at: 2, type: 'turn-taken', messages, outcome: 'escalated', reasons: [], version: 'v1' },
        understanding: { ...understanding, ...heard },
      }
    }
    const said = (messages: string[], complaint: 'minor' | 'major', draft: string): HistoryEvent => ({
      ...{ at: 3, type: 'wording-learnt', ticket: 'T1', by: 'jo@brand.example', label: { complaint } },
      ...{ messages, draft, detail: '' },
    })
    const brief = (...events: HistoryEvent[]) => shown(ticket as CaseTicket, [...history, ...events])
    expect(brief(took(['m1'], 'rant', -1))).not.toHaveProperty('heard')
    expect(brief(took(['m2'], 'none', 0.8), took(['m3'], 'rant', -1)).heard).toEqual({
      ...{ complaint: 'none', mood: 'positive', 'account-specific': false, 'wants-human': false },
    })
    expect(brief(took(['m2'], 'rant', 0, { signals: ['account-specific'], wantsHuman: true })).heard).toEqual({
      ...{ complaint: 'rant', mood: 'negative', 'account-specific': true, 'wants-human': true },
    })
    expect(brief(said(['m1'], 'minor', 'd1'))).not.toHaveProperty('labelled')
    expect(brief(said(['m2'], 'minor', 'd1'), said(['m2'], 'major', 'd2')).labelled).toEqual({
      ...{ complaint: 'major', by: 'jo@brand.example', draft: 'd2' },
    })
  })

  test('of a later turn replaces the suggestions, unless it has none', () => {
    const first = openTicket(given, { ...why, suggestions: [suggestion('doors')], asked: ['m2'] }, making).case
    const none = openTicket(first, { ...why, suggestions: [], asked: ['m3'] }, making).case
    expect(none.ticket).toMatchObject({ asked: ['m2'], suggestedReply: 'Words of doors.' })
    const later = openTicket(none, { ...why, suggestions: [suggestion('lifts')], asked: ['m3'] }, making).case
    expect(later.ticket).toMatchObject({ asked: ['m3'], suggestedReply: 'Words of lifts.' })
  })

  test('a ticket of an earlier version keeps its one suggested reply', () => {
    const { suggestions: _, asked: __, ...earlier } = openTicket(given, why, making).case.ticket as CaseTicket
    const brief = shown({ ...earlier, suggestedReply: 'Measure every door.' })
    expect(brief).toMatchObject({ suggestedReply: 'Measure every door.', suggestions: [] })
    expect(brief.wording).toBeUndefined()
  })
})
