// What was computed is used again by the same code only: the hash of a module covers what it imports, and nothing else.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { codeHash } from '../../src/understanding/code-hash.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'warmline-code-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const FILES = {
  'entry.ts':
    "import { COMPLAINTS } from '#domain'\nimport {\n  one,\n  two,\n} from './direct.ts'\nimport type { T } from './types.ts'\n",
  'direct.ts': "export * from './indirect.ts'\nexport const two = 2\n",
  'indirect.ts': "import './entry.ts'\nexport const one = 1\n",
  'types.ts': 'export type T = 1\n',
  'stranger.ts': 'export const other = 1\n',
}

let asked = 0
/** Of the files with some of them changed, as a process finds them that starts then. */
async function hashOf(changed: Partial<typeof FILES> = {}): Promise<string> {
  for (const [name, text] of Object.entries({ ...FILES, ...changed })) await writeFile(join(dir, name), text)
  return codeHash(`${pathToFileURL(join(dir, 'entry.ts')).href}?${++asked}`)
}

test.each(['entry.ts', 'direct.ts', 'indirect.ts'] as const)('changes with %s', async (name) => {
  expect(await hashOf({ [name]: `${FILES[name]}// changed\n` })).not.toBe(await hashOf())
})

test.each(['types.ts', 'stranger.ts'] as const)('does not change with %s', async (name) => {
  expect(await hashOf({ [name]: `${FILES[name]}// changed\n` })).toBe(await hashOf())
})
