import { expect, test } from '@jest/globals'
import { sampleOrders } from '../../src/channels/playground/sample-orders.ts'

const find = sampleOrders(() => Date.parse('2026-11-22T12:00:00Z'))

test('a sample order is found by its number and e-mail address, in any case', () => {
  const order = { number: 'HL-20419', status: 'on its way', eta: '2026-11-23', carrier: 'DPD' }
  expect(find('HL-20419', 'ana@example.com')).toEqual(order)
  expect(find(' hl-20419', 'Ana@Example.com ')).toEqual(order)
})

test('a wrong address and a wrong number are told alike', () => {
  expect(find('HL-20419', 'ben@example.com')).toBeUndefined()
  expect(find('HL-00000', 'ana@example.com')).toBeUndefined()
})
