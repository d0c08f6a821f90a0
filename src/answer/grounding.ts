// Grounding: checks that a text says only what passages of an article say, sentence by sentence and in their order. Pure.
// In public sentences are the article's, word for word. In private two may be joined, and words that bind nothing may be added or left out.
import type { Audience } from '#domain'
import { type Passage, sentencesOf } from './passages.ts'

const LINK = /\[([^\]]*)\]\([^)]*\)|\b(?:https?:\/\/|www\.)\S+/gi

/** Takes out links: a reply carries the article's own link and no other. */
export function dropLinks(text: string): string {
  return text
    .replace(LINK, (_, label: string | undefined) => label ?? '')
    .replace(/[ \t]+([.,!?])/g, '$1')
    .replace(/[ \t]+/g, ' ')
    .trim()
}

/** A customer's own order or address before the answer: "About your order <ORDER_1>:". */
const OWN_VALUE =
  /^(?:for|about|on|regarding|as to) (?:your |the )?(?:(?:order|account|e-?mail|address|phone|number)(?: number)? )?<[A-Z]+(?:_[A-Z]+)*_\d+>[:,]\s*/i

/** What a text says beyond these passages, in a few words, for whoever reads it; undefined when nothing. */
export function findBeyond(
  text: string,
  passages: readonly Passage[],
  { audience, courtesies }: { readonly audience: Audience; readonly courtesies: readonly string[] },
): string | undefined {
  const polite = new Set(courtesies.map(keyOf))
  const headings = passages.map(({ heading }) => (heading === undefined ? undefined : keyOf(heading)))
  const source = passages.flatMap(({ sentences }, passage) =>
    sentences.map((sentence) => ({ passage, key: keyOf(sentence), words: wordsOf(keyOf(sentence)) })),
  )
  const said = new Set<number>()
  let next = 0
  let heading: string | undefined
  for (const sentence of sentencesOf(text)) {
    const own = audience === 'private' ? sentence.replace(OWN_VALUE, '') : sentence
    const key = keyOf(own)
    if (key === '' || polite.has(key)) continue
    if (headings.includes(key)) {
      heading = key
      continue
    }
    const found = audience === 'private' ? joined(wordsOf(key), source, next) : whole(key, source, next)
    if (!found) return 'a sentence that is not the article’s'
    for (const at of found) said.add(at)
    const under = found.map((at) => headings[source[at]?.passage ?? -1])
    if (under.some((one) => one !== undefined && one !== heading)) return 'a sentence without its heading'
    next = Math.max(...found) + 1
  }
  const begun = new Set([...said].map((at) => source[at]?.passage))
  const isCut = source.some(({ passage, key }, at) => key !== '' && begun.has(passage) && !said.has(at))
  if (isCut) return 'a sentence without the one that it leans on, or that restricts it'
  return said.size === 0 ? 'nothing of the article' : undefined
}

type Source = readonly { readonly key: string; readonly words: string }[]

/** The sentence that is said, at or after `from`. */
function whole(key: string, source: Source, from: number): number[] | undefined {
  const at = source.findIndex((one, index) => index >= from && one.key === key)
  return at < 0 ? undefined : [at]
}

const MOST_JOINED = 3

/** The sentences that are said, at or after `from`: one, or several of them joined. */
function joined(words: string, source: Source, from: number, most = MOST_JOINED): number[] | undefined {
  const at = source.findIndex((one, index) => index >= from && one.words === words)
  if (at >= 0) return [at]
  if (most === 1) return undefined
  for (const join of words.matchAll(/ (?:and|;) /g)) {
    const first = joined(words.slice(0, join.index), source, from, 1)
    const rest = first && joined(words.slice(join.index + join[0].length), source, Math.max(...first) + 1, most - 1)
    if (first && rest) return [...first, ...rest]
  }
  return undefined
}

/** May be added to a sentence or left out of it. */
const FREE = new Set(['the', 'your', 'also', 'please', 'simply', ',', ':', '(', ')', '–', '—'])
const TOKEN = /\d+(?:[.,:/]\d+)*|\p{L}+(?:[-']\p{L}+)*|[^\s\p{L}\p{N}]/gu

/** A sentence's words, numbers and signs, but for those that are free. */
const wordsOf = (key: string): string => (key.match(TOKEN) ?? []).filter((token) => !FREE.has(token)).join(' ')

/** A sentence by which it is known again: its letters, its numbers and the signs in them. */
const keyOf = (sentence: string): string =>
  trimmed(sentence.toLowerCase().replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, ' ').trim())

const trimmed = (sentence: string): string =>
  sentence.replace(/^(?:\s*(?:[•*–-]|\d+[.)])\s+)/, '').replace(/^[\s"'(]+|[\s"').!…:;,?]+$/g, '')
