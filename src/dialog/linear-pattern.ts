// Matches owners' regular expressions with RE2, in time proportional to the text. Pure.
import { LRUCache } from 'lru-cache'
import { RE2JS } from 're2js'

export type LinearPattern = {
  /** Whether the whole text fits. */
  matches(text: string): boolean
  /** Where it stands in the text as whole words, from left to right; at most `MOST_FOUND`. */
  findWords(text: string): readonly { readonly value: string; readonly at: number }[]
}

/** An expression that is not taken; the message says why, and what to write instead. */
class UnsupportedPattern extends Error {
  override name = 'UnsupportedPattern'
}

const LONGEST = 500
/** Steps that one character of the text may take; an order number needs ten. */
const LARGEST = 500
const MOST_FOUND = 20
/** Compiled expressions are few: those of the contents that serve or are tried. */
const REMEMBERED = 200

const BEFORE = String.raw`(?:^|[^\p{L}\p{N}])`
const AFTER = String.raw`(?:$|[^\p{L}\p{N}-]|-(?:$|[^\p{L}\p{N}]))`

/** Compiled expressions by source, or why they are not taken. Nothing that a caller can see depends on them. */
const compiled = new LRUCache<string, LinearPattern | UnsupportedPattern>({ max: REMEMBERED, memoMethod: compile })

/** Throws `UnsupportedPattern`. */
export function linearPattern(source: string): LinearPattern {
  const known = compiled.memo(source)
  if (known instanceof UnsupportedPattern) throw known
  return known
}

/** Why an expression is not taken; undefined when it is. */
export function patternProblem(source: string): string | undefined {
  try {
    linearPattern(source)
    return undefined
  } catch (error) {
    if (error instanceof UnsupportedPattern) return error.message
    throw error
  }
}

function compile(source: string): LinearPattern | UnsupportedPattern {
  const problem = problemOf(source)
  if (problem !== undefined) return new UnsupportedPattern(problem)
  // Owners may write the pattern with or without its anchors.
  const inner = source.replace(/^\^|(?<!\\)\$$/g, '')
  let whole: RE2JS
  let words: RE2JS
  try {
    whole = RE2JS.compile(translated(source))
    words = RE2JS.compile(`${BEFORE}(${translated(inner)})${AFTER}`)
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error)
    return new UnsupportedPattern(`this regular expression is not supported (${reason}); write it more simply`)
  }
  if (whole.programSize() > LARGEST)
    return new UnsupportedPattern('the regular expression is too large; use fewer or smaller repetitions such as `{9}`')
  return { matches: (text) => whole.testExact(text), findWords: (text) => found(words, text) }
}

function found(words: RE2JS, text: string): { value: string; at: number }[] {
  const results: { value: string; at: number }[] = []
  const matcher = words.matcher(text)
  let from = 0
  while (results.length < MOST_FOUND && from <= text.length && matcher.find(from)) {
    const at = matcher.start(1)
    const end = matcher.end(1)
    if (end > at) results.push({ value: text.slice(at, end), at })
    // The character before the next match may be the last one of this match.
    from = Math.max(end - (isLowSurrogate(text, end - 1) ? 2 : 1), from + 1)
  }
  return results
}

const isLowSurrogate = (text: string, at: number) => (text.charCodeAt(at) & 0xfc00) === 0xdc00

function problemOf(source: string): string | undefined {
  if (source.length > LONGEST) return `the regular expression is longer than ${LONGEST} characters`
  try {
    new RegExp(source, 'u')
  } catch {
    return `\`${source}\` is not a regular expression`
  }
  if (/(?<!\\)(?:\\\\)*\(\?<?[=!]/.test(source))
    return 'look-ahead and look-behind (`(?=`, `(?!`, `(?<=`, `(?<!`) are not supported; write out what may stand there'
  if (/(?<!\\)(?:\\\\)*\\(?:[1-9]|k<)/.test(source))
    return 'references to groups (`\\1`, `\\k<name>`) are not supported; write the part out again'
  return undefined
}

/** White space and line ends as JavaScript has them. */
const SPACE = String.raw`\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`
const NOT_SPACE = String.raw`\x00-\x08\x{e}-\x{1f}!-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}`
const NOT_LINE_END = String.raw`[^\n\r\x{2028}\x{2029}]`

/** The same expression in the syntax of RE2, where `.` and `\s` mean something else. */
function translated(source: string): string {
  let isInClass = false
  const same = source.replace(/\\.|[[\].]/gsu, (sign) => {
    if (sign === '\\s' || sign === '\\S') {
      const class_ = sign === '\\s' ? SPACE : NOT_SPACE
      return isInClass ? class_ : `[${class_}]`
    }
    if (sign === '.') return isInClass ? sign : NOT_LINE_END
    if (sign === '[') isInClass = true
    if (sign === ']') isInClass = false
    return sign
  })
  return RE2JS.translateRegExp(same)
}
