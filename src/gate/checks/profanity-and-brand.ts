// Blocks profanity, unfilled templates, internal words, and words that the brand avoids.
import escapeStringRegexp from 'escape-string-regexp'
import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from 'obscenity'
import { deobfuscate } from '#privacy'
import { type Check, checkPattern, findingAt, once } from '../check-input.ts'
import { wordsAs } from '../match/collapsed-text.ts'

const english = englishDataset.build()
const profanity = new RegExpMatcher({
  ...english,
  ...englishRecommendedTransformers,
  // Places that customers live in, and things that shops sell.
  whitelistedTerms: [
    ...(english.whitelistedTerms ?? []),
    'penistone',
    'cockermouth',
    'cockfosters',
    'clitheroe',
    'titchfield',
    'dickleburgh',
    'fukuoka',
    'rapeseed',
    'shiitake',
    'retardant',
  ],
})

const INSULT =
  /(?<![\p{L}])(?:idiots?|morons?|imbeciles?|stupid|losers?|liars?|shut up|drop dead|you people|you(?:'re| are) (?:so |just )?(?:crazy|mad|insane|pathetic|ridiculous|useless|ignorant|lazy|lying))(?![\p{L}])/giu

// What a shop of beds, of paint called nude and of naked bulbs says all day is not in here.
const SEXUAL =
  /(?<![\p{L}])(?:sex(?:y|ual(?:ly)? (?:arous|excit|explicit|favou?r|act|pleasur|fantas|attract)\w*|ting|ted| toys?| acts?| with| tapes?| life| chat)|have sex|having sex|had sex|erotic(?:a|ally)?|horny|aroused|orgasms?|masturbat\w+|ejaculat\w+|genitals?|fetish(?:es)?|nudes|(?:send|get|take|see|go|your|my|of you|completely|totally) (?:nude|naked)(?! (?:bulb|lamp|light|flame|oak|wood|edge|colou?r|tone|shade|pink|sofa|fabric))|strip(?: off)? (?:for|naked)|take off your (?:clothes|top|bra|pants|underwear)|make love|turns? me on|turn you on|(?:sleep|(?:go|come) to bed|hook(?:ing)? up|in bed) with (?:me|you|him|her|us)|blow ?jobs?|hand ?jobs?|threesomes?|escorts? service|onlyfans|nsfw|xxx|your (?:boobs|breasts|nipples|body is|bum|butt))(?![\p{L}])/giu

const WIRING =
  /(?<![\p{L}])as an? (?:large )?(?:ai|artificial intelligence|language|llm)(?: language)?(?: model| assistant)?(?![\p{L}])|(?<![\p{L}])(?:system|developer) (?:prompt|message|instructions?)(?![\p{L}])|(?:ignore|disregard)(?: all)?(?: of)?(?: the| my| your)? (?:previous|prior|above) (?:instructions|messages|prompts?)|my (?:instructions|prompt|training data|programming)(?![\p{L}])|knowledge cut-?off|<\|[\w-]{2,30}\|>|\[\/?INST\]|(?:^|\n)#{2,4} ?(?:system|instructions?|assistant)(?![\p{L}])|(?:^|\n)(?:assistant|system):/giu

// A template that was not filled in, or a mask that was not taken off.
const UNFILLED =
  /\{\{?\s?[a-z][\w.-]{0,40}\s?\}?\}|<[A-Z]+(?:_[A-Z]+)*_\d+>|\[(?:name|first name|order(?: number)?|date|amount|link|insert [^\]\n]{1,30}|todo)\]/gi

const FOUL = { rule: 'profanity', because: 'we do not write like this to anybody; say it civilly', absolute: true }

export const checkProfanity: Check = (reading) => [
  ...profanity
    .getAllMatches(reading.view.text, true)
    .map(({ startIndex, endIndex }) => findingAt(reading, { start: startIndex, end: endIndex + 1 }, FOUL)),
  ...checkPattern(INSULT, { ...FOUL, rule: 'insult', because: 'this insults somebody; say it civilly' })(reading),
]

export const checkSexual = checkPattern(SEXUAL, {
  rule: 'sexual',
  because: 'we write nothing sexual to anybody; take it out',
  absolute: true,
})

export const checkInternals = checkPattern(WIRING, {
  rule: 'prompt-leak',
  because: 'this speaks of the machine behind the answer; say only what helps the customer',
  absolute: false,
})

const checkTemplate = checkPattern(UNFILLED, {
  rule: 'unfilled',
  because: 'a blank was left unfilled; fill it in or write the sentence without it',
  absolute: false,
})

const gapExpression = once((gaps) => new RegExp(gaps.map((gap) => escapeStringRegexp(gap)).join('|'), 'giu'))

/** An open gap of a saved reply stops everybody. */
export const checkUnfilled: Check = (reading) => {
  const { gaps = [] } = reading.context
  const open = gaps.length === 0 ? [] : checkPattern(gapExpression(gaps), OPEN_GAP)(reading)
  return [...open, ...checkTemplate(reading).filter(({ start }) => !open.some((gap) => gap.start === start))]
}

const OPEN_GAP = {
  rule: 'unfilled',
  because: 'a gap is still open; write what belongs there, or leave the sentence out',
  absolute: true,
}

const expressions = new Map<string, RegExp>()

/** Worked out once for a word: a brand avoids the same ones in every draft. An empty one is found nowhere. */
function expressionOf(avoided: string): RegExp {
  const words = deobfuscate(avoided).text.trim()
  const made = expressions.get(avoided) ?? (words === '' ? /(?!)/gu : wordsAs(words))
  expressions.set(avoided, made)
  return made
}

/** Which of these words a text has. */
export const findAvoidedWords = (text: string, avoid: readonly string[]): string[] => {
  const view = deobfuscate(text).text
  return avoid.filter((word) => view.search(expressionOf(word)) >= 0)
}

export const checkAvoided: Check = (reading) =>
  reading.context.avoid.flatMap((avoided) => {
    const because = `we do not say \`${avoided}\`; use other words`
    return checkPattern(expressionOf(avoided), { rule: 'avoid', because, absolute: false })(reading)
  })
