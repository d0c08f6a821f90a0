// Features of the classifier that rules compute; for labelled texts they are cached on disk.
import { createHash } from 'node:crypto'
import { SIGNALS, type Signal } from '#domain'
import { codeHash } from '../../code-hash.ts'
import type { DiskCache } from '../../retrieval/disk-cache.ts'
import { mapYielding } from '../../yielding-loop.ts'
import { sentiment } from '../sentiment.ts'
import { findSignals, plain } from '../signals/signals.ts'

export type RuleFeatures = {
  readonly text: string
  readonly signals: readonly Signal[]
  readonly sentiment: number
}

export function ruleFeaturesOf(text: string): RuleFeatures {
  const said = plain(text)
  return { text: said, signals: findSignals(text, []), sentiment: sentiment(said) }
}

/** Texts that are kept together: our own labelled lines stay the same while those of a content change. */
const CHUNK = 1024
/** Numbers kept of one text: its sentiment, then 1 for each signal it has. */
const WIDTH = 1 + SIGNALS.length

export async function ruleFeaturesOfAll(texts: readonly string[], keep: DiskCache): Promise<RuleFeatures[]> {
  const code = await codeHash(import.meta.url)
  const features: RuleFeatures[] = []
  for (let from = 0; from < texts.length; from += CHUNK) {
    const chunk = texts.slice(from, from + CHUNK)
    const name = createHash('sha256')
      .update(JSON.stringify([code, SIGNALS, chunk]))
      .digest('hex')
    const numbers = await keep(name, () => compute(chunk))
    for (const [nth, text] of chunk.entries()) {
      const [mood = 0, ...has] = numbers.subarray(nth * WIDTH, (nth + 1) * WIDTH)
      features.push({ text: plain(text), signals: SIGNALS.filter((_, at) => has[at] === 1), sentiment: mood })
    }
  }
  return features
}

async function compute(texts: readonly string[]): Promise<Float64Array> {
  const numbers = new Float64Array(texts.length * WIDTH)
  await mapYielding([...texts.entries()], ([nth, text]) => {
    const { signals, sentiment: mood } = ruleFeaturesOf(text)
    numbers.set([mood, ...SIGNALS.map((signal) => (signals.includes(signal) ? 1 : 0))], nth * WIDTH)
  })
  return numbers
}
