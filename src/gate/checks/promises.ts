// Blocks offers beyond the brand's caps, in another currency, or different on another channel.

import type { Offer, OfferKind } from '#domain'
import { deobfuscate } from '#privacy'
import { type Check, type CheckInput, findingAt, isInside } from '../check-input.ts'
import type { Range } from '../match/collapsed-text.ts'
import { canonical, moneyIn, percentIn } from '../match/numbers.ts'
import { isPublished } from '../match/published-sentences.ts'
import type { Promises } from '../types.ts'

/** "We have just", "I'd like to", "my colleague will". */
export const OURS = String.raw`(?<![\p{L}])(?:we|i|our team|my (?:colleague|manager)|the team)(?:['’](?:ll|d|ve|re|m)|(?<=[iI])['’]m| will| would| can| could| may| might| shall| have| are| am)?(?: (?:like|love|want|going|able|happy|glad|pleased|prepared|just|also|now|already|gladly|to|be|offering))*`
const GIVE = new RegExp(
  [
    `${OURS} (?:offer|giv|send|sent|credit|refund|compensat|reimburs|pay|paid|add|issu|put|provid|arrang|grant|transfer|return|let you have|make it up)`,
    `${OURS} (?:tak|took|knock)[^.;]{0,40} off(?![\\p{L}-])`,
    String.raw`(?<![\p{L}])(?:you|they)(?:['’](?:ll|re|ve)| will| can| could| are| have| should)?(?: (?:also|now|then|all|both))* (?:get|getting|receive|receiving|have|claim|entitled|owed|due|been (?:credited|given|refunded))`,
    String.raw`(?<![\p{L}])(?:here(?:['’]s| is| are)|please accept|enjoy|how about|what about|would you (?:accept|take|like)|let me (?:offer|give|send|credit|refund)|let us (?:offer|give|send))(?![\p{L}])`,
    String.raw`(?<![\p{L}])(?:on us|on the house|as (?:a (?:token|gesture|little|small|thank|goodwill)|an apology|compensation)|by way of|for (?:your|the) (?:trouble|inconvenience)|to (?:say sorry|apologi[sz]e|make up))(?![\p{L}])`,
  ].join('|'),
  'iu',
)
/** Of what is owed, this is a report. */
const GIVEN =
  /(?<![\p{L}])(?:is|are|will be|has been|have been|gets?) (?:added|credited|given|yours|on (?:its|the) way|waiting)/iu
const DIRECT =
  /(?<![\p{L}])(?:give|offer|send|pay|credit|transfer|owe|compensate|refund|reimburse)(?:s|ed)? you(?![\p{L}])/iu
const BACK =
  /(?<![\p{L}])(?:refund|reimburs|money back|pay(?:ing)? (?:you )?back|(?:get|give|pay|have|return)[^.]{0,40} back(?![\p{L}]))/iu
/** What is given beside the service itself; a credit card or a credit limit is the service itself. */
const EXTRA =
  /(?<![\p{L}])(?:compensat|goodwill|voucher|coupon|gift ?card|credit(?!(?:,| or| and)? ?(?:debit )?(?:cards?|limit|score|rating|check|agreement|file|history|transfer|union|period))|discount|cash ?back|(?:in|of|as|some|extra) cash(?![\p{L}])|bonus|gesture|apolog|for (?:your|the) (?:trouble|inconvenience)|on us|on the house|make it up)/iu
/** Something went wrong, and this makes up for it. */
const MAKES_GOOD =
  /(?<![\p{L}])(?:compensat|goodwill|gesture|apolog|sorry|inconvenience|trouble|mak(?:e|es|ing) (?:it )?up|let you down|(?:is|are|was|were|been|comes?|came|arriv\w+|every|each|a) late(?![\p{L}])|delay|wrong|broken|damage|missing|fault|mistake|disrupt)/iu
/** Before a sum that is paid to us. */
const PRICE =
  /(?:less|minus|spend(?:ing)?|orders? of|orders? (?:of|over|above)|costs?|charg(?:e[sd]?|ing)|fee of|you (?:just |only |will |must |have to |need to )*pay|instead of|rather than|was|were|priced at|price of|(?<!(?:voucher|card|credit|coupon|gesture|token|something|gift|cash|bonus|compensation|refund) )worth)(?: you| about| around| only| just| from| up to| the| a| an)* ?$/iu
/** Before a sum that is a limit or a bound of something. */
const LIMIT =
  /(?:over|above|under|below|at least|more than|less than|up to|between|from|limit(?: of| is)?|(?:maximum|minimum|total|balance|deposit|excess|value)(?: of| is)?|the first|(?:from|between)[^.;]{1,20}(?:to|and|-|–))(?: a total of| the| a| an)? ?$/iu
const AFTER_PRICE =
  /^ ?(?:or more|and (?:over|above|more)|delivery|minimum|(?:\p{L}+ ){0,2}(?:fees?|charges?|costs?)(?![\p{L}]))/iu
