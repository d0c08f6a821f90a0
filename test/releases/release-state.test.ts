// What is released, step by step.
import { describe, expect, test } from '@jest/globals'
import { isRefusal } from '../../src/releases/refusal.ts'
import {
  begin,
  complete,
  firstState,
  publish,
  rollBack,
  type State,
  standingOf,
  widen,
} from '../../src/releases/release-state.ts'

const start = (state: State, version: string): State => {
  const next = begin(state, { id: 'r', version, percent: 10, shadow: false, startedAt: 1, by: 'ann' })
  if (isRefusal(next)) throw new Error(next.because)
  return next
}
const done = (next: ReturnType<typeof complete>): State => {
  if (isRefusal(next)) throw new Error(next.because)
  return next
}

describe('what is released', () => {
  test('a rollout that is completed serves everybody, and the former version is one step back', () => {
    const after = done(complete(start(firstState('a'), 'b'), 2))
    expect(after).toMatchObject({ live: 'b', before: ['a'] })
    expect(after.rollout).toBeUndefined()
    expect(done(rollBack(after, undefined, 3, 'worse'))).toMatchObject({ live: 'a', takenBack: ['b'] })
  })

  test('a rollout that is rolled back ends, and what was live stays', () => {
    const after = done(rollBack(start(firstState('a'), 'b'), undefined, 2, 'worse'))
    expect(after).toMatchObject({ live: 'a', rollout: { stopped: { at: 2, because: 'worse' } } })
    expect(standingOf(after, 'b')).toBe('rolled-back')
  })

  test('back goes to any version that once served everybody, and to no other', () => {
    const c = publish(publish(firstState('a'), 'b', 1, ''), 'c', 2, '')
    expect(done(rollBack(c, 'a', 3, 'x'))).toMatchObject({ live: 'a', before: ['c', 'b'], takenBack: ['c'] })
    expect(rollBack(c, 'd', 3, 'x')).toHaveProperty('refused', 'conflict')
    expect(rollBack(c, 'c', 3, 'x')).toHaveProperty('refused', 'conflict')
    expect(rollBack(firstState('a'), undefined, 3, 'x')).toHaveProperty('refused', 'conflict')
  })

  test('a published version ends the rollout that runs', () => {
    const after = publish(start(firstState('a'), 'b'), 'c', 2, 'the files changed')
    expect(after).toMatchObject({ live: 'c', rollout: { version: 'b', stopped: { because: 'the files changed' } } })
  })

  test('two rollouts do not run at once, and only a running one is changed', () => {
    expect(
      begin(start(firstState('a'), 'b'), { id: 's', version: 'c', percent: 1, shadow: false, startedAt: 2, by: 'x' }),
    ).toHaveProperty('refused', 'conflict')
    expect(widen(firstState('a'), { percent: 30 })).toHaveProperty('refused', 'conflict')
    expect(widen(start(firstState('a'), 'b'), { percent: 30 })).toMatchObject({ rollout: { percent: 30, id: 'r' } })
  })
})
