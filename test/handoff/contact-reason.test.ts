// Which of the brand's contact reasons is suggested for a ticket.
import { expect, test } from '@jest/globals'
import type { CaseTicket, Facts, HistoryEvent } from '#domain'
import { suggestedReason } from '../../src/handoff/contact-reason.ts'

const REASONS = [
  { id: 'late', name: 'Late delivery', about: ['order-status', 'delivery'] },
  { id: 'broken', name: 'Broken', about: ['damaged-item'] },
  { id: 'returns', name: 'Returns', about: ['returns'] },
  { id: 'other', name: 'Something else' },
]
const ticket = (more: Partial<CaseTicket> = {}): CaseTicket => ({ id: 'T-2', ...more }) as CaseTicket
const turn = (at: number, facts?: Facts): HistoryEvent => ({
  ...{ at, type: 'turn-taken', messages: [`m${at}`], outcome: 'escalated', reasons: [], version: 'v' },
  ...(facts ? { facts } : {}),
})
const suggested = (history: readonly HistoryEvent[], own = ticket(), past: readonly CaseTicket[] = []) =>
  suggestedReason({ past }, own, history, REASONS)

test('the one that lists the dialog goes before the one that lists the topic', () => {
  expect(suggested([turn(1, { intent: 'damaged-item', topic: 'returns' })])).toBe('broken')
  expect(suggested([turn(1, { intent: 'return-item', topic: 'returns' })])).toBe('returns')
})

test('the newest turn decides for which there is one; turns of a claimed ticket, which decide nothing, are passed over', () => {
  const history = [turn(1, { topic: 'returns' }), turn(2, { topic: 'delivery' }), turn(3, { topic: 'none' }), turn(4)]
  expect(suggested(history)).toBe('late')
})

test('nothing is suggested where no turn is about it, and once a reason was chosen', () => {
  expect(suggested([turn(1, { intent: 'none', topic: 'none' })])).toBeUndefined()
  expect(suggested([turn(1, { topic: 'delivery' })], ticket({ contactReason: 'other' }))).toBeUndefined()
})

test('what was written before the last ticket ended, or after this one did, is another matter', () => {
  const [early, late] = [turn(1, { topic: 'delivery' }), turn(9, { topic: 'returns' })]
  const past = [ticket({ id: 'T-1', closedAt: 5 })]
  expect(suggested([early], ticket(), past)).toBeUndefined()
  expect(suggested([early, late], ticket(), past)).toBe('returns')
  expect(suggested([early, late], past[0], past)).toBe('late')
})
