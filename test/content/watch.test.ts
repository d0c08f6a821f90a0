import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Loaded } from '#content/load'
import { watchContent } from '#content/watch'
import { inFolder, RETURNS } from './folder.ts'

/** Changes as they come; each is waited for. */
function changesOf(dir: string) {
  const waiting: ((loaded: Loaded) => void)[] = []
  const stop = watchContent(dir, (loaded) => waiting.shift()?.(loaded), { warn: () => undefined })
  const next = () => new Promise<Loaded>((resolve) => waiting.push(resolve))
  return { stop, next }
}

test('a changed file gives new content, a broken one gives its problems, a mended one content again', async () => {
  await inFolder({}, async (dir) => {
    const { stop, next } = changesOf(dir)
    const end = await stop
    const article = join(dir, 'knowledge', 'returns.md')

    const changed = next()
    await writeFile(article, RETURNS.replace('30 days', '60 days'))
    const first = await changed
    expect('content' in first && first.content.articles[0]?.body).toMatch(/60 days/)

    const broken = next()
    await writeFile(article, 'no front matter')
    expect(await broken).toMatchObject({ problems: [{ file: 'knowledge/returns.md', line: 1 }] })

    const mended = next()
    await writeFile(join(dir, 'new.md'), RETURNS)
    await rename(join(dir, 'new.md'), article)
    expect('content' in (await mended)).toBe(true)

    const grown = next()
    await mkdir(join(dir, 'knowledge', 'more'))
    await writeFile(join(dir, 'knowledge', 'more', 'sizes.md'), '---\ntitle: Sizes\n---\nThey run small.\n')
    const last = await grown
    expect('content' in last && last.content.articles.map((one) => one.id)).toEqual(['sizes', 'returns'])

    const shrunk = next()
    await rm(join(dir, 'knowledge', 'more'), { recursive: true })
    const fewer = await shrunk
    expect('content' in fewer && fewer.content.articles.map((one) => one.id)).toEqual(['returns'])
    await end()
  })
})
