// Caches embeddings of content on disk, by text and model. Customers' texts are never cached.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { replaceFile } from '../disk-cache.ts'

export type VectorCache = {
  get(text: string): Float32Array | undefined
  set(text: string, vector: Float32Array): void
  /** Writes what was added; readers see the old file or the new one. */
  save(): Promise<void>
}

const KEY_BYTES = 32
/** Above this many, what was not asked for since opening is forgotten. */
const KEPT = 20_000

/** A missing or damaged file is an empty one. */
export async function openVectorCache(dir: string, model: string, dimensions: number): Promise<VectorCache> {
  const file = join(dir, `vectors-${model}.bin`)
  const known = decode(await readFile(file).catch(() => Buffer.alloc(0)), dimensions)
  const used = new Set<string>()
  let changed = false
  const keyOf = (text: string) => {
    const key = createHash('sha256').update(text).digest('hex')
    used.add(key)
    return key
  }
  return {
    get: (text) => known.get(keyOf(text)),
    set(text, vector) {
      known.set(keyOf(text), vector)
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

function encode(records: readonly (readonly [string, Float32Array])[]): Buffer {
  return Buffer.concat(
    records.flatMap(([key, vector]) => [
      Buffer.from(key, 'hex'),
      Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength),
    ]),
  )
}

function decode(bytes: Buffer, dimensions: number): Map<string, Float32Array> {
  const size = KEY_BYTES + 4 * dimensions
  const known = new Map<string, Float32Array>()
  if (bytes.length % size !== 0) return known
  for (let at = 0; at < bytes.length; at += size) {
    const from = bytes.byteOffset + at + KEY_BYTES
    const vector = new Float32Array(bytes.buffer.slice(from, from + 4 * dimensions))
    // What was embedded has length 1; anything else was damaged.
    if (Math.abs(Math.sqrt(squareOf(vector)) - 1) < 0.001) known.set(bytes.toString('hex', at, at + KEY_BYTES), vector)
  }
  return known
}

function squareOf(vector: Float32Array): number {
  let sum = 0
  for (const figure of vector) sum += figure * figure
  return sum
}
