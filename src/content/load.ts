// Loads a content folder into one frozen, versioned snapshot, or returns its problems.
import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { basename, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LRUCache } from 'lru-cache'
import type { Brand } from '#policy'
import type { OutgoingText } from './check/customer-texts.ts'
import { withoutMissingArticles } from './check/missing-articles.ts'
import { checkCaps } from './check/promise-caps.ts'
import { checkAllRules, checkContactReasons, vocabularyOf } from './check/rules.ts'
import { checkSavedReplies } from './check/saved-replies.ts'
import { checkSignals } from './check/signals.ts'
import type { Content, Problem } from './content.ts'
import type { Example } from './example.ts'
import { readArticle } from './read/articles.ts'
import { BRAND_FILE, readBrand } from './read/brand.ts'
import { type ContentFile, FOLDERS, type Folder } from './read/content-paths.ts'
import { readDialog } from './read/dialogs.ts'
import { findFolders, readFolder } from './read/files.ts'
import { readPolicy } from './read/policies.ts'

/** The repository's own content, which fills in for folders that another one does not have. */
export const OWN_CONTENT = fileURLToPath(new URL('../../', import.meta.url))

export type Loaded = Read & {
  /** What was read, right or wrong, in no order. */
  readonly files: readonly ContentFile[]
}
/** The content that files are, or what is wrong with them. */
export type Read =
  | { readonly content: Content; readonly examples: readonly Example[]; readonly texts: readonly OutgoingText[] }
  | { readonly problems: readonly Problem[] }

/** Never rejects for what a folder may hold: everything wrong with it is a problem with its file and line. */
export async function loadContent(dir: string): Promise<Loaded> {
  const root = await realpath(resolve(dir)).catch(() => undefined)
  if (root === undefined) return { problems: [atDir(dir, `there is no folder \`${dir}\``)], files: [] }
  // Files may go or be locked while they are read; whoever watches them reads again.
  const { files, problems } = await readFolders(dir, root).catch((error: NodeJS.ErrnoException) => ({
    files: [],
    problems: [atDir(dir, `it could not be read (${error.code ?? error.name}); is somebody changing it just now?`)],
  }))
  return { ...contentOf(files, root, problems), files }
}

/** The content that `files` are, wherever they come from; `dir` is where they lie. */
export function contentOf(files: readonly ContentFile[], dir: string, known: readonly Problem[] = []): Read {
  const { content, examples, texts, problems: inside } = read(files, dir)
  const problems = [...known, ...inside]
  problems.sort((one, other) => (one.file < other.file ? -1 : one.file > other.file ? 1 : one.line - other.line))
  if (!content || problems.some((problem) => problem.severity === 'error')) return { problems }
  return freeze({ content: { ...content, warnings: problems }, examples, texts })
}

/** `policies/refunds.yaml:12: …` */
export function formatProblem({ file, line, problem, severity }: Problem): string {
  return `${file}:${line}: ${severity === 'warning' ? 'warning: ' : ''}${problem}`
}

async function readFolders(dir: string, root: string): Promise<{ files: ContentFile[]; problems: Problem[] }> {
  const { found, problems } = await findFolders(root).catch(() => ({
    found: undefined,
    problems: [atDir(dir, `\`${dir}\` is not a folder`)],
  }))
  if (!found) return { files: [], problems }
  const files: ContentFile[] = []
  for (const folder of Object.keys(FOLDERS) as Folder[]) {
    if (problems.some((problem) => problem.file.toLowerCase() === folder)) continue
    const missing = !found.has(folder)
    const borrowed = missing && folder !== 'knowledge' && relative(root, OWN_CONTENT) !== ''
    if (missing)
      problems.push({
        ...atDir(dir, `there is no \`${folder}\` folder in ${dir}${borrowed ? '; Warmline’s own is used' : ''}`),
        severity: borrowed ? 'warning' : 'error',
      })
    if (missing && !borrowed) continue
    const read = await readFolder(borrowed ? OWN_CONTENT : root, folder)
    files.push(...read.files)
    problems.push(...read.problems)
  }
  return { files, problems }
}

/** Contents of which each file is remembered: what is live, what was before, and a draft. */
const CONTENTS = 3
const FILES = 20_000

/** Reads a file again only where its text, or the brand that it is read for, has changed. */
function once<T>(read: (file: ContentFile, brand: Brand | undefined) => T): typeof read {
  const known = new LRUCache<
    string,
    readonly { readonly text: string; readonly brand: Brand | undefined; readonly of: T }[]
  >({ max: FILES })
  return (file, brand) => {
    const { path, text } = file
    const before = known.get(path) ?? []
    const found = before.find((one) => one.text === text && one.brand === brand) ?? {
      text,
      brand,
      of: read(file, brand),
    }
    known.set(path, [found, ...before.filter((one) => one !== found)].slice(0, CONTENTS))
    return found.of
  }
}

