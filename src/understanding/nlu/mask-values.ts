// Takes typed values (order numbers, e-mail addresses, phone numbers …) out of a message, so that what is wanted is left.
import { stemmer } from 'stemmer'
import type { Content } from '#content'
import { findOrders } from '#dialog'
import { findPrivateData, type PrivateSpan, type PrivateType } from '#privacy'
import { words } from '../retrieval/tokenize.ts'

/** What is left of a message, and whether it gave any value. */
export type Masked = {
  /** Empty where there was nothing but values. */
  readonly text: string
  readonly hasValues: boolean
}

/** What is said for a value where the sentence needs a noun; an empty one is left out. */
const NOUNS: { readonly [type in PrivateType]?: string } = {
  order: 'my order',
  card: 'my card',
  account: 'my account',
  iban: 'my account',
  address: 'my address',
  email: '',
  phone: '',
  'national-id': '',
  'date-of-birth': '',
  secret: '',
  ip: '',
  'url-token': '',
}
/** Stands for a noun that was put in, so that it is not taken for a word of the customer's. */
const FIRST = 0xe000
const PLACES = [...new Set(Object.values(NOUNS))]
const PLACE = /[\ue000-\ue0ff]/g
const placeOf = (noun: string) => String.fromCharCode(FIRST + PLACES.indexOf(noun))
const ASKS_ONLY = /^\W*(?:(?:hi|hello|hey|please|so|and)\W+)*(?:when|where)\W*(?:please)?\W*$/i

const KINDS: { readonly [type in PrivateType]?: string } = {
  email: 'e-?mail|mail|address|contact',
  phone: 'phone|telephone|mobile|cell|tel|contact|number',
  order: 'order|parcel|tracking|reference|ref|number|no|nr|num|id',
  address: 'address|postcode|post code',
}
const ANY_KIND = 'account|card|customer|reference|ref|number|id|birthday|birth'
const LEAD_INS = new Map<PrivateType, RegExp>()

