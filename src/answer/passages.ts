// Cuts an article into numbered passages: sentences that may be said without the rest of the article. Pure.
import { toBlocks, toSections } from '#content'

export type Passage = {
  readonly sentences: readonly string[]
  /** The passage as the article has it. */
  readonly text: string
  /** Passages of one block stand in one paragraph. */
  readonly block: number
  /** The heading under which it stands; it is said with it. */
  readonly heading?: string
}

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' })
/** After these a full stop ends no sentence. */
const ABBREVIATED =
  /(?:^|[\s(])(?:\p{L}|approx|e\.g|i\.e|etc|nos?|st|mrs?|dr|ltd|inc|co|vs|min|max|incl|excl|tel|ext)\.$/iu
/** Leans on the sentence before it. */
const LEANS =
  /^(?:it|its|they|them|their|this|that|these|those|he|she|there|here|then|otherwise|but|and|or|so|also|however|instead|after|before|above|below|unless|if (?:not|so|it|they|that|this)|in (?:that|this|those|these|either|both)|for (?:that|this|those|these)|on top|only|except|until|even|both|either|neither|one|ones|some|others?|(?:all|any|each|most) of (?:them|these|those)|the (?:same|first|second|other|rest|latter|former))(?![\p{L}])/iu
/** Takes something back of what stands before it, or binds it to a condition. */
const RESTRICTS =
  /(?<![\p{L}])(?:not?|none|never|nothing|nobody|cannot|neither|nor|without|only|unless|except\p{L}*|exclud\p{L}*|however|otherwise|provided|as long as|apart from|\p{L}+n['’]t)(?![\p{L}])/iu

const HEADING = /^\s*(?:#{1,6}[ \t][^\n]*|[^\n]+\n *(?:=+|-+) *)(?:\n|$)/

/** The sentences of a text; a line ends one, an abbreviation does not. */
export function sentencesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const found: string[] = []
    for (const { segment } of SENTENCES.segment(line)) {
      const before = found.at(-1)
      const continues = before !== undefined && (ABBREVIATED.test(before.trim()) || /^[\p{Ll}]/u.test(segment))
      if (continues) found[found.length - 1] = `${before}${segment}`
      else found.push(segment)
    }
    return found.map((sentence) => sentence.trim()).filter(Boolean)
  })
}

const leans = (sentence: string): boolean => LEANS.test(sentence) || RESTRICTS.test(sentence)

/** The passages of an article, in its order. A list is one passage, with the words that introduce it. */
export function passagesIn(markdown: string): Passage[] {
  const passages: Passage[] = []
  let count = 0
  for (const section of toSections(markdown)) {
    const headed = HEADING.exec(section)
    const title = headed && toBlocks(section)[0]?.text.split('\n', 1)[0]
    const heading = title ? { heading: title } : {}
    for (const [at, { kind, text }] of toBlocks(section.slice(headed?.[0].length ?? 0)).entries()) {
      const block = count++
      const sentences = sentencesOf(text)
      const groups = kind === 'list' ? [sentences] : grouped(sentences)
      const [first, ...others] = groups.map((group) => ({
        sentences: group,
        text: kind === 'list' ? text : group.join(' '),
        block,
        ...heading,
      }))
      if (!first) continue
      const before = passages.at(-1)
      const belongs = at > 0 && before && LEANS.test(sentences[0] ?? '')
      if (belongs)
        passages[passages.length - 1] = {
          ...before,
          sentences: [...before.sentences, ...first.sentences],
          text: `${before.text}\n\n${first.text}`,
        }
      else passages.push(first)
      passages.push(...others)
    }
  }
  return passages
}

/** Sentences with the one on which they lean, and with those that restrict them. */
function grouped(sentences: readonly string[]): string[][] {
  const groups: string[][] = []
  for (const sentence of sentences) {
    const before = groups.at(-1)
    if (before && leans(sentence)) before.push(sentence)
    else groups.push([sentence])
  }
  return groups
}

/** These passages as one text, in the article's order; undefined where a number is no passage's. Numbers count from 1. */
export function selectPassages(
  passages: readonly Passage[],
  numbers: readonly number[],
): { readonly text: string; readonly chosen: readonly Passage[] } | undefined {
  const wanted = [...new Set(numbers)].toSorted((a, b) => a - b)
  const chosen = wanted.flatMap((number) => passages[number - 1] ?? [])
  if (chosen.length === 0 || chosen.length < wanted.length) return undefined
  let text = ''
  let last: Passage | undefined
  for (const passage of chosen) {
    const isTitled = passage.heading !== undefined && passage.heading !== last?.heading
    const titled = isTitled ? `${passage.heading}\n${passage.text}` : passage.text
    text += last === undefined ? titled : `${last.block === passage.block ? ' ' : '\n\n'}${titled}`
    last = passage
  }
  return { text, chosen }
}
