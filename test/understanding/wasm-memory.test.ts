import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from '@jest/globals'
import { openWasmMemory } from '../../src/understanding/retrieval/wasm-memory.ts'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Garbage is collected when the engine likes; asked often enough it does. */
async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !holds(); i++) {
    collect()
    await sleep(5)
  }
}

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

  test('takes back what nobody holds, and gives it again, in parts or together', async () => {
    const { take } = openWasmMemory()
    const held = take(32)
    const drop = (size: number) => take(size).at
    const first = drop(65_536)
    drop(65_536)
    const last = take(32)
    // Both dropped blocks lie side by side, so that one of twice the size fits.
    const found: number[] = []
    await until(() => {
      found.push(take(131_072).at)
      return found.includes(first)
    })
    expect(found).toContain(first)
    expect(held.at).toBe(0)
    expect(last.at).toBeGreaterThan(first)
  })

  test('stays as small as what is held at once', async () => {
    const { memory, take } = openWasmMemory()
    const sizeAfter = async () => {
      for (let i = 0; i < 20; i++) {
        take(1_000_000)
        collect()
        await sleep(1)
      }
      return memory.buffer.byteLength
    }
    expect(await sizeAfter()).toBeLessThan(12_000_000)
  })
})
