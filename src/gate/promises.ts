// What is offered to a customer: no more than the brand allows, and the same on every channel.
import { plainView } from '#privacy'
import { type Check, findingAt, isInside, type Reading } from './draft.ts'
import { amountsIn, canonical } from './numbers.ts'
import type { Range } from './squeeze.ts'
import type { Offer, OfferKind, Promises } from './verdict.ts'

const OURS = String.raw`(?<![\p{L}])(?:we|i|our team|my (?:colleague|manager)|the team)(?:['’](?:ll|d|ve|re|m)| will| would| can| could| may| might| shall| have| are| am)?(?: (?:like|love|want|going|able|happy|glad|pleased|prepared|just|also|now|already|gladly|to|be|offering))*`
const GIVE = new RegExp(
  [
    `${OURS} (?:offer|giv|send|sent|credit|refund|compensat|reimburs|pay|paid|add|issu|put|tak|took|knock|provid|arrang|grant|transfer|return|let you have|make it up)`,
    String.raw`(?<![\p{L}])(?:you|they)(?:['’](?:ll|re|ve)| will| can| could| are| have| should)?(?: (?:also|now|then|all))* (?:get|getting|receive|receiving|have|claim|entitled|owed|due|been (?:credited|given|refunded))`,
    String.raw`(?<![\p{L}])(?:here(?:['’]s| is| are)|please accept|enjoy|how about|what about|would you (?:accept|take|like)|let me (?:offer|give|send|credit|refund)|let us (?:offer|give|send))(?![\p{L}])`,
    String.raw`(?<![\p{L}])(?:on us|on the house|as (?:a (?:token|gesture|little|small|thank|goodwill)|an apology|compensation)|by way of|for (?:your|the) (?:trouble|inconvenience)|to (?:say sorry|apologi[sz]e|make up))(?![\p{L}])`,
  ].join('|'),
  'iu',
)
/** Of what is owed, this is a report. */
const GIVEN =
  /(?<![\p{L}])(?:is|are|will be|has been|have been|gets?) (?:added|credited|given|yours|on (?:its|the) way|waiting)/iu
const DIRECT = /(?<![\p{L}])(?:give|offer|send|pay|credit|transfer|owe|compensate)s? you(?![\p{L}])/iu
const BACK =
  /(?<![\p{L}])(?:refund|reimburs|money back|pay(?:ing)? (?:you )?back|(?:get|give|pay|have|return)[^.]{0,40} back(?![\p{L}]))/iu
const EXTRA =
  /(?<![\p{L}])(?:compensat|goodwill|voucher|coupon|gift ?card|credit|discount|cash(?![\p{L}])|bonus|gesture|off(?![\p{L}-])|apolog|for (?:your|the) (?:trouble|inconvenience)|on us|on the house|make it up)/iu
// Sums that are paid to us, or that an offer depends on.
const OTHERWISE =
  /(?:less|minus|over|above|under|below|at least|more than|spend(?:ing)?|orders? of|order (?:of|over|above)|costs?|charge|fee of|worth|instead of|was|were|between|from)(?: the| a| an)? ?$/iu
const AFTER = /^ ?(?:or more|and (?:over|above|more)|delivery|fee|charge|minimum)/iu

/** Sentences, with their places; the point in a number ends none. */
function sentencesOf(text: string): Range[] {
  return Array.from(text.matchAll(/(?:[^.!?\n]|[.!?](?=[\p{L}\d]))+/gu), ({ 0: said, index }) => ({
    start: index,
    end: index + said.length,
  }))
}

function kindOf(sentence: string): OfferKind | undefined {
  const isGiven = GIVE.test(sentence) || DIRECT.test(sentence)
  if (EXTRA.test(sentence)) return isGiven || GIVEN.test(sentence) ? 'compensation' : undefined
  if (!isGiven) return undefined
  if (BACK.test(sentence)) return 'refund'
  return DIRECT.test(sentence) ? 'compensation' : undefined
}

function findOffers(text: string): (Range & Offer)[] {
  // Few texts speak of money, and those that do not are done here.
  const money = amountsIn(text, 'money')
  const percent = amountsIn(text, 'percent')
  if (money.length + percent.length === 0) return []
  return sentencesOf(text).flatMap((sentence) => {
    const said = text.slice(sentence.start, sentence.end)
    const kind = kindOf(said)
    if (!kind) return []
    const isOffered = ({ start, end }: Range) =>
      !OTHERWISE.test(text.slice(sentence.start, start)) && !AFTER.test(text.slice(end, sentence.end))
    const inside = (range: Range) => isInside(range, [sentence]) && isOffered(range)
    return [
      ...money.filter(inside).map((one) => ({ ...one, kind })),
      ...percent.filter(inside).map((one) => ({ ...one, kind: 'discount' as const })),
    ]
  })
}

/** What a text offers its reader. */
export const offersIn = (text: string): Offer[] =>
  findOffers(plainView(text).text).map(({ kind, amount }) => ({ kind, amount }))

const shown = (kind: OfferKind, { most, currency }: { most: number; currency?: string } = { most: 0 }): string =>
  kind === 'discount' ? `${most} percent` : [most, currency].filter(Boolean).join(' ')

/** What stands against an offer, in words; undefined when nothing does. */
function objectTo({ kind, amount }: Offer, { author, audience, sources, context }: Reading): string | undefined {
  const promises: Promises = context.promises ?? {}
  const cap = promises[kind]
  const allowed = cap ? shown(kind, cap) : undefined
  const isSourced =
    author !== 'template' &&
    sources.some((text) => findOffers(text).some((one) => one.kind === kind && one.amount === amount))
  // What they paid themselves is theirs: the case knows the sum.
  const isOwed =
    kind === 'refund' &&
    audience === 'private' &&
    context.known.some(({ value }) => Number(canonical(value.replace(/[^\d.,]/g, ''))) === amount)
  if (isOwed || (isSourced && kind !== 'compensation')) return undefined
  if (!allowed) return `the brand offers no ${kind}; take it out, or ask who may decide`
  if (amount > (cap?.most ?? 0))
    return `the brand offers at most ${allowed} of ${kind} in a case; offer less, or ask who may decide`
  if (author === 'agent' || isSourced || promises['by-bot']?.includes(kind)) return undefined
  return `only a person offers ${kind}; take it out, or hand over`
}

/** Offers above what the brand allows, and offers in public that are not what this case was offered before. */
export const checkPromises: Check = (reading) => {
  const { author, audience, context } = reading
  const absolute = author !== 'agent' || audience === 'public'
  return findOffers(reading.view.text).flatMap((offer) => {
    const because = objectTo(offer, reading)
    const before = (context.offered ?? []).filter(({ kind }) => kind === offer.kind)
    const differs = audience === 'public' && before.length > 0 && !before.some(({ amount }) => amount === offer.amount)
    return [
      ...(because ? [findingAt(reading, offer, { rule: 'promise', because, absolute })] : []),
      ...(differs
        ? [
            findingAt(reading, offer, {
              rule: 'other-offer',
              because: 'this case was offered something else before; say the same offer on every channel',
              absolute: true,
            }),
          ]
        : []),
    ]
  })
}
