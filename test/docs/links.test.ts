// The documents lead somewhere: links, anchors, and the index of decisions.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, posix } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const ROOT = join(import.meta.dirname, '../..')

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const isThere = (path: string): boolean => existsSync(join(ROOT, path))

const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => posix.join('docs', path.replaceAll('\\', '/'))),
]

/** A page without what is shown as code: a link there is an example. */
const proseOf = (page: string): string =>
  read(page)
    .replaceAll(/^ *(```+)[^\n]*\n[\s\S]*?^ *\1 *$/gm, '')
    .replaceAll(/(`+)[^\n]*?\1/g, '')

/** Where the relative links and pictures of a page lead. */
function targetsOf(page: string): string[] {
  const inline = proseOf(page).matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)
  const defined = proseOf(page).matchAll(/^ *\[[^\]]+\]: *(\S+)/gm)
  return [...inline, ...defined].flatMap(([, target = '']) => (/^[a-z][a-z0-9+.-]*:/i.test(target) ? [] : [target]))
}

/** The anchors that GitHub gives a page's headings. */
function anchorsOf(page: string): Set<string> {
  const anchors = new Set<string>()
  const seen = new Map<string, number>()
  for (const [, heading = ''] of read(page)
    .replaceAll(/^ *(```+)[^\n]*\n[\s\S]*?^ *\1 *$/gm, '')
    .matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const text = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const slug = text.replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, '').replaceAll(/\s/g, '-')
    const before = seen.get(slug) ?? 0
    seen.set(slug, before + 1)
    anchors.add(before === 0 ? slug : `${slug}-${before}`)
  }
  return anchors
}

type Link = { readonly page: string; readonly target: string; readonly path: string; readonly anchor: string }

const links: readonly Link[] = pages.flatMap((page) =>
  targetsOf(page).map((target) => {
    const [file = '', anchor = ''] = target.split('#')
    const path = file === '' ? page : normalize(join(dirname(page), decodeURIComponent(file))).replaceAll('\\', '/')
    return { page, target, path, anchor: decodeURIComponent(anchor) }
  }),
)

describe('Links in the documents', () => {
  test('are found in every entry page', () => {
    const from = new Set(links.map(({ page }) => page))
    expect(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/README.md'].filter((page) => !from.has(page))).toEqual(
      [],
    )
  })

  test('lead to a file of the repository', () => {
    const broken = links.filter(({ path }) => path.startsWith('..') || !isThere(path))
    expect(broken.map(({ page, target }) => `${page}: ${target}`)).toEqual([])
  })

  test('lead to a heading that the page has', () => {
    const broken = links.filter(
      ({ path, anchor }) => anchor !== '' && path.endsWith('.md') && isThere(path) && !anchorsOf(path).has(anchor),
    )
    expect(broken.map(({ page, target }) => `${page}: ${target}`)).toEqual([])
  })

  test('lead from the index to every page', () => {
    const found = new Set(links.filter(({ page }) => page === 'docs/README.md').map(({ path }) => path))
    const expected = pages.filter((page) => page.startsWith('docs/') && !/^docs\/(?:decisions\/\d|README)/.test(page))
    expect(expected.filter((page) => !found.has(page))).toEqual([])
  })
})

describe('The index of decisions', () => {
  const FOLDER = 'docs/decisions'
  const files = readdirSync(join(ROOT, FOLDER))
    .filter((name) => /^\d{4}-.*\.md$/.test(name))
    .sort()

  test('has a row for each, with the title and the status that its file has', () => {
    const rows = files.map((name) => {
      const [, number, title, status] = /^# (\d+)\. (.+)\n\nStatus: (.+)\n/.exec(read(join(FOLDER, name))) ?? []
      return `| ${number} | [${title}](${name}) | ${status} |`
    })
    const listed = read(join(FOLDER, 'README.md'))
      .split('\n')
      .filter((line) => /^\| (?:\d|undefined)/.test(line))
    expect(listed).toEqual(rows)
  })

  test('knows four kinds of status, and names a decision that is there', () => {
    const status = /^(?:accepted(?:, extended by .+)?|(?:partly )?superseded by .+)$/
    const wrong = files.filter((name) => {
      const [, found = ''] = /^Status: (.+)$/m.exec(read(join(FOLDER, name))) ?? []
      const named = [...found.matchAll(/\[(\d+)\]\((\d{4})-/g)]
      const isRight = named.every(([, number, file]) => Number(number) === Number(file))
      return !status.test(found) || !isRight || (found !== 'accepted' && named.length === 0)
    })
    expect(wrong).toEqual([])
  })

  test('gives each number once, as the file is called', () => {
    const numbers = files.map((name) => [Number(name.slice(0, 4)), /^# (\d+)\./.exec(read(join(FOLDER, name)))?.[1]])
    expect(numbers.filter(([file, title]) => file !== Number(title))).toEqual([])
    expect(new Set(files.map((name) => name.slice(0, 4))).size).toBe(files.length)
  })
})
