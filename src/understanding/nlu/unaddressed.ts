// Scores posts that mention the brand without addressing it: is help welcome, or is the author left alone?

import escapeStringRegexp from 'escape-string-regexp'
import { type Aside, LEAVE_ALONE, type LeaveAlone, type Understanding } from '#domain'
import { words } from '../retrieval/tokenize.ts'
import { MAJOR, TROUBLE } from './complaint.ts'

/** A post that was not addressed to us, and how the brand is called. */
export type UnaddressedSignals = {
  readonly text: string
  readonly understanding: Pick<Understanding, 'intent' | 'intentConfidence' | 'complaint' | 'sentiment' | 'signals'>
  readonly aside?: Aside
  /** The brand's names; one of them has to be in it. */
  readonly terms: readonly string[]
  /** Phrases that show that something else of that name is meant. */
  readonly not?: readonly string[]
}

export type Weighed = {
  /** How surely help is welcome: 0 leave them alone, 1 they look for it. */
  readonly helpable: number
  /** What speaks against it, in the order of LEAVE_ALONE. */
  readonly against: readonly LeaveAlone[]
}

/** Characters of a post that are looked at. */
const LONGEST = 1000

/** Signals that say by themselves that a post is none of ours. */
const BY_SIGNAL: Readonly<Record<string, LeaveAlone>> = {
  sarcasm: 'sarcasm',
  spam: 'spam',
  competitor: 'competitor',
}

const NEWS =
  /\bbreaking\b|\b(?:announc\p{L}+|reports? (?:\p{L}+ )?(?:profits?|loss\p{L}*|sales|results|growth)|unveils?|appoints?|names (?:a )?new|to (?:open|close|cut|create|buy|sell|launch) (?:\p{L}+ )?(?:new )?(?:stores?|shops?|jobs)|shares? (?:fall|fell|rise|rose|jump|drop|slump|slide|soar)\p{L}*|chief executive|\bceo\b|shareholders?|analysts?|investors?|takeover|administration|turnover|(?:trading|profit) (?:update|warning)|(?:this|last|first|second|third|fourth) quarter|our (?:interview|report|story|review) |exclusive:)|\s\|\s\p{Lu}[\p{L} ]+$/iu
const JOB =
  /\b(?:hiring|recruit\p{L}*|vacanc\p{L}+|apply (?:now|here|today|by)|job (?:at|with|opening|offer|advert)|the job|(?:is|are) looking for .{0,40}\b(?:staff|manager|assistant|people to join)|(?:an? |my |job )?interview (?:at|with|tomorrow|today|on)|(?:first|last) day (?:at|with|working)|(?:i|we) (?:used to )?work(?:ed|ing|s)? (?:at|for|in)|my (?:shift|boss|manager)|per hour|an hour, |closing date|join our team)\b/iu
