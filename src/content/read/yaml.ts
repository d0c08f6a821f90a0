// Parses one YAML text against a schema, so that every problem has its line.
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { z } from 'zod'
import type { Problem } from '../content.ts'
import { explainSchemaErrors, unknownNames } from './schema-errors.ts'
import { doubledKeys, overLimit } from './yaml-limits.ts'

/** The line of whatever is at a path; where the path ends early, of the nearest thing around it. */
export type LineOf = (path: readonly PropertyKey[]) => number

export type ReadYaml<T> = { readonly value?: T; readonly lineOf: LineOf; readonly problems: readonly Problem[] }

/** Problems of one text that are told; whoever mends them sees the next ones. */
const MOST_PROBLEMS = 50

/** `before`: how many lines of the file come before `text`. */
export function readYaml<T>(file: string, text: string, schema: z.ZodType<T>, before = 0): ReadYaml<T> {
  const lines = new LineCounter()
  const lineAt = (offset: number) => lines.linePos(offset).line + before
  const problem = (line: number, words: string): Problem => ({ file, line, problem: words, severity: 'error' })

  const over = overLimit(text)
  if (over) {
    const line = text.slice(0, over.at).split('\n').length + before
    return { lineOf: () => 1 + before, problems: [problem(line, over.problem)] }
  }
  // The library compares every key with every other one.
  const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false }
  const document = withoutStacks(() => parseDocument(text, options))
  const lineOf: LineOf = (path) => lineAt(offsetOf(document.contents, path))

  const broken = [
    ...[...document.errors, ...document.warnings].map(({ pos, message }) => ({ at: pos[0], problem: message })),
    ...doubledKeys(document.contents),
  ].slice(0, MOST_PROBLEMS)
  if (broken.length > 0)
    return { lineOf, problems: broken.map(({ at, problem: said }) => problem(lineAt(at), syntax(said))) }

  let data: unknown
  try {
    data = document.toJS({ maxAliasCount: 100 })
  } catch {
    return { lineOf, problems: [problem(1 + before, 'too many references (`*name`); write the values out')] }
  }
  const parsed = schema.safeParse(data, { error: explainSchemaErrors })
  if (parsed.success) return { value: parsed.data, lineOf, problems: [] }
  const problems: Problem[] = []
  for (const issue of parsed.error.issues.slice(0, MOST_PROBLEMS)) {
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys.slice(0, MOST_PROBLEMS))
        problems.push(problem(lineOf([...issue.path, key]), unknownNames(schema, issue.path, key)))
    else problems.push(problem(lineOf(issue.path), located(issue.path, issue.message)))
  }
  return { lineOf, problems: problems.slice(0, MOST_PROBLEMS) }

  function offsetOf(root: Node | null, path: readonly PropertyKey[]): number {
    let node: unknown = root
    let offset = root?.range?.[0] ?? 0
    for (const key of path) {
      if (isAlias(node)) node = node.resolve(document)
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
        if (!pair || !isScalar(pair.key)) break
        offset = pair.key.range?.[0] ?? offset
        node = pair.value
      } else if (isSeq(node)) {
        const item = node.items[Number(key)] as Node | undefined
        if (!item) break
        offset = item.range?.[0] ?? offset
        node = item
      } else break
    }
    return offset
  }
}

/** What a text has wrong may be thousands of errors; to note for each where it was made takes longer than to read it. */
function withoutStacks<T>(read: () => T): T {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return read()
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

/** `confidence.public: expected a number, not text`; list positions count from 1. */
function located(path: readonly PropertyKey[], message: string): string {
  const where = path
    .map((key) => (typeof key === 'number' ? `[${key + 1}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
  return where ? `\`${where}\`: ${message}` : message
}

function syntax(message: string): string {
  const said = (message.split('\n')[0] ?? '').replace(/\.$/, '')
  const hint = /nested mappings|implicit key/i.test(said) ? '; put text that contains a colon in quotes' : ''
  return `not valid YAML: ${said.charAt(0).toLowerCase()}${said.slice(1)}${hint}`
}
