// Messages a second from webhook to the reply at the network, beside BullMQ alone with the same number of hops.
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Queue, Worker } from 'bullmq'
import { pino } from 'pino'
import { connectRedis } from '#redis/connect'
import { startEmbeddedRedis } from '#redis/embedded'
import { untilLearnt } from '../test/setup/learnt.ts'
import { nextXId, xDirectMessage } from '../test/stand-ins/deliveries.ts'
import { startXApi } from '../test/stand-ins/x-api.ts'
import { median, type Row } from './report.ts'
import { inParallel, postSigned, startService, X, xVariables } from './service.ts'

const ROUNDS = 3
const EACH = 300
const WIDTH = 16

const bodyOf = (user: string) =>
  JSON.stringify(xDirectMessage({ to: X.userId, from: user, text: 'What are your opening hours?', id: nextXId() }))

async function drive(url: string, first: number, answered: () => number): Promise<number> {
  const before = answered()
  const from = performance.now()
  await inParallel(EACH, WIDTH, async (n) => void (await postSigned(url, bodyOf(String(first + n)))))
  while (answered() - before < EACH) await new Promise((resolve) => setTimeout(resolve, 5))
  return EACH / ((performance.now() - from) / 1000)
}

/** Webhook → queue → worker → queue → worker → POST: the hops of a reply, with nothing thought in between. */
async function startBareQueues(apiUrl: string) {
  const dir = await mkdtemp(join(tmpdir(), 'warmline-bench-'))
  const redis = await startEmbeddedRedis({ dir, searchPath: process.env.PATH ?? '' })
  const connections = connectRedis(redis.address, pino({ level: 'silent' }))
  await connections.ready
  const own = async () => ({ connection: await connections.forBullMQ(), prefix: '{bench}' })
  const [first, second] = [new Queue('first', await own()), new Queue('second', await own())]
  let sent = 0
  const workers = [
    new Worker('first', async (job) => void (await second.add('send', job.data)), {
      ...(await own()),
      concurrency: 16,
    }),
    new Worker(
      'second',
      async (job) => {
        await (await fetch(`${apiUrl}/`, { method: 'POST', body: JSON.stringify(job.data) })).arrayBuffer()
        sent++
      },
      { ...(await own()), concurrency: 16 },
    ),
  ]
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    request.on('end', async () => {
      await first.add('turn', JSON.parse(text))
      response.writeHead(200).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    sent: () => sent,
    async close() {
      server.close()
      await Promise.all(workers.map((worker) => worker.close()))
      await Promise.all([first.close(), second.close()])
      await connections.close()
      await redis.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

export async function run(): Promise<readonly Row[]> {
  const x = await startXApi(X)
  const service = await startService({ ...xVariables(x.url), WARMLINE_DEBOUNCE_MS: '0' })
  await untilLearnt(service.url)
  const sink = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200).end('{}'))
  })
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve))
  const bare = await startBareQueues(`http://127.0.0.1:${(sink.address() as AddressInfo).port}`)
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const mine = await drive(`${service.url}/webhooks/x`, 9_000_000 + round * EACH, () => x.dms.length)
    const other = await drive(bare.url, 0, bare.sent)
    if (round === 0) continue
    ours.push(mine)
    theirs.push(other)
  }
  await bare.close()
  sink.close()
  await service.stop()
  await x.close()
  return [
    {
      what: 'messages a second, webhook to reply at the network',
      figure: median(ours),
      unit: '/s',
      beside: { what: 'BullMQ alone, same hops, same run', figure: median(theirs) },
      note: `${ROUNDS} rounds of ${EACH} customers, one process, understanding and answering included`,
    },
  ]
}
