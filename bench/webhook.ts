// How long a signed webhook waits for its 200, beside a receiver that only checks the signature.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { untilLearnt } from '../test/setup/learnt.ts'
import { nextXId, xMention } from '../test/stand-ins/deliveries.ts'
import { startXApi } from '../test/stand-ins/x-api.ts'
import { percentile, type Row } from './report.ts'
import { inParallel, postSigned, startService, X, xVariables } from './service.ts'

const ROUNDS = 5
const EACH = 300
const WIDTH = 8

async function startBareReceiver() {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const made = Buffer.from(
        `sha256=${createHmac('sha256', X.consumerSecret).update(Buffer.concat(chunks)).digest('base64')}`,
      )
      const given = Buffer.from(String(request.headers['x-twitter-webhooks-signature']))
      response.writeHead(made.length === given.length && timingSafeEqual(made, given) ? 200 : 401).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}

async function measure(url: string): Promise<number[]> {
  const times: number[] = []
  await inParallel(EACH, WIDTH, async (n) => {
    const body = JSON.stringify(
      xMention({ to: X.userId, from: String(7_000_000 + (n % 50)), text: 'hello', id: nextXId() }),
    )
    times.push(await postSigned(url, body))
  })
  return times
}

export async function run(): Promise<readonly Row[]> {
  const x = await startXApi(X)
  // Turns are left to another process that is not there: acknowledging is what is measured.
  const service = await startService({ ...xVariables(x.url), WARMLINE_ROLES: 'web' })
  await untilLearnt(service.url)
  const bare = await startBareReceiver()
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const [mine, other] = [await measure(`${service.url}/webhooks/x`), await measure(bare.url)]
    if (round === 0) continue // the first round warms both up
    ours.push(...mine)
    theirs.push(...other)
  }
  await service.stop()
  bare.close()
  await x.close()
  ours.sort((a, b) => a - b)
  theirs.sort((a, b) => a - b)
  const beside = 'bare node:http with HMAC, same run'
  const note = `${ours.length} requests, ${WIDTH} at once, durable with appendfsync always`
  return [
    {
      what: 'acknowledged, p50',
      figure: percentile(ours, 0.5),
      unit: 'ms',
      beside: { what: beside, figure: percentile(theirs, 0.5) },
      note,
    },
    {
      what: 'acknowledged, p99',
      figure: percentile(ours, 0.99),
      unit: 'ms',
      beside: { what: beside, figure: percentile(theirs, 0.99) },
    },
  ]
}
