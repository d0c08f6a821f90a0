// What an acknowledged message costs, by when Redis puts it on disk: `appendfsync` always, everysec and no, in one run.
import { ownRedis } from '../test/service/own-redis.ts'
import { nextXId, xMention } from '../test/stand-ins/deliveries.ts'
import { startXApi } from '../test/stand-ins/x-api.ts'
import { median, percentile, type Row } from './report.ts'
import { inParallel, postSigned, startService, X, xVariables } from './service.ts'

const KINDS = ['always', 'everysec', 'no'] as const
const ROUNDS = 5
const EACH = 400
const WIDTH = 16

type Measured = { readonly rate: number; readonly times: readonly number[] }

async function measure(url: string): Promise<Measured> {
  const times: number[] = []
  const from = performance.now()
  await inParallel(EACH, WIDTH, async (n) => {
    const body = JSON.stringify(
      xMention({ to: X.userId, from: String(8_000_000 + (n % 100)), text: 'hello', id: nextXId() }),
    )
    times.push(await postSigned(url, body))
  })
  return { rate: EACH / ((performance.now() - from) / 1000), times }
}

async function open(appendfsync: (typeof KINDS)[number], apiUrl: string) {
  const redis = await ownRedis({ appendfsync })
  await redis.start()
  // Turns are left to another process that is not there: acknowledging is what is measured.
  const service = await startService({ ...xVariables(apiUrl), REDIS_URL: redis.url, WARMLINE_ROLES: 'web' })
  const rounds: Measured[] = []
  return {
    appendfsync,
    rounds,
    measure: async () => rounds.push(await measure(`${service.url}/webhooks/x`)),
    async close() {
      await service.stop()
      await redis.close()
    },
  }
}

export async function run(): Promise<readonly Row[]> {
  const x = await startXApi(X)
  const all = []
  for (const kind of KINDS) all.push(await open(kind, x.url))
  for (let round = 0; round <= ROUNDS; round++) {
    // Each is first as often as the others; the first round warms them up.
    for (let n = 0; n < all.length; n++) await all[(round + n) % all.length]?.measure()
  }
  for (const one of all) await one.close()
  await x.close()
  const figures = all.map(({ appendfsync, rounds }) => {
    const counted = rounds.slice(1)
    const times = counted.flatMap((round) => round.times).toSorted((a, b) => a - b)
    return {
      appendfsync,
      rate: median(counted.map((round) => round.rate)),
      p50: percentile(times, 0.5),
      p99: percentile(times, 0.99),
    }
  })
  const none = figures.at(-1)
  if (!none) return []
  const rows = (what: string, unit: string, of: 'rate' | 'p50' | 'p99'): Row[] =>
    figures.map((one) => ({
      what: `${what}, appendfsync ${one.appendfsync}`,
      figure: one[of],
      unit,
      ...(one === none ? {} : { beside: { what: 'appendfsync no, same run', figure: none[of] } }),
      note: `${ROUNDS} rounds of ${EACH}, ${WIDTH} at once`,
    }))
  return [...rows('acknowledged', '/s', 'rate'), ...rows('p50', 'ms', 'p50'), ...rows('p99', 'ms', 'p99')]
}