/** "and my e-mail is", "order number:", "card no". */
function leadIn(type: PrivateType): RegExp {
  const known = LEAD_INS.get(type)
  if (known) return known
  const made = new RegExp(
    String.raw`(?:^|(?<=[\s,;.(!?/&+-]))(?:(?:and|or|it'?s|this is|with|under|using|the|my|our|here(?:'s| is)|is)\s+){0,4}(?:mine|(?:${KINDS[type] ?? ANY_KIND})(?:\.|'?s)?)(?:\s+(?:address|number|no\.?|nr\.?|num|ref(?:erence)?|id|with you))?\s*(?:(?:is|are|was)(?:\s+(?:as follows|still))?\s*)?[:=#-]?\s*$`,
    'iu',
  )
  LEAD_INS.set(type, made)
  return made
}
const REACH =
  /(?:^|(?<=[\s,;.(!?/&+-]))(?:(?:and|you can|please|just|ordered|bought|placed|registered|signed up|booked|(?:e-?mail|mail|contact|reach|write to|get) (?:me|us)|send(?: it| them| this)?|answer|reply)\s+){0,3}(?:on|at|under|with|via|by|from|to|for|using|me|us)\s*:?\s*$/iu
/** "order HL-20419" and "order number HL-20419" speak of an order. */
const NAMED_ORDER =
  /\b((?:my |the |our |this )?(?:order|parcel|delivery))(?:\s+(?:number|no\.?|nr\.?|num|ref(?:erence)?|id))?\s*#?\s*$/iu
const PREPOSITIONS = 'about on for of with in to from at back re regarding concerning chase track'.split(' ')
/** A verb before its subject, where it begins the clause or follows a question word. */
const AUXILIARIES = 'is are was were has have had did does do will can could would'.split(' ')
const ASKING = /(?:^|[.,;:!?\n(]|\b(?:where|when|what|why|how|and|but|so|hi|hello|hey|please))\s*$/iu
const QUESTION_VERB = /\b(?:where|when|what|how|who)(?:'?s|'?re)\s*$/iu
/** A verb after its subject. */
const PREDICATE =
  /^\s+(?:is|isn'?t|was|wasn'?t|has|hasn'?t|had|have|haven'?t|did|didn'?t|does|doesn'?t|will|won'?t|should|says?|said|shows?|arrived|came|went|got|turned|comes?|still|never|just|needs?|goes|going)\b/iu
const NAME = String.raw`\p{Lu}[\p{L}.'’-]*`
const SIGN_OFF = new RegExp(
  String.raw`[\s,.!-]*(?:(?:(?:[Kk]ind|[Bb]est|[Ww]arm)(?:est)? )?(?:[Rr]egards|[Ww]ishes)|[Yy]ours(?: (?:[Ss]incerely|[Ff]aithfully|[Tt]ruly))?|[Ss]incerely|[Aa]ll the best)[\s,.!-]*(?:${NAME}\s?){0,4}$|[\s,.!-]+(?:[Mm]any thanks|[Tt]hanks|[Tt]hank you|[Cc]heers|[Ll]ove)(?:[,.!\s-]+(?:${NAME}\s?){1,3})?[\s.!]*$`,
  'u',
)
/** Words that bring a value and say nothing of what is wanted. */
const INTRODUCING = new Set(
  (
    'hi hello hey dear good morning afternoon evening there please thanks thank you and or so ok okay well yes it its this that is the my our me we i ' +
    'about for with regarding re concerning order number no nr ref reference email mail address phone a here s are was to as follows sorry sure'
  ).split(' '),
)

const masks = new WeakMap<Content, (text: string) => Masked>()

/** Values further on stay: whoever writes so much has said before what they want. */
const LONGEST_MASKED = 2000

/** The mask of a content, which knows the shapes of its order numbers and the verbs of its dialogs. */
export function valueMask(content: Content): (text: string) => Masked {
  const known = masks.get(content)
  if (known) return known
  const patterns = new Set(
    content.dialogs.flatMap(({ needs }) =>
      needs.flatMap(({ type, pattern }) => (type === 'order' && pattern ? [pattern] : [])),
    ),
  )
  const leading = new Set([...PREPOSITIONS, ...leadingWords(content)].map(stemmer))
  const made = (whole: string) => {
    const text = whole.slice(0, LONGEST_MASKED)
    const masked = withoutValues(text, spansIn(text, [...patterns]), leading)
    return { ...masked, text: masked.text + whole.slice(LONGEST_MASKED) }
  }
  masks.set(content, made)
  return made
}

/** The words that stand before "my order" in what customers say, as the content has it: verbs and prepositions. */
function leadingWords(content: Content): string[] {
  return content.dialogs.flatMap(({ phrases }) =>
    phrases.flatMap((phrase) =>
      [...phrase.toLowerCase().matchAll(/([a-z]+) (?:my|our|this|these)\b/g)].map(([, word = '']) => word),
    ),
  )
}

function spansIn(text: string, patterns: readonly string[]): readonly PrivateSpan[] {
  const orders = patterns
    .flatMap((pattern) => findOrders({ pattern }, text))
    .map((found) => ({ ...found, type: 'order' as const }))
  const others = findPrivateData(text).filter(
    (one) => one.type in NOUNS && !orders.some((order) => order.start < one.end && one.start < order.end),
  )
  return [...orders, ...others].sort((one, other) => one.start - other.start)
}

function withoutValues(text: string, spans: readonly PrivateSpan[], leading: ReadonlySet<string>): Masked {
  if (spans.length === 0) return { text, hasValues: false }
  let out = ''
  let at = 0
  for (const { type, start, end } of spans) {
    // Of two shapes of order numbers one may hold the other.
    if (start < at) continue
    out = beforeValue(out + text.slice(at, start), type, text.slice(end), leading)
    at = end
  }
  const named = `${out}${text.slice(at)}`
    .replace(SIGN_OFF, '')
    .replace(PLACE, (place) => PLACES[place.charCodeAt(0) - FIRST] ?? '')
  const rest = tidied(named)
  const hasOrder = spans.some(({ type }) => type === 'order')
  if (hasOrder && ASKS_ONLY.test(rest)) return { text: `${rest.replace(/\W+$/, '')} is my order`, hasValues: true }
  const isEmpty = words(rest).every((word) => INTRODUCING.has(word))
  return { text: isEmpty ? '' : rest, hasValues: true }
}

/** The words before a value, with a noun in its place where one is needed, and without the words that only bring it. */
function beforeValue(told: string, type: PrivateType, after: string, leading: ReadonlySet<string>): string {
  const noun = NOUNS[type] ?? ''
  const before = told.replace(/#\s*$/, '')
  const clause = before.replace(/^[\s\S]*[.,;!?\n(]/u, '')
  const isStated = /(?:\b(?:is|are|was)|[:=])\s*$/i.test(before)
  // "order HL-20419," beside a sentence is no more than the number.
  const isAlone =
    NAMED_ORDER.exec(clause)?.index === clause.length - clause.trimStart().length && /^\s*(?:[.,;!)\n]|$)/.test(after)
  if (type === 'order' && !isStated && !isAlone && NAMED_ORDER.test(clause)) return before.replace(NAMED_ORDER, '$1')
  const led = leadIn(type).exec(before)
  if (led) return `${before.slice(0, led.index)}${isStated || isAlone ? '' : placeOf(noun)}`
  if (noun === '') return before.replace(REACH, '')
  const last = /([a-z']+)\s+$/iu.exec(before)?.[1]?.toLowerCase() ?? ''
  const isAsked =
    QUESTION_VERB.test(before.trimEnd()) ||
    (AUXILIARIES.includes(last) && ASKING.test(before.trimEnd().slice(0, -last.length)))
  const isLed = last !== '' && leading.has(stemmer(last)) && !AUXILIARIES.includes(last)
  const isSubject = type === 'order' && clause.trim() === '' && PREDICATE.test(after)
  return isAsked || isLed || isSubject ? `${before}${placeOf(noun)}` : before
}

/** Without the signs and joining words that stood between values. */
function tidied(text: string): string {
  return text
    .replace(/\(\s*\)|\[\s*\]|<\s*>|"\s*"/g, ' ')
    .split('\n')
    .map((line) =>
      line
        .replace(/\s+/g, ' ')
        .replace(/(?:[,;:/|–—-]\s*){2,}/g, ', ')
        .replace(/\s+([,;.!?])/g, '$1')
        .replace(/[,;]\s*([.!?])/g, '$1')
        .replace(/(?:[.!?]\s*){2,}(?=[.])/g, '. ')
        .replace(/^(?:[\s,;:.!/|–—&+-]|and\b|or\b)+|(?:[\s,;:/|–—&+(-]|\band|\bor)+$/giu, ''),
    )
    .filter((line) => line !== '')
    .join('\n')
}
