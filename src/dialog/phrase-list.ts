// Matches lists of phrases with a trie of words, in time proportional to the message.

type Node = { readonly next: Map<string, Node>; isEnd: boolean }

/** How many words each phrase that begins at `words[at]` has. */
export type PhraseList = (words: readonly string[], at: number) => number[]

export function phraseList(patterns: readonly string[]): PhraseList {
  const root: Node = { next: new Map(), isEnd: false }
  for (const pattern of patterns) for (const phrase of expand(pattern)) add(root, phrase)
  return (words, at) => {
    const lengths: number[] = []
    let node: Node | undefined = root
    for (let length = 1; node; length += 1) {
      node = node.next.get(words[at + length - 1] ?? '')
      if (node?.isEnd) lengths.push(length)
    }
    return lengths
  }
}

/** Every word of the lists that has at least `least` letters. */
export function wordsIn(patterns: readonly string[], least: number): Set<string> {
  return new Set(patterns.flatMap((pattern) => pattern.split(/[^\p{L}]+/u)).filter((word) => word.length >= least))
}

function add(root: Node, phrase: readonly string[]): void {
  if (phrase.length === 0) return
  let node = root
  for (const word of phrase) {
    const next: Node = node.next.get(word) ?? { next: new Map(), isEnd: false }
    node.next.set(word, next)
    node = next
  }
  node.isEnd = true
}

/** Every phrase that a pattern stands for: `(a|b) c?` is `a`, `a c`, `b`, `b c`. */
function expand(pattern: string): string[][] {
  const tokens = pattern.match(/[()|?]|[^()|?\s]+/g) ?? []
  let at = 0
  const cross = (left: string[][], right: string[][]) => left.flatMap((one) => right.map((other) => [...one, ...other]))

  function alternatives(): string[][] {
    const all = sequence()
    while (tokens[at] === '|') {
      at += 1
      all.push(...sequence())
    }
    return all
  }

  function sequence(): string[][] {
    let phrases: string[][] = [[]]
    while (at < tokens.length && tokens[at] !== '|' && tokens[at] !== ')') {
      let part: string[][]
      if (tokens[at] === '(') {
        at += 1
        part = alternatives()
        if (tokens[at] !== ')') throw new Error(`phrase pattern \`${pattern}\` has no closing bracket`)
      } else part = [[tokens[at] as string]]
      at += 1
      if (tokens[at] === '?') {
        at += 1
        part = [...part, []]
      }
      phrases = cross(phrases, part)
    }
    return phrases
  }

  const phrases = alternatives()
  if (at < tokens.length) throw new Error(`phrase pattern \`${pattern}\` has a bracket too many`)
  return phrases
}
