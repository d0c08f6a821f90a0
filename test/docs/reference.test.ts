// The reference pages say what the code says.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { generatedPages } from '../../docs/generators/index.ts'

const read = (path: string): string | undefined => {
  try {
    return readFileSync(join(import.meta.dirname, '../..', path), 'utf8')
  } catch {
    return undefined
  }
}

describe('The generated page', () => {
  test.each(generatedPages)('$path is as its source says', async ({ path, text }) => {
    const isCurrent = read(path) === (await text())
    expect(isCurrent ? path : `${path} differs from its source: run \`npm run docs\``).toBe(path)
  })

  test('is made once for each path', () => {
    expect(new Set(generatedPages.map(({ path }) => path)).size).toBe(generatedPages.length)
  })
})
