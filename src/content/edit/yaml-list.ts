// Adds an item to a list in a YAML file and leaves every other character as it was.
import { isDeepStrictEqual } from 'node:util'
import { isAlias, isMap, isNode, isScalar, isSeq, type Pair, parseDocument, stringify, type YAMLSeq } from 'yaml'

/** A question, or a map of words. */
export type Item = string | Readonly<Record<string, string | boolean>>

/** The text was read as content before, which has no key twice. */
const LIKE_CONTENT = { uniqueKeys: false }

/**
 * A YAML text with one more item in a list, after the others, unless it is there; a list that is not there is begun. The
 * text ends with the end of a line. Undefined where the text cannot be read, or has something else than a list there.
 */
export function withItem(text: string, list: string, item: Item): string | undefined {
  const document = parseDocument(text, LIKE_CONTENT)
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined
  const pair = document.contents.items.find(({ key }) => isScalar(key) && key.value === list)
  const isThere = (one: unknown) => isNode(one) && !isAlias(one) && isDeepStrictEqual(one.toJS(document), item)
  if (pair && isSeq(pair.value) && pair.value.items.some(isThere)) return text
  const longer = insert(text, pair, list, item)
  // Whatever way the owner wrote the list, nothing but the list may have changed.
  return longer !== undefined && isOneMore(document.toJS(), parseDocument(longer, LIKE_CONTENT), list, item)
    ? longer
    : undefined
}

function insert(text: string, pair: Pair | undefined, list: string, item: Item): string | undefined {
  const line = text.includes('\r\n') ? '\r\n' : '\n'
  const written = (margin: string) =>
    `${margin}- ${stringify(item, { lineWidth: 0 }).trimEnd().replaceAll('\n', `${line}${margin}  `)}`
  if (!pair) return `${text}${list}:${line}${written('  ')}${line}`
  const { value, key } = pair
  if (isSeq(value) && value.flow) return intoFlow(text, value, item)
  if (isSeq(value)) return after(text, endOf(value), written(marginOf(text, value)), line)
  const isEmpty = value === null || (isScalar(value) && value.value === null)
  return isEmpty && isScalar(key) ? after(text, key.range?.[1] ?? 0, written('  '), line) : undefined
}

/** Where the last item of a list ends. */
function endOf({ items, range }: YAMLSeq): number {
  const last = items.at(-1)
  return (isMap(last) ? endOfLast(last.items) : isNode(last) ? last.range?.[1] : undefined) ?? range?.[1] ?? 0
}

/** A block of pairs ends where its last value does; what comes after it may be somebody's comment on what follows. */
function endOfLast(pairs: readonly Pair[]): number | undefined {
  const { value, key } = pairs.at(-1) ?? {}
  return (isNode(value) && value.range?.[1]) || (isNode(key) ? key.range?.[1] : undefined)
}

/** What stands before the dashes of a list. */
function marginOf(text: string, { range }: YAMLSeq): string {
  const start = range?.[0] ?? 0
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
}

/** A line after the one in which `at` is, whose comment stays its own. */
function after(text: string, at: number, added: string, line: string): string {
  const end = text[at - 1] === '\n' ? at : text.indexOf('\n', at) + 1
  return `${text.slice(0, end)}${added}${line}${text.slice(end)}`
}

function intoFlow(text: string, { items, range }: YAMLSeq, item: Item): string {
  const last = items.at(-1)
  const at = isNode(last) ? (last.range?.[1] ?? 0) : (range?.[0] ?? 0) + 1
  // JSON’s strings and maps are YAML’s, also inside brackets.
  return `${text.slice(0, at)}${items.length > 0 ? ', ' : ''}${JSON.stringify(item)}${text.slice(at)}`
}

function isOneMore(before: unknown, after: ReturnType<typeof parseDocument>, list: string, item: Item): boolean {
  if (after.errors.length > 0 || typeof before !== 'object' || before === null) return false
  const { [list]: listed } = before as Readonly<Record<string, readonly unknown[] | null | undefined>>
  return isDeepStrictEqual(after.toJS(), { ...before, [list]: [...(listed ?? []), item] })
}
