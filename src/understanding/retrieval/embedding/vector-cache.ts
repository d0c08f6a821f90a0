// Caches embeddings of content on disk, by text and model. Customers' texts are never cached.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { replaceFile } from '../disk-cache.ts'
import type { Embedder, SentenceVectors } from './embedder.ts'

export type VectorCache = {
  get(text: string): SentenceVectors | undefined
  set(text: string, vectors: SentenceVectors): void
  /** Writes what was added; readers see the old file or the new one. */
  save(): Promise<void>
}

const KEY_BYTES = 32
/** Above this many, what was not asked for since opening is forgotten. */
const KEPT = 20_000

/** A missing or damaged file is an empty one. */
export async function openVectorCache(
  dir: string,
  { model, dimensions, hasFourth }: Pick<Embedder, 'model' | 'dimensions' | 'hasFourth'>,
  of?: string,
): Promise<VectorCache> {
  const file = join(dir, `vectors-${model}${hasFourth ? '-two-layers' : ''}${of === undefined ? '' : `-${of}`}.bin`)
  const known = decode(await readFile(file).catch(() => Buffer.alloc(0)), dimensions, hasFourth)
  const used = new Set<string>()
  let changed = false
  const keyOf = (text: string) => {
    const key = createHash('sha256').update(text).digest('hex')
    used.add(key)
    return key
  }
  return {
    get: (text) => known.get(keyOf(text)),
    set(text, vectors) {
      known.set(keyOf(text), vectors)
      changed = true
    },
    async save() {
      if (!changed) return
      changed = false
      const kept = [...known].filter(([key]) => known.size <= KEPT || used.has(key))
      await replaceFile(file, encode(kept))
    },
  }
}

function encode(records: readonly (readonly [string, SentenceVectors])[]): Buffer {
  const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) => Buffer.from(buffer, byteOffset, byteLength)
  return Buffer.concat(
    records.flatMap(([key, { last, fourth }]) => [
      Buffer.from(key, 'hex'),
      bytesOf(last),
      ...(fourth ? [bytesOf(fourth)] : []),
    ]),
  )
}

function decode(bytes: Buffer, dimensions: number, hasFourth: boolean): Map<string, SentenceVectors> {
  const wide = 4 * dimensions
  const size = KEY_BYTES + wide * (hasFourth ? 2 : 1)
  const known = new Map<string, SentenceVectors>()
  if (bytes.length % size !== 0) return known
  for (let at = 0; at < bytes.length; at += size) {
    const layer = (nth: number) => {
      const from = bytes.byteOffset + at + KEY_BYTES + nth * wide
      return new Float32Array(bytes.buffer.slice(from, from + wide))
    }
    const vectors = { last: layer(0), ...(hasFourth ? { fourth: layer(1) } : {}) }
    // What was embedded has length 1; anything else was damaged.
    const isWhole = Object.values(vectors).every((one) => Math.abs(Math.sqrt(squareOf(one)) - 1) < 0.001)
    if (isWhole) known.set(bytes.toString('hex', at, at + KEY_BYTES), vectors)
  }
  return known
}

function squareOf(vector: Float32Array): number {
  let sum = 0
  for (const figure of vector) sum += figure * figure
  return sum
}
