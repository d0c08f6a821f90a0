import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openDiskCache } from '../../src/understanding/retrieval/disk-cache.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'warmline-keep-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const NUMBERS = [1, -0.5, Math.PI]
const numbers = () => Float64Array.from(NUMBERS)
const never = async (): Promise<Float64Array> => {
  throw new Error('found a second time')
}
const silent = (error: Error) => {
  throw error
}

describe('numbers that are kept', () => {
  test('are found once, also for who opens later', async () => {
    const dir = join(root, 'once')
    const keep = openDiskCache(dir, silent)
    expect([...(await keep('a', 3, async () => numbers()))]).toEqual(NUMBERS)
    expect([...(await keep('a', 3, never))]).toEqual(NUMBERS)
    expect([...(await openDiskCache(dir, silent)('a', 3, never))]).toEqual(NUMBERS)
    await expect(keep('b', 3, never)).rejects.toThrow('a second time')
  })

  test('are found again where the file is damaged', async () => {
    const dir = join(root, 'damaged')
    const keep = openDiskCache(dir, silent)
    await keep('a', 3, async () => numbers())
    const [file = ''] = await readdir(dir)
    await writeFile(join(dir, file), 'short')
    expect([...(await keep('a', 3, async () => numbers()))]).toEqual(NUMBERS)
    expect([...(await keep('a', 3, never))]).toEqual(NUMBERS)
  })

  test('are found where nothing can be kept, and it is said', async () => {
    const file = join(root, 'a-file')
    await writeFile(file, '')
    const said: string[] = []
    const keep = openDiskCache(join(file, 'inside'), ({ message }) => said.push(message))
    expect([...(await keep('a', 3, async () => numbers()))]).toEqual(NUMBERS)
    expect(said).toEqual([expect.stringContaining('ENOTDIR')])
  })

  test('go when there are many: first what was not read for longest', async () => {
    const dir = join(root, 'many')
    const keep = openDiskCache(dir, silent)
    for (let i = 0; i < 64; i++) await keep(`n${i}`, 3, async () => numbers())
    const old = new Date(Date.now() - 60_000)
    for (const name of ['n3', 'n5']) await utimes(join(dir, `learnt-${name}.bin`), old, old)
    await keep('n3', 3, never)
    await keep('one-more', 3, async () => numbers())
    const left = await readdir(dir)
    expect(left).toHaveLength(64)
    expect(left).not.toContain('learnt-n5.bin')
    expect(left).toContain('learnt-n3.bin')
  })
})
