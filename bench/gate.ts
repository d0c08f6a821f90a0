// How long the last look at a reply takes, over the sample brand's own answers and a customer of whom much is known.
import { performance } from 'node:perf_hooks'
import { LAWS } from '#channels'
import { loadContent, OWN_CONTENT } from '#content'
import { type GateContext, look, openly } from '#gate'
import { median, percentile, type Row } from './report.ts'

const ROUNDS = 20
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
  return (['public', 'private'] as const).flatMap((audience) => {
    const times: number[] = []
    for (let round = -2; round < ROUNDS; round += 1)
      for (const text of texts) {
        const before = performance.now()
        look({ text, audience, author: 'bot', sources: openly(text) }, { ...context, ...lawOf(audience) })
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
}

function lawOf(audience: 'public' | 'private'): Pick<GateContext, 'law'> {
  const law = LAWS.x[audience]
  return law ? { law } : {}
}
