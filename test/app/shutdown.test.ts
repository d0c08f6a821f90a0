import { expect, test } from '@jest/globals'
import { openShutdown } from '#app'

test('what was opened last is closed first, each once, and what fails to close holds up nothing', async () => {
  const warned: object[] = []
  const { add, close } = openShutdown({ warn: (about: object) => void warned.push(about) })
  const closed: string[] = []
  add('redis', async () => void closed.push('redis'))
  add('outbox', () => Promise.reject(new Error('the socket is gone')))
  add('console', () => {
    throw new Error('nobody listens')
  })
  add('workers', () => void closed.push('workers'))
  await close()
  await close()
  expect(closed).toEqual(['workers', 'redis'])
  expect(warned).toEqual([
    { what: 'console', reason: 'nobody listens' },
    { what: 'outbox', reason: 'the socket is gone' },
  ])
})

test('what is opened while the rest is being closed is closed by the next call', async () => {
  const { add, close } = openShutdown({ warn: () => {} })
  const closed: string[] = []
  add('first', () => {
    closed.push('first')
    add('late', () => void closed.push('late'))
  })
  await close()
  expect(closed).toEqual(['first'])
  await close()
  expect(closed).toEqual(['first', 'late'])
})
