import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
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
const numbers = async () => Float64Array.from(NUMBERS)
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
    expect([...(await keep('a', numbers))]).toEqual(NUMBERS)
    expect([...(await keep('a', never))]).toEqual(NUMBERS)
    expect([...(await openDiskCache(dir, silent)('a', never))]).toEqual(NUMBERS)
    await expect(keep('b', never)).rejects.toThrow('a second time')
  })

  test.each<[how: string, damage: (bytes: Buffer) => Buffer]>([
    ['holds something else', () => Buffer.from('short')],
    ['is empty', () => Buffer.alloc(0)],
    ['ends too early', (bytes) => bytes.subarray(0, -8)],
    ['has one bit that is wrong', (bytes) => Buffer.concat([bytes.subarray(0, -3), Buffer.of(1), bytes.subarray(-2)])],
  ])('are found again where the file %s', async (how, damage) => {
    const dir = join(root, how)
    const keep = openDiskCache(dir, silent)
    await keep('a', numbers)
    const [name = ''] = await readdir(dir)
    const file = join(dir, name)
    const whole = await readFile(file)
    const damaged = damage(whole)
    expect(damaged).not.toEqual(whole)
    await writeFile(file, damaged)
    expect([...(await keep('a', numbers))]).toEqual(NUMBERS)
    expect(await readFile(file)).toEqual(whole)
    expect([...(await keep('a', never))]).toEqual(NUMBERS)
  })

  test('may stand in lists and objects, and are what they were', async () => {
    const keep = openDiskCache(join(root, 'packed'), silent)
    const value = () => ({
      name: 'ünï',
      share: 0.1 + 0.2,
      floats: Float32Array.of(0.1, -2),
      lists: [Uint16Array.of(1, 2, 3), Int16Array.of(-5), Uint32Array.of(), Float64Array.of(Math.E)],
    })
    await keep('a', async () => value())
    const found = await keep<ReturnType<typeof value>>('a', never as never)
    expect(found).toEqual(value())
  })

  test('are read from where they were found beforehand, and nothing is written there', async () => {
    const [built, own] = [join(root, 'built'), join(root, 'own')]
    await openDiskCache(built, silent)('a', numbers)
    const keep = openDiskCache(own, silent, built)
    expect([...(await keep('a', never))]).toEqual(NUMBERS)
    await keep('b', numbers)
    expect(await readdir(built)).toEqual(['learnt-a.bin'])
    expect(await readdir(own)).toEqual(['learnt-b.bin'])
  })

  test('are not kept where nothing was found', async () => {
    const keep = openDiskCache(join(root, 'nothing'), silent)
    expect(await keep<Float64Array | undefined>('a', async () => undefined)).toBeUndefined()
    expect([...(await keep('a', numbers))]).toEqual(NUMBERS)
  })

  test('are found where nothing can be kept, and it is said', async () => {
    const file = join(root, 'a-file')
    await writeFile(file, '')
    const said: string[] = []
    const keep = openDiskCache(join(file, 'inside'), ({ message }) => said.push(message))
    expect([...(await keep('a', numbers))]).toEqual(NUMBERS)
    expect(said).toEqual([expect.stringContaining('ENOTDIR')])
  })

  test('go when there are many: first what was not read for longest', async () => {
    const dir = join(root, 'many')
    const keep = openDiskCache(dir, silent)
    for (let i = 0; i < 64; i++) await keep(`n${i}`, numbers)
    const old = new Date(Date.now() - 60_000)
    for (const name of ['n3', 'n5']) await utimes(join(dir, `learnt-${name}.bin`), old, old)
    await keep('n3', never)
    await keep('one-more', numbers)
    const left = await readdir(dir)
    expect(left).toHaveLength(64)
    expect(left).not.toContain('learnt-n5.bin')
    expect(left).toContain('learnt-n3.bin')
  })
})
