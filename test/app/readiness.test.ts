// What is served while parts of the service are missing, and what its health says then.
import { describe, expect, test } from '@jest/globals'
import { backlogOf, healthOf, isServed, type ServiceState } from '../../src/app/readiness.ts'

const redis = (isReady: boolean, trouble?: string) => ({ isReady: () => isReady, trouble: () => trouble })
const problem = (severity: 'error' | 'warning') => ({ file: 'policies/a.yaml', line: 1, problem: 'wrong', severity })

const STATES = {
  'with nothing open': { isStarted: false },
  'while Redis starts': { isStarted: false, redis: redis(false) },
  'with Redis up and the rest on its way': { isStarted: false, redis: redis(true) },
  'with everything': { isStarted: true, redis: redis(true) },
  'with Redis gone': { isStarted: true, redis: redis(false) },
} satisfies Record<string, ServiceState>

describe('what is served', () => {
  test.each<readonly [keyof typeof STATES, readonly string[]]>([
    ['with nothing open', ['/health/ready', '/metrics']],
    ['while Redis starts', ['/health/ready', '/metrics']],
    ['with Redis up and the rest on its way', ['/health/ready', '/metrics']],
    [
      'with everything',
      ['/health/ready', '/metrics', '/console', '/api/tickets', '/webhooks/x', '/playground/api/say'],
    ],
    ['with Redis gone', ['/health/ready', '/metrics', '/console']],
  ])('%s: %j', (state, served) => {
    const paths = ['/health/ready', '/metrics', '/console', '/api/tickets', '/webhooks/x', '/playground/api/say']
    expect(paths.filter((path) => isServed(STATES[state], path))).toEqual(served)
  })

  test('a path that only looks like one of those is none of them', () => {
    for (const path of ['/healthy', '/metrics/all', '/xhealth/ready'])
      expect([path, isServed(STATES['with nothing open'], path)]).toEqual([path, false])
  })
})

describe('the health', () => {
  test.each<readonly [string, ServiceState, string | undefined]>([
    ['is not open yet', { isStarted: false }, 'Redis is not open yet'],
    ['is in trouble', { isStarted: true, redis: redis(false, 'no master answers') }, 'no master answers'],
    [
      'is our own server, which says more',
      { isStarted: true, redis: redis(false, 'closed'), embedded: { trouble: () => 'the disk is full' } },
      'the disk is full',
    ],
    [
      'is up, whatever the server said before',
      { ...STATES['with everything'], embedded: { trouble: () => 'x' } },
      undefined,
    ],
  ])('says of Redis when it %s', (_, state, because) => {
    expect(healthOf(state).find(({ part }) => part === 'redis')).toEqual({
      part: 'redis',
      ok: because === undefined,
      ...(because === undefined ? {} : { because }),
    })
  })

  test('says that the files are broken, and that the last good content serves: the service is well', () => {
    const withProblems = (...severities: ('error' | 'warning')[]) =>
      healthOf({ isStarted: true, content: { problems: () => severities.map(problem) } })[1]
    expect(withProblems('warning', 'error')).toMatchObject({ ok: true, because: expect.stringContaining('last good') })
    expect(withProblems('warning')).toEqual({ part: 'content', ok: true })
  })

  test('says while the content is being learnt, which the service does not wait for', () => {
    const contentWith = (size: number) => healthOf({ isStarted: true, learning: { size } })[1]
    expect(contentWith(2)).toMatchObject({ ok: true, because: expect.stringContaining('being learnt') })
    expect(contentWith(0)).toEqual({ part: 'content', ok: true })
  })

  test('says that the service is not ready before it has started and once it stops', () => {
    const partOf = (isStarted: boolean) => healthOf({ isStarted, redis: redis(true) })[2]
    expect(partOf(false)).toEqual({ part: 'service', ok: false, because: 'still starting, or stopping' })
    expect(partOf(true)).toEqual({ part: 'service', ok: true })
  })
})

test('the metrics of the backlog are zero before there is one', async () => {
  const none = { waiting: 0, lag: 0, stuck: 0, tickets: 0, effects: 0 }
  expect(await backlogOf({ isStarted: false })).toEqual(none)
  expect(await backlogOf({ isStarted: true, backlog: { sizes: async () => ({ ...none, waiting: 3 }) } })).toEqual({
    ...{ ...none, waiting: 3 },
  })
})
