// Splits a message into questions and completes follow-up questions from what was asked before. Pure.
import { words } from '#understanding/retrieval'

/** Words of a question that leans on the one before; a longer one says what it is about. */
const LONGEST = 12
/** Words carried over from the question before. */
const CARRIED = 8

const BEGINS =
  /^\W*(?:(?:ok(?:ay)?|thanks|thank you|great|good|right|cool)[,.!]?\s+)?(?:and|but|also|or|so|what about|how about|what if|even)\b/i
const POINTS = /\b(?:that|it|this|they|them|those|these|one|ones|there|same|either|too|as well|instead)\b/i
const ASKS = /\?|^\W*(?:how|what|when|where|which|who|why|can|could|do|does|is|are|will|would)\b/i
const EMPTY = new Set(
  (
    'a am an are at be been but for from get got had has have he hello help hey hi his her i im ive its just many mine my no not of please ' +
    'she thank thanks the to want wanted was were yes yet you ' +
    'seriously really honestly great good fine nice ok okay cool perfect ' +
    'about also and any anyone anything as but by can cost could do does done either else even ever for go how if in instead into is it ' +
    'long many may me more much my need of off often on one ones or our out right same should so some soon such take takes than that ' +
    'their them then there these they this those time to too up us was well what when where which who why will with would you your'
  ).split(' '),
)

const telling = (text: string) => words(text).filter((word) => !EMPTY.has(word))

/** The question with what the one before was about; undefined where it stands by itself or nothing was asked before. */
export function completeQuestion(
  text: string,
  history: readonly { readonly authorKind: string; readonly text: string }[],
): { readonly whole: string; readonly before: string } | undefined {
  const said = words(text)
  if (said.length === 0 || said.length > LONGEST) return undefined
  const own = telling(text)
  const leans = BEGINS.test(text) || (POINTS.test(text) && own.length <= 3) || (ASKS.test(text) && own.length <= 1)
  if (!leans) return undefined
  const before = history.findLast(({ authorKind }) => authorKind === 'customer')?.text ?? ''
  const carried = telling(before).filter((word) => !own.includes(word))
  if (carried.length === 0) return undefined
  return { whole: `${carried.slice(0, CARRIED).join(' ')} ${text.replace(BEGINS, '').trim()}`, before }
}

/** Questions of one turn that are answered; who asks more wants a conversation. */
const MOST_QUESTIONS = 3

/** Who writes more parts tells a story. */
const MOST_PARTS = 5

/** Whether a question says what it is about in two words or more; with fewer it may be "Why is this so hard?" */
export const isSpecific = (question: string): boolean => telling(question).length >= 2

/** Words of a follow-up question that the question before does not have: what it asks about anew. */
export function newWords(text: string, before: string): string[] {
  const known = new Set(telling(before))
  return telling(text).filter((word) => !known.has(word))
}

const STARTER =
  "(?:what(?:'?s)?|when|where(?:'?s)?|who|why|how(?:'?s)?|which|whose|(?:can|could|do|does|did|is|are|will|would|should|may|has|have) (?:i|we|you|they|it|this|that|these|those|there|the|my|your|our|someone|anyone))"
/** Where one question ends and another begins: at a sentence's end, and at an "and" before a question word. */
const BETWEEN = new RegExp(
  `(?<=[.!?\\u2026])\\s+|\\n+|[,;]?\\s+(?:and|but|also|plus|&)(?: also| then)?\\s+(?=${STARTER}\\b)`,
  'i',
)
/** A question, with what leads up to it. */
const QUESTION = new RegExp(
  `^(?:.*[,:;.!]\\s+|\\W*(?:hi|hello|hey|ok|so|please|just wondering|i wanted to ask|i'd like to know)\\W+|\\W*)(${STARTER}\\b.*)$`,
  'is',
)

/** One of several questions: as it was asked, and made whole by the one before where it leans on that. */
export type AskedPart = { readonly own: string; readonly whole?: string }

/** The questions of a text that asks more than one thing; empty for any other text. */
export function splitQuestions(text: string): AskedPart[] {
  const parts = text.split(BETWEEN).map((part) => part.trim())
  const isAsking = (part: string) => part.endsWith('?') || QUESTION.test(part)
  const questions: AskedPart[] = []
  for (const part of parts.filter(isAsking)) {
    const own = QUESTION.exec(part)?.[1] ?? part
    const before = questions.at(-1)
    const half = before && completeQuestion(part, [{ authorKind: 'customer', text: before.whole ?? before.own }])
    if (half) questions.push({ own, whole: half.whole })
    else if (telling(own).length > 0) questions.push({ own })
  }
  return questions.length < 2 ? [] : questions.slice(0, MOST_QUESTIONS)
}

/** How a wish begins after an "and". */
const WISH =
  "(?:please|pls|i (?:also |just |still |now )?(?:want|need|wish|would|have)|i(?:'d| ?am|'m) |(?:can|could|would|will) (?:you|u|someone|somebody|anyone))"
const BETWEEN_REQUESTS = new RegExp(
  `(?<=[.!?\\u2026])\\s+|\\n+|[,;]?\\s+(?:and|but|also|plus|&)(?: also| then)?\\s+(?=(?:${STARTER}|${WISH})\\b)`,
  'i',
)

const BEGINS_WISH = new RegExp(`^\\W*(?:(?:hi|hello|hey|ok|so|and|also|then)\\W+)*${WISH}\\b`, 'i')

/** A part of a message that may ask for something by itself. */
export type Request = {
  readonly text: string
  readonly isQuestion: boolean
  /** It asks us to do something, by its beginning. */
  readonly isWish: boolean
}

/** The parts of a message that may each ask for something; empty where it has only one. `atCommas`: it is split there too. */
export function splitRequests(text: string, atCommas = false): Request[] {
  const parts = text
    .split(BETWEEN_REQUESTS)
    .flatMap((part) => (atCommas ? part.split(/\s*[,;…]\s+/) : part))
    .map((part) => part.trim())
    .filter((part) => telling(part).length > 0)
  if (parts.length < 2 || parts.length > MOST_PARTS) return []
  return parts.map((part) => ({
    text: part,
    isQuestion: part.endsWith('?') || QUESTION.test(part),
    isWish: BEGINS_WISH.test(part),
  }))
}
