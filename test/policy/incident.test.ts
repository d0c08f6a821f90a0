import { describe, expect, test } from '@jest/globals'
import { decide, type Incident, incidentOf, ruleOfIncident } from '#policy'

const strike: Incident = {
  id: 'strike',
  active: true,
  because: 'One sentence was approved for it.',
  statement: 'Parcels are late.',
  words: ['on strike'],
  topics: ['delivery'],
  articles: ['delayed-order'],
  from: '2026-11-20',
  until: '2026-11-25',
  examples: { about: ['are you on strike'], not: ['hello'] },
}
const heard = { text: 'hello', topic: 'none', article: 'none' }

describe('a turn is about an incident', () => {
  test.each<[title: string, incident: Partial<Incident>, said: Partial<typeof heard>, today: string, about: boolean]>([
    ['by its words, however they are written', {}, { text: 'Are they ON  STRIKE?!' }, '2026-11-21', true],
    ['not by a part of a word', {}, { text: 'We play on strikers' }, '2026-11-21', false],
    ['by its topic', {}, { topic: 'delivery' }, '2026-11-21', true],
    ['by the article that answers it', {}, { article: 'delayed-order' }, '2026-11-21', true],
    ['not by anything else', {}, {}, '2026-11-21', false],
    ['on its first day', {}, { topic: 'delivery' }, '2026-11-20', true],
    ['on its last day', {}, { topic: 'delivery' }, '2026-11-25', true],
    ['not before it', {}, { topic: 'delivery' }, '2026-11-19', false],
    ['not after it', {}, { topic: 'delivery' }, '2026-11-26', false],
    ['only while it is active', { active: false }, { topic: 'delivery' }, '2026-11-21', false],
  ])('%s', (_title, incident, said, today, about) => {
    expect(incidentOf([{ ...strike, ...incident }], { ...heard, ...said }, today)).toBe(about ? 'strike' : 'none')
  })

  test('and is told its statement, once or twice', () => {
    const rules = { rules: [ruleOfIncident(strike)], version: 'v1' }
    const facts = { incident: 'strike', contacts: 1 }
    expect(decide(rules, facts)).toMatchObject({ verdict: 'acknowledge', say: 'Parcels are late.' })
    expect(decide(rules, { ...facts, contacts: 3 }).verdict).toBe('escalate')
    expect(decide(rules, { ...facts, incident: 'none' }).verdict).toBe('escalate')
  })
})
