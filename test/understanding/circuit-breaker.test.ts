import { describe, expect, test } from '@jest/globals'
import { openCircuitBreaker } from '../../src/understanding/models/circuit-breaker.ts'

describe('the breaker', () => {
  test('lets a model rest after three failures in a row, then tries it once', () => {
    let now = 0
    const breaker = openCircuitBreaker(3, 1000, () => now)
    for (let i = 0; i < 3; i++) {
      expect(breaker.allows()).toBe(true)
      breaker.failed()
    }
    expect(breaker.allows()).toBe(false)
    now = 1000
    expect(breaker.allows()).toBe(true)
    expect(breaker.allows()).toBe(false)
    breaker.succeeded()
    expect(breaker.allows()).toBe(true)
  })

  test('one success in between starts the count again', () => {
    const breaker = openCircuitBreaker(2, 1000, () => 0)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    expect(breaker.allows()).toBe(true)
  })
})
