// How long the last look at a reply takes, over the sample brand's own answers and a customer of whom much is known.
import { performance } from 'node:perf_hooks'
import { loadContent, OWN_CONTENT } from '#content/load'
import { CAPABILITIES, continueCase } from '#domain'
import { canDisclose, checkReply, type GateContext, publicSource } from '#gate'
import { connectRedis } from '#redis/connect'
import { openFingerprintIndex } from '#redis/store'
import { ownRedis } from '../test/service/own-redis.ts'
import { silent } from '../test/setup/redis.ts'
import { median, percentile, type Row } from './report.ts'

const ROUNDS = 20
const OTHERS = 5000
const KNOWN = [
  { name: 'order-number', value: 'HL-20419' },
  { name: 'email', value: 'jane.sample4471@mail.example' },
  { name: 'address', value: '17 Maple Crescent, Leeds LS6 2AB' },
  { name: 'product', value: 'Alder desk' },
  { name: 'day', value: '2026-11-27', lookedUp: true },
  { name: 'total', value: '89.50', lookedUp: true },
]

export async function run(): Promise<readonly Row[]> {
  const loaded = await loadContent(OWN_CONTENT)
  if (!('content' in loaded)) throw new Error('the sample brand cannot be read')
  const { brand, articles } = loaded.content
  const { links, contacts, avoid, promises, languages } = brand
  const texts = articles.flatMap(({ body }) => body.split(/\n\s*\n/)[0] ?? [])
  const context: GateContext = { known: KNOWN, links, contacts, avoid, promises, languages, today: '2026-11-25' }
  const others = await lookUpOthers(texts, context)
  const looks = (['public', 'private'] as const).flatMap((audience) => {
    const times: number[] = []
    for (let round = -2; round < ROUNDS; round += 1)
      for (const text of texts) {
        const before = performance.now()
        checkReply({ text, audience, author: 'bot', sources: publicSource(text) }, { ...context, ...lawOf(audience) })
        // The first rounds warm up.
        if (round >= 0) times.push(performance.now() - before)
      }
    const sorted = times.toSorted((a, b) => a - b)
    const note = `${texts.length} answers, ${KNOWN.length} values known`
    return [
      { what: `a ${audience} reply, median`, figure: median(times), unit: 'ms', note },
      { what: `a ${audience} reply, 99th percentile`, figure: percentile(sorted, 0.99), unit: 'ms' },
    ]
  })
  return [...looks, ...others]
}

/** With the values of so many other customers in a real Redis. */
async function lookUpOthers(texts: readonly string[], context: GateContext): Promise<readonly Row[]> {
  const redis = await ownRedis()
  await redis.start()
  const connections = connectRedis({ url: redis.url }, silent)
  try {
    await connections.ready
    const others = openFingerprintIndex(connections.main)
    const memory = async () => Number(/used_memory:(\d+)/.exec(await redis.ask((client) => client.info('memory')))?.[1])
    const before = await memory()
    for (let n = 0; n < OTHERS; n += 1) {
      const id = `playground:brand:${n}`
      const given = continueCase(undefined, { id, channel: 'playground', account: 'brand', user: `${n}` }, 0)
      await others.learn(id, { ...given, said: [{ name: 'order', value: `HL-${1_000_000 + n}` }] })
    }
    const bytes = ((await memory()) - before) / OTHERS
    const times: number[] = []
    for (const text of texts) {
      const from = performance.now()
      await others.recognise(
        'playground:brand:me',
        canDisclose({ text, audience: 'public', author: 'agent', sources: [] }, context),
      )
      times.push(performance.now() - from)
    }
    return [
      { what: 'looking for values of others, median', figure: median(times), unit: 'ms', note: `${OTHERS} customers` },
      {
        what: 'looking for values of others, 99th percentile',
        figure: percentile(
          times.toSorted((a, b) => a - b),
          0.99,
        ),
        unit: 'ms',
      },
      { what: 'kept of a customer with one value', figure: bytes, unit: 'bytes' },
    ]
  } finally {
    await connections.close()
    await redis.close()
  }
}

function lawOf(audience: 'public' | 'private'): Pick<GateContext, 'law'> {
  const law = CAPABILITIES.x[audience]
  return law ? { law } : {}
}
