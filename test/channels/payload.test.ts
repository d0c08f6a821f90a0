import { describe, expect, test } from '@jest/globals'
import { at, idOf, readJson, textOf, timeOf } from '../../src/channels/json.ts'

describe('reading a payload', () => {
  test('ids beyond 2^53 keep their last digit, negative ones too', () => {
    expect(readJson('{"id":1924465506158878979,"uuid":-6850472171600526495,"n":42,"x":1.5}')).toEqual({
      id: '1924465506158878979',
      uuid: '-6850472171600526495',
      n: 42,
      x: 1.5,
    })
  })

  test('a key called __proto__ is a key', () => {
    const read = readJson('{"__proto__":{"polluted":true},"constructor":1}')
    expect(at({}, 'polluted')).toBeUndefined()
    expect(at(read, '__proto__', 'polluted')).toBe(true)
    expect(at(read, 'toString')).toBeUndefined()
  })

  test('of a key that comes twice the last counts', () => {
    expect(readJson('{"a":1,"a":2}')).toEqual({ a: 2 })
  })

  test.each([
    ['nothing', ''],
    ['half an object', '{'],
    ['a key without value', '{"a":}'],
    ['a word', 'nonsense'],
    ['a list with a hole', '[1,]'],
    ['lists too deep to read', '['.repeat(1_000_000)],
  ])('%s is not json', (_name, text) => {
    expect(() => readJson(text)).toThrow()
  })

  test('missing things read as missing', () => {
    expect(at(null, 'a', 'b')).toBeUndefined()
    expect(at({ a: null }, 'a', 'b')).toBeUndefined()
    expect(idOf(null, undefined, '', 1.5, {}, 7)).toBe('7')
    expect(textOf(7)).toBe('')
    expect(textOf('half a smile \ud83d')).toBe('half a smile \ufffd')
  })

  test.each([
    ['seconds', 1782500000],
    ['milliseconds', 1782500000000],
    ['seconds as text', '1782500000'],
    ['milliseconds as text', '1782500000000'],
    ['ISO 8601', '2026-06-26T18:53:20.000Z'],
    ['the date of X v1.1', 'Fri Jun 26 18:53:20 +0000 2026'],
  ])('a time may be given in %s', (_name, value) => {
    expect(timeOf(null, 'nonsense', value)).toBe(1782500000000)
  })

  test.each([[{ toString: 1 }], [{ valueOf: null, toString: null }], [Object.create(null)], [[[]]], [true]])(
    'a time that is %j is none',
    (value) => {
      expect(timeOf(value, 1782500000)).toBe(1782500000000)
    },
  )
})
