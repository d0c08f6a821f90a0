// The life of a draft, as one table, and who may approve what.
import { describe, expect, test } from '@jest/globals'
import {
  approved,
  type ContentDraft,
  changed,
  DRAFT_TRANSITIONS,
  proposed,
  rejected,
  released,
  withdrawn,
} from '../../src/releases/content-draft.ts'
import { isRefusal, type Refusal } from '../../src/releases/refusal.ts'

const ANN = { by: 'ann@brand.example', at: 1 }
const BEN = { by: 'ben@brand.example', at: 2 }
const CLEO = { by: 'cleo@brand.example', at: 3 }

const draft = (state: ContentDraft['state'], more: Partial<ContentDraft> = {}): ContentDraft => ({
  schema: 1,
  id: 'd1',
  title: 'Refunds',
  by: ANN.by,
  at: 0,
  changedBy: ANN.by,
  changedAt: 0,
  revision: 1,
  state,
  base: 'aaaaaaaaaaaa',
  files: { 'policies/refunds.yaml': 'topic: Refunds' },
  version: 'bbbbbbbbbbbb',
  approvals: [],
  writers: [ANN.by],
  ...more,
})

const STATES = ['editing', 'proposed', 'approved', 'released', 'withdrawn'] as const
const stateOf = (result: ContentDraft | Refusal) => (isRefusal(result) ? 'no' : result.state)
const STEPS = {
  change: (one: ContentDraft) => changed(one, { files: {}, version: 'cccccccccccc' }, BEN),
  propose: (one: ContentDraft) => proposed(one, 'please', 1, ANN),
  approve: (one: ContentDraft) => approved(one, undefined, 1, BEN),
  reject: (one: ContentDraft) => rejected(one, 'no', BEN),
  withdraw: withdrawn,
  release: released,
} as const

describe('a draft', () => {
  test.each(Object.keys(DRAFT_TRANSITIONS) as (keyof typeof DRAFT_TRANSITIONS)[])(
    '%s: does what the table says in each state',
    (step) => {
      expect(STATES.map((state) => stateOf(STEPS[step](draft(state))))).toEqual([...DRAFT_TRANSITIONS[step]])
    },
  )

  test('that is changed after it was approved is edited again, and its approvals are void', () => {
    const before = draft('approved', { approvals: [{ by: BEN.by, at: 2 }] })
    expect(changed(before, { files: {}, version: 'cccccccccccc' }, CLEO)).toMatchObject({
      state: 'editing',
      approvals: [],
      changedBy: CLEO.by,
      revision: 2,
      writers: [ANN.by, CLEO.by],
    })
  })

  test.each([
    ['who began it', ANN, {}],
    ['who changed it', BEN, { writers: [ANN.by, BEN.by] }],
  ])('is not approved by %s', (_, who, more) => {
    expect(approved(draft('proposed', more), undefined, 1, who)).toMatchObject({
      refused: 'conflict',
      because: expect.stringMatching(/somebody else has to approve it/),
    })
  })

  test('that the folder made is not approved by whoever proposed it', () => {
    const ours = proposed(draft('editing', { by: 'files', changedBy: 'files', writers: ['files'] }), 'x', 1, ANN)
    if (isRefusal(ours)) throw new Error(ours.because)
    expect(approved(ours, undefined, 1, ANN)).toHaveProperty('refused')
    expect(approved(ours, undefined, 1, BEN)).toMatchObject({ state: 'approved' })
  })

  test('that needs two approvals waits for the second, of another person', () => {
    const first = approved(draft('proposed'), 'fine', 2, BEN)
    if (isRefusal(first)) throw new Error(first.because)
    expect(first.state).toBe('proposed')
    expect(approved(first, undefined, 2, BEN)).toHaveProperty('refused', 'conflict')
    expect(approved(first, undefined, 2, CLEO)).toMatchObject({
      state: 'approved',
      approvals: [{ by: BEN.by, comment: 'fine' }, { by: CLEO.by }],
    })
  })

  test('is approved by being proposed where nobody has to approve', () => {
    expect(proposed(draft('editing'), 'x', 0, ANN)).toHaveProperty('state', 'approved')
  })
})