/** A rate: by the day, the person or the piece. */
const AFTER_LIMIT =
  /^ ?(?:(?:a|an|per|each|every|\/) ?(?:day|night|week|fortnight|month|quarter|year|annum|hour|minute|person|head|adult|child|guest|item|piece|order|parcel|bag|seat|room|visit|class|session|lesson|time|trip|transaction|transfer|withdrawal|payment|card|copy|mile|km|kg|kilo|metre|litre)|(?:limit|maximum|deposit|excess|cap|daily|monthly|weekly|yearly|annually)(?![\p{L}]))/iu
/** An offer on top of one that was made before, and one that takes its place. */
const ANOTHER =
  /(?<![\p{L}])(?:another|additional(?:ly)?|further|more|extra|again|on top|also|as well|second|plus)(?![\p{L}])/iu
const TOTAL =
  /(?<![\p{L}])(?:in total|altogether|all in all|instead|rather than|in place of|raise|increase|make it)(?![\p{L}])/iu

/** Sentences and their parts between semicolons, with their places; the point in a number ends none. */
function sentencesOf(text: string): Range[] {
  return Array.from(text.matchAll(/(?:[^.!?;\n]|[.!?](?=[\p{L}\d]))+/gu), ({ 0: said, index }) => ({
    start: index,
    end: index + said.length,
  }))
}

/** Whether a sum is a price, or a limit of something, in its sentence; what is offered firmly is no limit. */
export function isPrice(text: string, sum: Range, sentence: Range, isFirm = false): boolean {
  const [before, after] = [text.slice(sentence.start, sum.start), text.slice(sum.end, sentence.end)]
  if (PRICE.test(before) || AFTER_PRICE.test(after)) return true
  return !isFirm && (LIMIT.test(before) || AFTER_LIMIT.test(after))
}

function kindOf(sentence: string, isOff: boolean): OfferKind | undefined {
  const isGiven = GIVE.test(sentence) || DIRECT.test(sentence)
  if (EXTRA.test(sentence) || isOff) return isGiven || GIVEN.test(sentence) ? 'compensation' : undefined
  if (!isGiven) return undefined
  if (BACK.test(sentence)) return 'refund'
  return DIRECT.test(sentence) ? 'compensation' : undefined
}

/** An offer at its place; `currencies`: what the sum may be in. */
type Found = Range & {
  readonly kind: OfferKind
  readonly amount: number
  readonly currencies: readonly string[]
  /** Its sentence. */
  readonly sentence: Range
  readonly said: string
}

function locateOffers(text: string): Found[] {
  // Few texts speak of money, and those that do not are done here.
  const money = moneyIn(text)
  const percent = percentIn(text)
  if (money.length + percent.length === 0) return []
  return sentencesOf(text).flatMap((sentence) => {
    const said = text.slice(sentence.start, sentence.end)
    const isFirm = DIRECT.test(said) || MAKES_GOOD.test(said)
    const find = (range: Range): { kind: OfferKind; sentence: Range; said: string } | undefined => {
      if (!isInside(range, [sentence])) return undefined
      const [before, after] = [text.slice(sentence.start, range.start), text.slice(range.end, sentence.end)]
      if (isPrice(text, range, sentence, isFirm)) return undefined
      const isOff =
        /^(?: \p{L}+){0,2} off(?![\p{L}-])/iu.test(after) || /(?<![\p{L}])off(?: by| with)? $/iu.test(before)
      const kind = kindOf(said, isOff)
      return kind && { kind, sentence, said }
    }
    return [
      ...money.flatMap((one) => {
        const found = find(one)
        return found ? { ...one, ...found } : []
      }),
      ...percent.flatMap((one) => {
        const found = find(one)
        return found ? { ...one, ...found, kind: 'discount' as const, currencies: [] } : []
      }),
    ]
  })
}

/** In the brand's currency where the sum may be in it, else in the most usual one that it may be in. */
function offerOf({ kind, amount, currencies }: Found, promises: Promises | undefined): Offer {
  const own = capOf(promises, kind)?.currency
  const currency = own !== undefined && currencies.includes(own) ? own : currencies[0]
  return { kind, amount, ...(currency === undefined ? {} : { currency }) }
}

type Cap = { readonly most: number; readonly currency?: string }
const capOf = (promises: Promises | undefined, kind: OfferKind): Cap | undefined => promises?.[kind]

/** Where a text without disguises offers something. */
export const findOffered = (text: string): (Range & { readonly kind: OfferKind })[] => locateOffers(text)

/** What a text offers its reader; what it tells everybody in the words of a published text is no offer to one of them. */
export function findOffers(
  text: string,
  context: { readonly promises?: Promises; readonly published?: ReadonlySet<string> } = {},
): Offer[] {
  const plain = deobfuscate(text).text
  return locateOffers(plain)
    .filter(({ sentence }) => !isPublished(plain, sentence, context.published))
    .map((found) => offerOf(found, context.promises))
}

