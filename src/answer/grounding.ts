// Whether a text says only what a passage says: sentence by sentence, number by number, and never the opposite.

import { stemmer } from 'stemmer'
import { negates, words } from '#understanding'

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' })
const NUMBER = /\d+(?:[.,:]\d+)*/g
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

/** What a text says beyond its passage, in a few words; undefined when nothing. */
export function findUngrounded(text: string, passage: string): string | undefined {
  if (/<[A-Z_]+_\d+>/.test(text)) return 'a masked private value'
  const known = new Set(numbersIn(passage))
  if (numbersIn(text).some((number) => !known.has(number))) return 'a number that is not in the article'
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

function numbersIn(text: string): string[] {
  return text.match(NUMBER) ?? []
}

function flat(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\s+/g, ' ')
    .trim()
}