const SALE =
  /\b(?:selling|for sale|wts|iso|collection only|pick ?up only|collect only|good condition|ono|giveaway|give away|win an?|enter to win|(?:like|follow) and (?:share|retweet|rt)|(?:retweet|rt) to|use (?:my )?code|my code|promo code|affiliate|shop now|buy now|\d+ ?% off|deal of the day|dm me|ad|gifted|sponsored|#ad)\b|#ad\b/iu
/** The name of a place: roads and houses. */
const PLACE =
  /\b(?:traffic|roads? closed|road ?works?|pile.?up|collision|crash (?:on|at|near)|accident (?:on|at|near)|flood\p{L}*|burst (?:main|pipe)|diversion|(?:\d|two|three|four|five|one)[- ]bed\p{L}*|bedrooms?|to (?:rent|let)|pcm|planning permission|(?:house|flat|home|bungalow) (?:for sale )?(?:on|in|along)|bus stop|police (?:on|at)|stolen (?:from|on))\b/iu
const JOKE =
  /\b(?:lol|lmao|rofl|lmfao|haha\p{L}*|hehe\p{L}*|jk|knock knock|toxic trait|plot twist|also me|my (?:husband|wife|cat|dog) has (?:declared|decided)|if i were|in another life|pov|tell me (?:you|why) .{0,30}without|said no one ever|no one:|nobody:|roman empire|at war with|declared war|be like|energy\b.$)\b|^me: |[😂🤣😹💀😆😜]/iu
/** Words of trouble in what is only a manner of speaking. */
const MANNER =
  /\beverything (?:that is |that's |thats )?wrong with\b|\bnothing wrong with\b|\bcan'?t (?:wait|stop|believe|get enough)\b|\bsold out\b/giu
const REPOST = /^\s*(?:rt @|via @)/i
const HANDLE = /(?<![\p{L}\p{N}._])@([\p{L}\p{N}_]+)/gu

/** What happens to whoever deals with a shop, beside what complaints say of it. */
export const STUCK =
  /\b(?:(?:can'?t|cannot|could ?n[o']t|couldn't|unable to|won'?t|wouldn'?t|doesn'?t|didn'?t|hasn'?t|haven'?t|isn'?t|never|without|still no|no|missing|tried to|trying to|struggling to|how do (?:i|you|we)) (?:\p{L}+ ){0,3}(?:log|sign|pay|find|close|shut|open|fit|turn(?:s|ed)? up|arriv\p{L}*|come|comes|came|work|works|load|reach|contact|get|deliver\p{L}*|refund\p{L}*|reply|answer|receiv\p{L}*|email|confirmation|tracking|change|cancel|return|exchange|any|legs?|screws?|parts?|instructions?|wash|order|telling|assemble|build)|(?:cancel\p{L}*|lost|ruined|damaged|broke|smashed|cracked|(?:a|the|big|huge) (?:crack|dent|scratch|hole|tear|stain|chip)|charged|overcharged|billed|ignored|promised (?:me |us )?(?:\p{L}+ )?(?:deliver\p{L}*|refund\p{L}*|today|by|between|before)|sent|delivered|stopped|refused|snapped|peel\p{L}*|fad(?:ed|ing)|wobbl\p{L}*|rusted|ripped|split|stuck|late|delayed|expired|crash\p{L}*|on hold)|wrong (?!with\b)\p{L}+|waiting (?:on|for|since|\p{L}+ (?:days?|weeks?|hours?|months?))|been waiting|still waiting|only (?:one|two|half) (?:\p{L}+ )?(?:turned up|arrived|came)|one (?:box|parcel|of them|chair|leg)|(?:driver|courier)s? \p{L}+ (?:he|she|they)?|shorter than|customer services? (?:won'?t|can'?t|never|hung|ignor\p{L}*))\b/iu
const OURS =
  /\b(?:my|our|i|i'm|i've|i'd|me|we|we've|us|mine|mum'?s|dad'?s|wife'?s|husband'?s|took (?:the|a|half a) (?:day|morning|afternoon) off)\b/i

/** Somebody wants to know; the second are questions where a sentence begins with them. */
const WONDERS =
  /\b(?:(?:does|do|has|have|is|did) (?:any(?:one|body)|some(?:one|body)) (?:else )?(?:know|got|had|tried|used|bought|ordered|have|had any)|any(?:one|body) (?:else )?(?:know|got|had|tried|used|bought|having|have)|any(?:one|body) else'?s|how (?:do|can|does|long|much|often|soon|far|big|many)|how to|wondering (?:if|how|when|whether|what|about)|trying to (?:work out|find out|figure)|want to know|need to know|thinking of (?:buying|getting|ordering)|any (?:idea|ideas|advice|luck|recommendations))\b/iu
const OPENS =
  /(?:^|[.!?,:;\n–-] *|\b(?:and|but|so|also|hi|hey|hello|ok|just) )(?:where (?:do|can|is|are|does|did)|when (?:do|does|is|are|will)|(?:can|could|will|would|do|does) (?:you|i|we|they|it|the|my|brand)|what(?:'s| is| are) (?:the|their|brand)|what time|which (?:size|colou?r|one)|(?:is|are) (?:it|there|the|their|they|brand)|should i|is it worth|worth (?:it|buying))\b/iu
/** What is asked of friends for fun, or of nobody. */
const IDLE =
  /\b(?:remember|who else|who wins|is it just me|am i the only|fancy|coming (?:with|to)|anyone (?:up for|going|fancy|want to (?:go|come))|what do (?:you|we) (?:all )?think|guess (?:who|what)|isn'?t it|aren'?t they|right\?|childhood|nostalgi\p{L}*|happened to|whatever happened|shall we|meet (?:at|in|me)|lunch|who'?s (?:going|been)|queu(?:e|ing))\b/iu

/** Scores a post. INVARIANT: pure; the same post is always worth the same. */
export function scoreUnaddressed(post: UnaddressedSignals): Weighed {
  const need = needOf(post)
  const found = new Set([...againstIt(post), ...(need < FEW ? noNeed(post) : [])])
  const against = LEAVE_ALONE.filter((reason) => found.has(reason))
  const helpable = against.length > 0 ? Math.min(need, LEFT) * 0.5 ** (against.length - 1) : need
  return { helpable: Math.round(100 * helpable) / 100, against }
}

/** Below it nothing that we could do shows. */
const FEW = 0.5
/** What is worth at most whatever one thing speaks against. */
const LEFT = 0.3

/** How likely it is that the author lacks something that we could give, each sign for itself. */
function needOf({ text, understanding, terms }: UnaddressedSignals): number {
  const { intent, intentConfidence, complaint, signals, sentiment } = understanding
  const said = bare(text, terms)
  const isOurs = OURS.test(said)
  const isStuck = STUCK.test(said) || TROUBLE.test(said)
  const asks = WONDERS.test(said) || OPENS.test(said)
  const isAsked = (asks || signals.includes('question')) && !IDLE.test(said)
  // What only sounds like what others complained of may be a joke.
  const isSure = isStuck || MAJOR.some((signal) => signals.includes(signal))
  const signs = [
    intent === 'none' ? 0 : 0.3 * intentConfidence,
    complaint === 'major' ? (isSure ? 0.7 : 0.45) : complaint === 'minor' ? 0.4 : 0,
    isStuck ? (isOurs ? 0.5 : 0.35) : 0,
    isAsked ? (asks ? 0.55 : 0.35) : 0,
    sentiment < -0.3 && isOurs ? 0.2 : 0,
  ]
  return 1 - signs.reduce((left, sign) => left * (1 - sign), 1)
}

const noNeed = ({ understanding: { signals, sentiment } }: UnaddressedSignals): LeaveAlone[] =>
  signals.includes('praise') || sentiment > 0.35 ? ['praise'] : ['no-need']

function againstIt({ text, understanding, aside = {}, terms, not = [] }: UnaddressedSignals): LeaveAlone[] {
  const said = bare(text, terms)
  const others = [...text.matchAll(HANDLE)].filter(([, handle = '']) => !isTerm(handle, terms))
  const isElse = !mentions(text, terms) || mentions(text, not) || PLACE.test(said)
  return [
    ...understanding.signals.flatMap((signal) => BY_SIGNAL[signal] ?? []),
    ...(isElse ? (['not-about-us'] as const) : []),
    ...(aside.answers || others.length > 0 ? (['conversation'] as const) : []),
    ...(aside.quotes || REPOST.test(text) ? (['quote'] as const) : []),
    ...(NEWS.test(said) ? (['news'] as const) : []),
    ...(JOB.test(said) ? (['job'] as const) : []),
    ...(SALE.test(said) ? (['spam'] as const) : []),
    ...(JOKE.test(said) ? (['joke'] as const) : []),
  ]
}

const squeezed = (text: string) => words(text).join('')
const isTerm = (handle: string, terms: readonly string[]) => terms.some((term) => squeezed(term) === squeezed(handle))

/** Whether one of the phrases stands in the text, whole words each; written in one, as in a hashtag, it counts too. */
export function mentions(text: string, phrases: readonly string[]): boolean {
  const said = words(text.replace(/['\u2019]s\b/giu, ''))
  const line = ` ${said.join(' ')} `
  return phrases.some((phrase) => line.includes(` ${words(phrase).join(' ')} `) || said.includes(squeezed(phrase)))
}

/** The words with one name for the brand, whichever was used, and straight apostrophes. */
function bare(text: string, terms: readonly string[]): string {
  const straight = text
    .slice(0, LONGEST)
    .normalize('NFKC')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(MANNER, ' ')
  return terms.reduce((left, term) => left.replaceAll(new RegExp(escapeStringRegexp(term), 'giu'), 'Brand'), straight)
}
