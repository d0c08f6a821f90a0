import { describe, expect, test } from '@jest/globals'
import { openWasmMemory } from '../../src/understanding/retrieval/wasm-memory.ts'

describe('a memory for all', () => {
  test('gives blocks that do not touch what others hold, and grows', () => {
    const { memory, take } = openWasmMemory()
    const sizes = [10, 70_000, 16, 200_000]
    const blocks = sizes.map((size) => take(size))
    blocks.forEach((block, i) => {
      expect(block.at % 16).toBe(0)
      const next = blocks[i + 1]?.at ?? memory.buffer.byteLength
      expect(next - block.at).toBeGreaterThanOrEqual(sizes[i] ?? 0)
    })
  })

  test('gives again what was given back, in parts or together', () => {
    const { take, free } = openWasmMemory()
    const [first, one, other, last] = [take(32), take(65_536), take(65_536), take(32)]
    free(other)
    free(one)
    const [half, whole] = [take(16), take(131_056)]
    expect(half.at).toBe(one.at)
    expect(whole.at).toBe(one.at + 16)
    expect(take(16).at).toBe(last.at + 32)
    expect(first.at).toBe(0)
  })

  test('stays as small as what is held at once', () => {
    const { memory, take, free } = openWasmMemory()
    for (let i = 0; i < 50; i++) free(take(1_000_000))
    expect(memory.buffer.byteLength).toBeLessThan(1_100_000)
  })

  test('takes a block back once, from whoever holds it', () => {
    const { take, free } = openWasmMemory()
    const block = take(64)
    free(block)
    expect(take(64).at).toBe(block.at)
    expect(() => free(block)).toThrow('nobody holds')
    expect(() => free({ at: 0, bytes: 64 })).toThrow('nobody holds')
  })
})
