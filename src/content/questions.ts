// Adds a question to a list in an article's front matter and leaves every other character as its owner wrote it.
import { isMap, isScalar, isSeq, type Pair, parseDocument, stringify, type YAMLSeq } from 'yaml'
import { FRONT_MATTER } from './knowledge.ts'

/**
 * The text of an article with one more of the questions that it must win, or must `not`, after the others, unless it is
 * there. Undefined where the file has no front matter that can be read, or has something else than a list there.
 */
export function withQuestion(text: string, question: string, list: List = 'questions'): string | undefined {
  const [whole, inside = ''] = FRONT_MATTER.exec(text) ?? []
  if (whole === undefined) return undefined
  const start = whole.indexOf('\n') + 1
  const end = start + inside.length
  // With the end of its last line.
  const head = text[end] === '\n' ? `${inside}\n` : inside
  const longer = withLine(head, question, list)
  return longer === undefined ? undefined : text.slice(0, start) + longer + text.slice(start + head.length)
}

type List = 'questions' | 'not'

function withLine(head: string, question: string, list: List): string | undefined {
  const document = parseDocument(head)
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined
  const pair = document.contents.items.find(({ key }) => isScalar(key) && key.value === list)
  if (pair && isSeq(pair.value) && pair.value.items.some((item) => isScalar(item) && item.value === question))
    return head
  const longer = insert(head, pair, question, list)
  // Whatever way the owner wrote the list, nothing but the list may have changed.
  const before: unknown = document.toJS()
  return longer !== undefined && isOneMore(before, parseDocument(longer), question, list) ? longer : undefined
}

function insert(head: string, pair: Pair | undefined, question: string, list: List): string | undefined {
  const line = head.includes('\r\n') ? '\r\n' : '\n'
  const item = stringify(question, { lineWidth: 0 }).trimEnd()
  if (!pair) return `${head}${list}:${line}  - ${item}${line}`
  const { value, key } = pair
  if (isSeq(value) && value.flow) return intoFlow(head, value, question)
  if (isSeq(value)) return after(head, endOf(value), `${marginOf(head, value)}- ${item}`, line)
  const isEmpty = value === null || (isScalar(value) && value.value === null)
  return isEmpty && isScalar(key) ? after(head, key.range?.[1] ?? 0, `  - ${item}`, line) : undefined
}

/** Where the last item of a list ends. */
function endOf({ items, range }: YAMLSeq): number {
  const last = items.at(-1)
  return isScalar(last) ? (last.range?.[1] ?? 0) : (range?.[1] ?? 0)
}

/** What stands before the dashes of a list. */
function marginOf(head: string, { range }: YAMLSeq): string {
  const start = range?.[0] ?? 0
  return head.slice(head.lastIndexOf('\n', start - 1) + 1, start)
}

/** A line after the one in which `at` is, whose comment stays its own. */
function after(head: string, at: number, added: string, line: string): string {
  const end = head[at - 1] === '\n' ? at : head.indexOf('\n', at) + 1
  return `${head.slice(0, end)}${added}${line}${head.slice(end)}`
}

function intoFlow(head: string, { items, range }: YAMLSeq, question: string): string {
  // JSON’s strings are YAML’s, also inside brackets.
  const item = JSON.stringify(question)
  const last = items.at(-1)
  const at = isScalar(last) ? (last.range?.[1] ?? 0) : (range?.[0] ?? 0) + 1
  return `${head.slice(0, at)}${items.length > 0 ? ', ' : ''}${item}${head.slice(at)}`
}

function isOneMore(before: unknown, after: ReturnType<typeof parseDocument>, question: string, list: List): boolean {
  if (after.errors.length > 0 || typeof before !== 'object' || before === null) return false
  const { [list]: listed } = before as { readonly [name in List]?: readonly unknown[] | null }
  const expected = { ...before, [list]: [...(listed ?? []), question] }
  const sorted = (value: object) =>
    JSON.stringify(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
  const is: unknown = after.toJS()
  return typeof is === 'object' && is !== null && sorted(is) === sorted(expected)
}