const brandIn = once((file) => readBrand(file))
const policyIn = once(readPolicy)
const dialogIn = once((file, brand) => {
  const { dialog, lineOf, problems, texts } = readDialog(file, brand)
  const at = (...path: PropertyKey[]) => ({ file: file.path, line: lineOf(path) })
  const examples = dialog && [
    ...dialog.phrases.map((phrase, i): Example => ({ kind: 'phrase', ...at('phrases', i), dialog, phrase })),
    ...dialog.examples.map((example, i): Example => ({ kind: 'transcript', ...at('examples', i), dialog, example })),
  ]
  return { dialog, problems, texts, examples: examples ?? [] }
})
const articleIn = once((file, brand) => {
  const { article, lineOf, problems, texts } = readArticle(file, brand)
  const questions = (list: 'questions' | 'not', wins: boolean) =>
    (article?.[list] ?? []).map((question, i): Example => {
      const place = { file: file.path, line: lineOf([list, i]) }
      return { kind: 'question', ...place, article: article?.id ?? '', question, wins }
    })
  return { article, problems, texts, examples: [...questions('questions', true), ...questions('not', false)] }
})

function read(files: readonly ContentFile[], dir: string) {
  const inFolder = (folder: Folder) => files.filter((file) => file.path.startsWith(`${folder}/`))
  const problems: Problem[] = []
  const examples: Example[] = []
  const texts: OutgoingText[] = []

  const brandText = files.find((file) => file.path === BRAND_FILE)
  const brandRead = brandText && keep(brandIn(brandText, undefined))
  const brand = brandRead?.brand
  if (!brandText && inFolder('policies').length > 0)
    problems.push({ file: BRAND_FILE, line: 1, problem: 'the file is missing; it says who speaks', severity: 'error' })

  const written = inFolder('policies')
    .filter((file) => file !== brandText)
    .map((file) => keep(policyIn(file, brand)))
  const dialogs = inFolder('dialogs').flatMap((file) => {
    const { dialog, examples: own } = keep(dialogIn(file, brand))
    examples.push(...own)
    return dialog ? [dialog] : []
  })

  const homes = new Map<string, string>()
  const articles = inFolder('knowledge').flatMap((file) => {
    const { article, examples: own } = keep(articleIn(file, brand))
    if (!article) return []
    const twin = homes.get(article.id)
    homes.set(article.id, file.path)
    if (twin !== undefined)
      problems.push({
        file: file.path,
        line: 1,
        problem: `\`${twin}\` has the same name; names are ids`,
        severity: 'error',
      })
    examples.push(...own)
    return [article]
  })

  const { policies, problems: absent } = withoutMissingArticles(
    written,
    articles.map(({ id }) => id),
  )
  problems.push(...absent)
  examples.unshift(
    ...policies.flatMap(({ examples: own, incidents, signalLines }): Example[] => [
      ...own.map((example): Example => ({ kind: 'policy', file: example.file, line: example.line, example })),
      ...incidents.flatMap((one) => one.examples),
      ...signalLines,
    ]),
  )

  const labels = new Map<string, string>()
  for (const { file, messages } of policies)
    for (const { line, text } of messages) {
      const place = `${file}:${line}`
      const twin = labels.get(text)
      labels.set(text, twin ?? place)
      if (twin !== undefined || text.trim() === '')
        problems.push({
          file,
          line,
          problem: twin === undefined ? 'the message is empty' : `the same message is labelled in \`${twin}\``,
          severity: 'error',
        })
    }

  const incidents = policies.flatMap((policy) => policy.incidents.map(({ incident }) => incident))
  const signals = policies.flatMap((policy) => policy.signals)
  const vocabulary = vocabularyOf({ dialogs, articles, incidents, signals })
  problems.push(
    ...checkAllRules(policies, vocabulary, new Date().toISOString().slice(0, 10)),
    ...checkSignals(policies),
  )
  const homesOf = new Map(inFolder('knowledge').map((file) => [basename(file.path, '.md'), file]))
  if (brand) problems.push(...checkCaps(brand, policies, articles, homesOf))
  if (brandRead?.brand) problems.push(...checkContactReasons(brandRead.brand, brandRead.lineOf, vocabulary))
  const saved = checkSavedReplies(policies, dialogs, brand)
  problems.push(...saved.problems)
  texts.push(...saved.texts)
  const content: Content | undefined = brand && {
    version: versionOf(files),
    dir,
    brand,
    rules: policies.flatMap((policy) => policy.rules.map(({ rule }) => rule)),
    incidents,
    policyExamples: policies.flatMap((policy) => policy.examples),
    messages: policies.flatMap(({ messages }) => messages.map(({ line: _, ...message }) => message)),
    signals,
    savedReplies: policies.flatMap((policy) => policy.savedReplies),
    dialogs,
    articles,
    warnings: [],
  }
  return { content, examples, texts, problems }

  function keep<T extends { readonly problems: readonly Problem[]; readonly texts: readonly OutgoingText[] }>(
    read: T,
  ): T {
    problems.push(...read.problems)
    texts.push(...read.texts)
    return read
  }
}

/** 12 hex digits of a hash over every path and text; the same files anywhere have the same version. */
export function versionOf(files: readonly ContentFile[]): string {
  const hash = createHash('sha256')
  for (const { path, text } of files.toSorted((one, other) => (one.path < other.path ? -1 : 1)))
    hash.update(JSON.stringify([path, text]))
  return hash.digest('hex').slice(0, 12)
}

function atDir(dir: string, problem: string): Problem {
  return { file: dir, line: 1, problem, severity: 'error' }
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) freeze(inner)
  }
  return value
}
