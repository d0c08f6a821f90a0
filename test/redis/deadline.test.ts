// How long Redis may take counts while this process could have heard its answer.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { withinDeadline } from '#redis'
import { startTestRedis, type TestRedis } from '../setup/redis.ts'

let redis: TestRedis
beforeAll(async () => {
  redis = await startTestRedis()
})
afterAll(() => redis?.close())

/** Holds the whole thread. */
const busy = (ms: number) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

test('a process that was busy for longer than the deadline still hears several answers, one after the other', async () => {
  const { main } = redis.connections
  const asked = withinDeadline(
    main
      .ping()
      .then(() => main.ping())
      .then(() => main.ping()),
    2000,
  )
  busy(2100)
  expect(await asked).toBe('PONG')
})

test('what never answers is told after the deadline', async () => {
  await expect(withinDeadline(new Promise(() => {}), 80)).rejects.toThrow('Redis did not answer within 80 ms')
})
