import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { ensureWebBuilt } from '#console'

const folder = await mkdtemp(join(tmpdir(), 'warmline-build-'))
const out = join(folder, 'web')
const said: unknown[] = []
const log = { info: (...words: unknown[]) => said.push(words) }
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the pages are built once, by whoever is first, and found from then on', async () => {
  const [one, other] = await Promise.all([ensureWebBuilt({ log, out }), ensureWebBuilt({ log, out })])
  expect(one).toBe(other)
  for (const app of ['console', 'playground']) {
    const html = await readFile(join(one, app, 'index.html'), 'utf8')
    // Nothing inline: the content security policy would stop it.
    expect(html).not.toMatch(/<style|<script(?![^>]* src=)| style=| on\w+=/)
    for (const [, file = ''] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect(file).toMatch(/^\/console\/assets\/[\w-]+\.\w+$/)
      expect((await stat(join(one, file))).size).toBeGreaterThan(0)
    }
  }
  expect(await readdir(folder)).toEqual(['web'])
  said.length = 0
  expect(await ensureWebBuilt({ log, out })).toBe(one)
  expect(said).toEqual([])
})
