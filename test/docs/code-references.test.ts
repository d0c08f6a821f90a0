// The documents name files and functions that are there: `src/turn/turn.ts`, `src/turn/turn.ts#takeTurn`.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const ROOT = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** Decisions tell of their time: what they name may be gone. */
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((path) => posix.join('docs', path.replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.md') && !path.startsWith('docs/decisions/')),
]

const FOLDERS = 'src|test|chaos|attacks|bench|bin|lint'
const REFERENCE = new RegExp(`^((?:${FOLDERS})/[\\w./-]+?)/?(?:#(\\w+))?$`)
/** The channel that docs/develop/adding-a-channel.md adds. */
const EXAMPLE = /mastodon/

const references = pages.flatMap((page) =>
  [
    ...read(page)
      .replaceAll(/^ *(```+)[^\n]*\n[\s\S]*?^ *\1 *$/gm, '')
      .matchAll(/`([^`\n]+)`/g),
  ].flatMap(([, text = '']) => {
    const [, file, name] = REFERENCE.exec(text) ?? []
    return file && !EXAMPLE.test(file) ? [{ page, text, file, name }] : []
  }),
)

const has = (file: string, name: string): boolean => new RegExp(`\\b${name}\\b`).test(read(file))

describe('What the documents name of the code', () => {
  test('is found in them', () => {
    expect(references.filter(({ name }) => name).length).toBeGreaterThan(50)
  })

  test('is a file or folder of the repository', () => {
    expect(
      references.filter(({ file }) => !existsSync(join(ROOT, file))).map(({ page, text }) => `${page}: ${text}`),
    ).toEqual([])
  })

  test('is in the file, where the name of a function or type stands behind it', () => {
    const missing = references.filter(({ file, name }) => name && existsSync(join(ROOT, file)) && !has(file, name))
    expect(missing.map(({ page, text }) => `${page}: ${text}`)).toEqual([])
  })
})
