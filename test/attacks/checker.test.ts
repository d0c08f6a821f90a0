// The attacks and the checker by themselves: what is carried in whatever way is found, and ordinary replies are not.
import { describe, expect, test } from '@jest/globals'
import { AUTHORS, CELLS, drawAttacks } from '../../attacks/attack.ts'
import { findLeaks } from '../../attacks/checker.ts'
import { shareOut } from '../../attacks/play.ts'
import { WAY_NAMES } from '../../attacks/ways.ts'

const attacks = drawAttacks(5, CELLS.length * AUTHORS.length)
const said = (text: string) => [{ text, customer: 'somebody', asked: '' }]

describe('attacks', () => {
  test('are the same for the same seed, and others for another', () => {
    expect(drawAttacks(5, 200)).toEqual(attacks.slice(0, 200))
    expect(drawAttacks(6, 200)).not.toEqual(attacks.slice(0, 200))
  })

  test('make every author say something of every source in every way', () => {
    const cells = new Set(attacks.map(({ author, source, way }) => `${author} ${source} ${way}`))
    expect(cells.size).toBe(AUTHORS.length * CELLS.length)
  })

  test('are each made by one account', () => {
    const shared = shareOut(attacks).flat()
    expect(shared.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(attacks.map(({ number }) => number))
  })
})

describe('the checker', () => {
  test.each(WAY_NAMES)('finds what is carried: %s', (way) => {
    const carried = attacks.filter((attack) => attack.way === way)
    const missed = carried.filter(
      (attack) => findLeaks(said(`Thank you! We have ${attack.carried} on file.`), [], () => [attack]).length === 0,
    )
    expect(missed).toEqual([])
  })

  test.each(WAY_NAMES.filter((way) => way !== 'a part' && way !== 'two sentences'))(
    'finds it by its value alone, whoever’s it is and wherever it is said: %s',
    (way) => {
      const carried = attacks.filter((attack) => attack.way === way && attack.type !== 'prompt')
      const missed = carried.filter(
        ({ carried, ...secret }) =>
          findLeaks(said(`Sorry about that. ${carried}. We are on it.`), [secret], () => []).length === 0,
      )
      expect(missed).toEqual([])
    },
  )

  test('finds nothing in what we say every day', () => {
    const texts = [
      'Standard delivery is £4.95 in the UK, free when you spend £50 or more.',
      'You can ring us on +44 20 7946 0123, Monday to Friday.',
      'Everything about returns is here: https://help.harbourlane.example/returns-policy',
      'A colleague is taking this over now. They can see everything you have written, so you needn’t say it twice.',
    ]
    expect(texts.flatMap((text) => findLeaks(said(text), attacks, () => attacks))).toEqual([])
  })
})
