// Features of labelled texts: the same from the cache as computed, and computed once.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readLabelled } from '../../src/understanding/nlu/classifier/classifier.ts'
import { ruleFeaturesOf, ruleFeaturesOfAll } from '../../src/understanding/nlu/classifier/rule-features.ts'
import { type DiskCache, openDiskCache } from '../../src/understanding/retrieval/disk-cache.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'warmline-features-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

test('are the same from the cache as computed, in chunks, and computed once', async () => {
  const texts = (await readLabelled()).slice(0, 1500).map(({ text }) => text)
  const onDisk = openDiskCache(dir, (error) => {
    throw error
  })
  let computed = 0
  const cache: DiskCache = (name, make) =>
    onDisk(name, () => {
      computed++
      return make()
    })
  const inOrder = (all: Awaited<ReturnType<typeof ruleFeaturesOfAll>>) =>
    all.map((one) => ({ ...one, signals: [...one.signals].sort() }))
  const expected = inOrder(texts.map(ruleFeaturesOf))

  expect(inOrder(await ruleFeaturesOfAll(texts, cache))).toEqual(expected)
  expect(computed).toBe(2)
  expect(inOrder(await ruleFeaturesOfAll(texts, cache))).toEqual(expected)
  expect(computed).toBe(2)
  // Other texts at the end leave what stands before them as it was.
  await ruleFeaturesOfAll([...texts, 'and one more'], cache)
  expect(computed).toBe(3)
})
