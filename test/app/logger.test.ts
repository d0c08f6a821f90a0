import { expect, test } from '@jest/globals'
import { openLogger } from '../../src/app/logger.ts'

function logged(write: (log: ReturnType<typeof openLogger>) => void): string {
  const lines: string[] = []
  write(openLogger('info', { write: (line: string) => void lines.push(line) }))
  return lines.join('')
}

test('an error is logged with its place, without what it quotes of a customer', () => {
  const cause = new Error('connect ECONNREFUSED 192.0.2.7:6379 for ana@mail.example')
  const error = Object.assign(new TypeError('cannot read `my card is 4111 1111 1111 1111`', { cause }), {
    command: { name: 'rpush', args: ['mailbox', 'ring me on 07700 900123'] },
  })
  const line = JSON.parse(logged((log) => log.warn({ err: error, channel: 'x' }, 'events could not be kept')))
  expect(line).toMatchObject({
    msg: 'events could not be kept',
    channel: 'x',
    err: {
      type: 'TypeError',
      message: 'cannot read `my card is [card]`',
      at: expect.arrayContaining([expect.stringContaining('logger.test.ts')]),
      cause: { type: 'Error', message: 'connect ECONNREFUSED 192.0.2.7:6379 for [email]' },
    },
  })
  expect(JSON.stringify(line)).not.toMatch(/4111|07700|ana@/)
})

test('a reason is logged without private values, an id as it is', () => {
  const fields = { reason: 'no such order HL-20419', customer: 'x:44196397:1234567890123456789', attempt: 2 }
  const line = JSON.parse(logged((log) => log.error(fields, 'a job failed')))
  expect(line).toMatchObject({
    reason: 'no such order [order]',
    customer: 'x:44196397:1234567890123456789',
    attempt: 2,
  })
})
