// The leak attacks at the gate itself, without a service around it: more of them in less time.
import { expect, test } from '@jest/globals'
import { CELLS, drawAttacks } from '../../attacks/attack.ts'
import { FRAMES, tryAtGate } from './lab.ts'

test('no attack passes the gate, in whatever sentence it stands (seed 7)', async () => {
  const passed: string[] = []
  for (const attack of drawAttacks(7, 1300))
    for (const [at, frame] of FRAMES.entries())
      if ((await tryAtGate(attack, at)).length === 0)
        passed.push(`${attack.source}, ${attack.way}: ${frame(attack.carried)}`)
  expect(passed).toEqual([])
})

test('each way of carrying a value would pass if nobody had told us the value (seed 7)', async () => {
  const passed = new Set<string>()
  for (const attack of drawAttacks(7, 1300))
    if ((await tryAtGate(attack, 2, { knows: false })).length === 0) passed.add(attack.way)
  // Texts in code are stopped whatever they hide.
  expect([...new Set(CELLS.map(({ way }) => way))].filter((way) => !passed.has(way))).toEqual(['base64'])
})
