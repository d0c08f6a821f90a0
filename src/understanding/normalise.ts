// A customer's text as the index reads it: no links, handles or emoji, no shouting, in sentences.

/** Characters of a message that are looked at; what follows is not read. */
export const LONGEST = 8000
/** Sentences of one message that are searched on their own. */
const MOST_SEGMENTS = 8

const LINK = /\b(?:https?:\/\/|www\.)\S+/gi
const HANDLE = /(^|[^\p{L}\p{N}.])@[\p{L}\p{N}_]+/gu
const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\u{1f1e6}-\u{1f1ff}]|\u200d|\ufe0f|\u20e3/gu
const SENTENCE_END = /(?<=[.!?…])\s+|\n+/

/** One line of plain words. Shouted text is lowered: in capitals the sentence model finds, but is not sure. */
export function normalise(text: string): string {
  const plain = text
    .slice(0, LONGEST)
    .normalize('NFKC')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[\u00ad\u200b\u200c\u2060\ufeff]/g, '')
    .replace(LINK, ' ')
    .replace(HANDLE, '$1')
    .replace(EMOJI, ' ')
    .replace(/[#*_~`|]+/g, ' ')
    .replace(/(\p{L})\1{2,}/gu, '$1$1')
    .replace(/[ \t\r\f\v]+/g, ' ')
    .trim()
  return lower(plain)
}

/** The whole message, and each of its sentences of three words or more: a question inside a rant is still found. */
export function segments(text: string): string[] {
  const whole = normalise(text)
  const sentences = whole
    .split(SENTENCE_END)
    .map((sentence) => lower(sentence.trim()))
    .filter((sentence) => sentence.split(' ').length >= 3)
  const flat = whole.replace(/\n+/g, ' ')
  return flat ? [...new Set([flat, ...sentences])].slice(0, MOST_SEGMENTS) : []
}

function lower(text: string): string {
  return isShouted(text) ? text.toLowerCase() : text
}

export function isShouted(text: string): boolean {
  const upper = text.match(/\p{Lu}/gu)?.length ?? 0
  const lower = text.match(/\p{Ll}/gu)?.length ?? 0
  return upper >= 8 && upper > 2 * lower
}
