// Normalises a customer's text for the index: no links, handles or emoji, in sentences.

/** Characters of a message that are looked at; what follows is not read. */
export const LONGEST = 8000
/** Sentences of one message that are searched on their own. */
const MOST_SEGMENTS = 8

const LINK = /\b(?:https?:\/\/|www\.)\S+/gi
const HANDLE = /(^|[^\p{L}\p{N}.])@[\p{L}\p{N}_]+/gu
const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\u{1f1e6}-\u{1f1ff}]|\u200d|\ufe0f|\u20e3/gu
/** Tags after the last words say how somebody feels, and seldom what they ask. */
const LAST_TAGS = /(?<=\S\s)\s*(?:#[\p{L}\p{N}_]+\s*)+$/u
/** What people throw in when their patience ends; what is left is what they ask. */
const RANT =
  /\b(?:(?:an? |what an? |such an? |is an? )?(?:absolute|complete|total|utter|bloody|fucking|effing)(?:ly)? (?:joke|shambles|disgrace|farce|rubbish|nonsense|mess|useless|ridiculous|pathetic|disgusting|appalling)|worst (?:\p{L}+ )?(?:service|company|experience|shop|bank|airline|website|app) ?(?:ever)?|sort (?:it|this|yourselves|yourself) out|get (?:it|your act) together|for (?:fuck|god|christ|heaven|pete)'?s sake|(?:so |sick and |really )?(?:fed up|sick of (?:it|this|you)|tired of (?:it|this))|(?:this|that|it)(?:'s| is) (?:\p{L}+ )?(?:ridiculous|unacceptable|outrageous|a joke|pathetic|disgusting|disgraceful|insane|shocking)|(?:the )?(?:first|second|third|fourth|fifth|\d(?:st|nd|rd|th)) time (?:this|in a|in the last) (?:week|month|year|day)|(?:never|not) again|come on|what the (?:hell|heck|fuck)|wtf|ffs|smh|omg|seriously)\b/giu
/** Numbers of orders, parcels and the like are no words; nobody is found by them. */
const IDENTIFIER = /(?<![\p{L}\p{N}£$€.,])#?(?:\p{Lu}{1,4}[- ]?)?\d[\d-]{4,}(?![\p{L}\p{N}])/gu
const SENTENCE_END = /(?<=[.!?…])\s+|\n+/

/** One line of plain words. Shouted text is lowered: in capitals the sentence model finds, but is not sure. */
export function normalise(text: string): string {
  const plain = text
    .slice(0, LONGEST)
    .normalize('NFKC')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[\u00ad\u200b\u200c\u2060\ufeff]/g, '')
    .replace(LINK, ' ')
    .replace(LAST_TAGS, '')
    .replace(HANDLE, '$1')
    .replace(EMOJI, ' ')
    .replace(IDENTIFIER, '')
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
  const calm = [flat, ...sentences].map(calmed).filter((one) => one.split(' ').length >= 3)
  return flat ? [...new Set([flat, ...sentences, ...calm])].slice(0, MOST_SEGMENTS) : []
}

/** A text without its rant; empty where there is none. */
function calmed(text: string): string {
  const rest = text.replace(RANT, ' ')
  if (rest === text) return ''
  return rest
    .replace(/^[\s,;.!?-]+|[\s,;-]+(?=[.!?])|[,;-]\s*(?=[,;-])|[\s,;!-]+$/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function lower(text: string): string {
  return isShouted(text) ? text.toLowerCase() : text
}

export function isShouted(text: string): boolean {
  const upper = text.match(/\p{Lu}/gu)?.length ?? 0
  const lower = text.match(/\p{Ll}/gu)?.length ?? 0
  return upper >= 8 && upper > 2 * lower
}