/** The sums that a text offers whoever reads it to make up for something, above the cap or in another currency. */
export function offersAbove(
  text: string,
  promises: Promises | undefined,
): { readonly at: number; readonly because: string }[] {
  return locateOffers(text).flatMap((found) => {
    const offer = offerOf(found, promises)
    const cap = capOf(promises, offer.kind)
    if (offer.kind === 'compensation' && !MAKES_GOOD.test(found.said)) return []
    if (offer.kind !== 'compensation') return []
    const because = cap ? overCap(offer, cap, [offer]) : `the brand offers no ${offer.kind}`
    return because ? [{ at: found.start, because }] : []
  })
}

const shown = (kind: OfferKind, { most, currency }: Cap): string =>
  kind === 'discount' ? `${most} percent` : [most, currency].filter(Boolean).join(' ')

/** What is wrong with an offer under this cap, when `all` was offered in the case; undefined when nothing is. */
function overCap({ kind, amount, currency }: Offer, cap: Cap, all: readonly Offer[]): string | undefined {
  const allowed = shown(kind, cap)
  const isForeign = (one: string | undefined) => cap.currency !== undefined && one !== undefined && one !== cap.currency
  if (isForeign(currency))
    return `the brand offers ${kind} in ${cap.currency} alone, at most ${allowed} in a case, and this is another currency; name the sum in ${cap.currency}`
  if (amount > cap.most)
    return `the brand offers at most ${allowed} of ${kind} in a case; offer less, or ask who may decide`
  if (all.some((one) => isForeign(one.currency)))
    return `this case was offered ${kind} in another currency before, so that the sum cannot be known; ask who may decide`
  const sum = all.reduce((total, one) => total + one.amount, 0)
  return sum > cap.most
    ? `with what this case was offered before it is more than ${allowed} of ${kind}; offer less, or ask who may decide`
    : undefined
}

const isSame = (one: Offer, other: Offer) =>
  one.kind === other.kind &&
  one.amount === other.amount &&
  (one.currency === undefined || other.currency === undefined || one.currency === other.currency)

/** Offers above what the brand allows, and offers in public that are not what this case was offered before. */
export const checkPromises: Check = (reading) => {
  const { author, audience, context } = reading
  const { promises, offered = [] } = context
  const absolute = author !== 'agent' || audience === 'public'
  const isOwed = ({ amount }: Offer) =>
    context.known.some(({ value }) => Number(canonical(value.replace(/[^\d.,]/g, ''))) === amount)
  // What they paid themselves is theirs: the case knows the sum.
  let counted = offered.filter((one) => !(one.kind === 'refund' && isOwed(one)))
  let last: Found | undefined
  return locateOffers(reading.view.text).flatMap((found) => {
    const offer = offerOf(found, promises)
    const before = offered.filter(({ kind }) => kind === offer.kind)
    const differs = audience === 'public' && before.length > 0 && !before.some(({ amount }) => amount === offer.amount)
    if (offer.kind === 'refund' && audience === 'private' && isOwed(offer)) return []
    const isGeneral = isSaidToAll(found, reading)
    if (isGeneral && !(offer.kind === 'compensation' && MAKES_GOOD.test(found.said))) return []
    const isTwice = last?.sentence.start === found.sentence.start && last.amount === found.amount
    const repeats = !isTwice && !ANOTHER.test(found.said) && counted.some((one) => isSame(one, offer))
    if (!repeats && !isGeneral) counted = TOTAL.test(found.said) ? [offer] : [...counted, offer]
    last = found
    const all = isGeneral || differs ? [offer] : counted.filter(({ kind }) => kind === offer.kind)
    const because = objectTo(offer, all, reading, isGeneral)
    return [
      ...(because ? [findingAt(reading, found, { rule: 'promise', because, absolute })] : []),
      ...(differs
        ? [
            findingAt(reading, found, {
              rule: 'other-offer',
              because: 'this case was offered something else before; say the same offer on every channel',
              absolute: true,
            }),
          ]
        : []),
    ]
  })
}

/** A general offer of the brand: a source, or a published text, makes it to everybody. */
function isSaidToAll({ kind, amount, sentence }: Found, { author, sources, view, context }: CheckInput): boolean {
  if (isPublished(view.text, sentence, context.published)) return true
  return (
    author !== 'template' &&
    sources.some((text) => locateOffers(text).some((one) => one.kind === kind && one.amount === amount))
  )
}

/** What stands against an offer, in words; undefined when nothing does. */
function objectTo(
  offer: Offer,
  all: readonly Offer[],
  { author, context: { promises } }: CheckInput,
  isGeneral: boolean,
): string | undefined {
  const { kind } = offer
  const cap = capOf(promises, kind)
  if (!cap) return `the brand offers no ${kind}; take it out, or ask who may decide`
  const over = overCap(offer, cap, all)
  if (over || author === 'agent' || isGeneral || promises?.['by-bot']?.includes(kind)) return over
  return `only a person offers ${kind}; take it out, or hand over`
}
