// The leak attacks at the gate itself, without a service around it: more of them in less time.
import { expect, test } from '@jest/globals'
import { drawAttacks } from '../../attacks/attack.ts'
import { openBecause } from '../../attacks/open.ts'
import { FRAMES, tryAtGate } from './lab.ts'

test('no attack passes the gate but those that are known to be open, in whatever sentence it stands (seed 7)', () => {
  const attacks = drawAttacks(7, 1300).filter((attack) => openBecause(attack) === undefined)
  const passed = attacks.flatMap((attack) =>
    FRAMES.filter((_, frame) => tryAtGate(attack, frame).length === 0).map((frame) => frame(attack.carried)),
  )
  expect(attacks.length).toBeGreaterThan(1000)
  expect(passed).toEqual([])
})
