// Grounding: checks that a text says only what its source says, sentence by sentence and number by number.

import { stemmer } from 'stemmer'
import type { Audience } from '#domain'
import { quantitiesIn } from '#gate'
import { negates, words } from '#understanding/retrieval'

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' })
const LINK = /\[([^\]]*)\]\([^)]*\)|\b(?:https?:\/\/|www\.)\S+/gi
const COURTESY =
  /^(?:(?:hi|hello|hey|thanks?|thank you|sorry|we'?re sorry|i'?m sorry|we apologi[sz]e|of course|sure|good question|great question|happy to help|glad to help|you'?re welcome|i hope (?:this|that) helps|hope (?:this|that) helps)\b[^\d]{0,60})$/i
/** Words that carry no matter. */
const SMALL = new Set(
  (
    'a an the is are was were be been am i you he she it we they me my your his her its our their us them this that these ' +
    'those to of in on at for with by from as and or but so if do does did have has had can could will would should may ' +
    'might there here what which who when where why how not no yes please just also then than any all some more up out ' +
    'about into only once after before need want get'
  ).split(' '),
)
/** Share of a sentence's words that the passage has to have. */
const SUPPORT = 0.75

/** Takes out links: a reply carries the article's own link and no other. */
export function dropLinks(text: string): string {
  return text
    .replace(LINK, (_, label: string | undefined) => label ?? '')
    .replace(/[ \t]+([.,!?])/g, '$1')
    .replace(/[ \t]+/g, ' ')
    .trim()
}

/** Whether the passage holds the quote word for word; case, spaces and kinds of quotation marks aside. */
export function isQuoted(passage: string, quote: string): boolean {
  const plain = flat(quote)
  return plain.length > 0 && flat(passage).includes(plain)
}

/**
 * What a text says beyond its passages, for whoever reads it: in public the words are the passages' own, and only in private
 * they may be put together anew. Undefined when nothing.
 */
export const findBeyond = (text: string, passages: readonly string[], audience: Audience): string | undefined =>
  (audience === 'public' ? findNotVerbatim(text, passages) : undefined) ?? findUngrounded(text, passages.join('\n'))

/** What a text says beyond its passage, in a few words; undefined when nothing. */
export function findUngrounded(text: string, passage: string): string | undefined {
  if (/<[A-Z_]+_\d+>/.test(text)) return 'a masked private value'
  const known = new Set(quantitiesIn(passage))
  if (quantitiesIn(text).some((quantity) => !known.has(quantity))) return 'a number that is not in the article'
  const stems = new Set(stemsOf(passage))
  const sources = sentences(passage)
  for (const sentence of sentences(text)) {
    if (COURTESY.test(sentence)) continue
    const own = stemsOf(sentence)
    if (own.length === 0) continue
    if (share(own, stems) < SUPPORT) return 'a sentence that is not in the article'
    const nearest = sources.toSorted((a, b) => share(own, new Set(stemsOf(b))) - share(own, new Set(stemsOf(a))))[0]
    if (nearest && negates(sentence) !== negates(nearest)) return 'the opposite of what the article says'
  }
  return undefined
}

/** Said beside an answer in public; nothing else of a model's own is. None of them answers a question. */
const PUBLIC_COURTESIES = new Set(
  [
    'hi',
    'hi there',
    'hello',
    'hello there',
    'hey',
    'thanks',
    'thank you',
    'thanks for asking',
    'thank you for asking',
    'thanks for your question',
    'thank you for your question',
    'thanks for your message',
    'thank you for your message',
    'thanks for getting in touch',
    'thank you for getting in touch',
    'thanks for reaching out',
    'thank you for reaching out',
    'thanks for writing',
    'thank you for writing',
    'good question',
    'great question',
    'happy to help',
    'glad to help',
    'i hope this helps',
    'i hope that helps',
    'hope this helps',
    'hope that helps',
    'have a lovely day',
    'have a nice day',
    'have a great day',
  ].flatMap((courtesy) => [courtesy, courtesy.replaceAll(' ', '')]),
)
/** Leans on the sentence before it. */
const LEANS =
  /^(?:it|its|they|them|their|this|that|these|those|he|she|there|here|then|otherwise|but|and|or|so|also|however|instead|after|before|above|below|if (?:not|so|it|they|that|this)|in (?:that|this|those|these)|for (?:that|this|those|these)|only|except|unless|until|even|both|either|neither|one|ones|some|others?|the (?:same|first|second|other|rest|latter|former))(?![\p{L}])/iu
/** Takes something back of the sentence before it, or binds it to a condition. */
const RESTRICTS =
  /^(?:not|no|none|never)(?![\p{L}])|(?<![\p{L}])(?:only|unless|except\p{L}*|exclud\p{L}*|however|otherwise|provided|as long as|apart from|not (?:apply|count|include\p{L}*|valid|if|for|on|when)|(?:do|does)n['’]t (?:apply|count|include))(?![\p{L}])/iu

/**
 * What a text says in public beside whole sentences of these passages, in a few words; undefined when nothing. Sentences may
 * be left out, but none on which one that stays leans, none that restricts it, and nothing of a list but its end.
 */
export function findNotVerbatim(text: string, passages: readonly string[]): string | undefined {
  const blocks = passages.map((passage) =>
    sentences(passage).map((sentence) => ({ said: sentence, key: bare(sentence) })),
  )
  const own = sentences(text)
    .map(bare)
    .filter((key) => key !== '' && !PUBLIC_COURTESIES.has(key))
  let at = 0
  let from = 0
  while (at < own.length) {
    const found = findRun(own, at, blocks, from)
    if (!found) return 'a sentence that is not the article’s, word for word'
    const { block, start, end } = found
    const all = blocks[block] ?? []
    const isIntroduced = all[0]?.said.endsWith(':') ?? false
    if (start > 0 && (isIntroduced || LEANS.test(all[start]?.said ?? '')))
      return 'a sentence without the one it leans on'
    const next = all[end]
    if (next && (isIntroduced ? false : RESTRICTS.test(next.said) || LEANS.test(next.said)))
      return 'a sentence without the one that restricts it'
    at += end - start
    from = block + 1
  }
  return undefined
}

type Keyed = { readonly said: string; readonly key: string }

/** The longest run of sentences of one passage, at or after `from`, with which the rest of a text begins. */
function findRun(own: readonly string[], at: number, blocks: readonly (readonly Keyed[])[], from: number) {
  let best: { block: number; start: number; end: number } | undefined
  for (const [block, all] of blocks.entries()) {
    if (block < from) continue
    for (const start of all.keys()) {
      let length = 0
      while (start + length < all.length && all[start + length]?.key === own[at + length] && at + length < own.length)
        length += 1
      if (length > 0 && length > (best ? best.end - best.start : 0)) best = { block, start, end: start + length }
    }
  }
  return best
}

/** A sentence by which it is known again: its letters, its numbers and the signs in them. */
const bare = (sentence: string): string =>
  flat(sentence)
    .replace(/^(?:[•*–-]|\d+[.)])\s+/, '')
    .replace(/^[\s"'(]+|[\s"').!…:;,?]+$/g, '')

function share(own: readonly string[], other: ReadonlySet<string>): number {
  return own.filter((stem) => other.has(stem)).length / own.length
}

function sentences(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => Array.from(SENTENCES.segment(line), ({ segment }) => segment.trim()).filter(Boolean))
}

function stemsOf(text: string): string[] {
  return words(text)
    .filter((word) => !SMALL.has(word))
    .map((word) => stemmer(word))
}

function flat(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\s+/g, ' ')
    .trim()
}
