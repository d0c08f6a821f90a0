// Limits of one YAML text, checked on its tokens before it is parsed; finds duplicate keys.
import { isScalar, Lexer, type Node, visit } from 'yaml'

/** Where in the text, as an offset, and what is wrong there. */
type Found = { readonly at: number; readonly problem: string }

/** Words, signs, line ends and indentations; a key with its value has about eight. */
const MOST_TOKENS = 40_000
const MOST_REFERENCES = 100
const DEEPEST = 100

/** What the lexer says before a scalar, and what else it says that is not in the text. */
const SCALAR = '\x1f'
const NOT_IN_TEXT = ['\x02', '\x18', SCALAR]

/** The first limit that a text exceeds. Takes time proportional to the text. */
export function overLimit(text: string): Found | undefined {
  let [at, tokens, references, brackets, indicators] = [0, 0, 0, 0, 0]
  let before = ''
  for (const token of new Lexer().lex(text)) {
    if (++tokens > MOST_TOKENS) return { at, problem: 'the file has too many entries; split it into several files' }
    if (before === SCALAR) before = ''
    else {
      if (/^[&*]/.test(token) && ++references > MOST_REFERENCES)
        return { at, problem: 'too many references (`&name`, `*name`); write the values out' }
      if (/^[[{]$/.test(token)) brackets += 1
      else if (/^[\]}]$/.test(token)) brackets = Math.max(0, brackets - 1)
      else if (/^\r?\n$/.test(token)) indicators = 0
      else if (/^[-?:]$/.test(token) && brackets === 0) indicators += 1
      if (brackets + indicators > DEEPEST)
        return { at, problem: `lists and maps are nested more than ${DEEPEST} deep; write them flatter` }
      before = token
    }
    if (!NOT_IN_TEXT.includes(token)) at += token.length
  }
  return undefined
}

/** The keys that a map has already. */
export function doubledKeys(root: Node | null): Found[] {
  const found: Found[] = []
  visit(root, {
    Map(_, map) {
      const seen = new Set<unknown>()
      for (const { key } of map.items) {
        if (!isScalar(key)) continue
        if (seen.has(key.value)) found.push({ at: key.range?.[0] ?? 0, problem: 'map keys must be unique' })
        seen.add(key.value)
      }
    },
  })
  return found
}
