// Requests that no client would send, on real sockets to a real process: each is answered or cut off, and the process lives.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { drawRequest, KINDS } from '../../attacks/http/raw-requests.ts'
import { exchange } from '../../attacks/http/raw-socket.ts'
import { inParallel, type Service, startService } from '../../bench/service.ts'
import { chanceOf } from '../../chaos/chance.ts'
import { CACHE } from '../setup/cache.ts'
import { untilLearnt } from '../setup/learnt.ts'
import { X, xVariables } from './accounts.ts'

const SEED = 20_261_130
const EACH = 900
const WIDTH = 48

let service: Service
let port: number
beforeAll(async () => {
  const variables = {
    WARMLINE_CACHE_DIR: CACHE,
    WARMLINE_PLAYGROUND: 'on',
    ...xVariables('http://127.0.0.1:9', X.userId),
  }
  service = await startService(variables, undefined, undefined, [process.execPath, 'src/main.ts'])
  await untilLearnt(service.url)
  port = Number(new URL(service.url).port)
})
afterAll(() => service?.stop())

const request = (line: string, ...headers: string[]) => exchange(port, `${[line, ...headers].join('\r\n')}\r\n\r\n`)

describe('a request that cannot be read is answered 400, and the next one is served', () => {
  test.each([
    ['GET / HTTP/1.1', 'Host: a b'],
    ['GET / HTTP/1.1', 'Host: ['],
    ['GET /health/live HTTP/1.1', 'Host: x:99999'],
    ['POST /webhooks/x HTTP/1.1', 'Host: x:abc'],
    ['GET /console HTTP/1.1', 'Host: a<b'],
    ['GET /console HTTP/1.1', 'Host: a/b'],
    ['GET /metrics HTTP/1.1', 'Host: me@here'],
    ['GET http://[ HTTP/1.1', 'Host: localhost'],
    ['GET http://a<b/health/live HTTP/1.1', 'Host: localhost'],
    ['GET ftp://localhost/health/live HTTP/1.1', 'Host: localhost'],
    ['GET health/live HTTP/1.1', 'Host: localhost'],
    ['POST / HTTP/1.1', 'Host: a b', 'Expect: 100-continue', 'Content-Length: 2'],
  ])('%s, %s', async (line, ...headers) => {
    expect((await request(line, ...headers, 'Connection: close')).status).toBe(400)
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200)
  })

  test('the target of a proxy names host and path', async () => {
    const good = await request('GET http://localhost/health/live HTTP/1.1', 'Host: a.b', 'Connection: close')
    expect([good.status, good.answer]).toEqual([200, expect.stringContaining('{"live":true}')])
  })
})

test.each(KINDS.map((kind) => [kind]))(`${EACH} requests with something wrong in %s (seed ${SEED})`, async (kind) => {
  const wrong: string[] = []
  let answered = 0
  await inParallel(EACH, WIDTH, async (n) => {
    const bytes = drawRequest(kind, chanceOf(SEED, `${kind}/${n}`))
    // A server that is asked after these bytes, and answers, has seen them.
    const { status, answer } = await exchange(port, bytes, 100, () => fetch(`${service.url}/health/live`))
    if (status !== undefined) answered++
    const told = `${kind} ${n}: ${JSON.stringify(bytes.toString('latin1').slice(0, 300))}`
    if (status !== undefined && status >= 500) wrong.push(`${told} was answered ${status}`)
    if (/node_modules|\bat \S+ \(|Error:/.test(answer)) wrong.push(`${told} was answered with our insides`)
  }).catch((error) => wrong.push(`seed ${SEED}, ${kind}: ${error}`))
  expect(wrong).toEqual([])
  expect(answered).toBeGreaterThan(EACH * (kind === 'everything' || kind === 'bytes' ? 0.5 : 0.9))
  expect([service.child.exitCode, service.child.signalCode]).toEqual([null, null])
  expect((await fetch(`${service.url}/health/live`)).status).toBe(200)
})
