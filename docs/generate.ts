// Writes the reference pages that are made from code: `npm run docs`. test/docs/reference.test.ts fails while one is old.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generatedPages } from './generators/index.ts'

for (const { path, text } of generatedPages) {
  const file = join(import.meta.dirname, '..', path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, await text())
  process.stdout.write(`${path}\n`)
}
