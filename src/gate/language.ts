// How we speak: never foully, never as a machine that shows its wiring, and without the words the brand avoids.
import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from 'obscenity'
import { plainView } from '#privacy'
import { type Check, findingAt } from './draft.ts'

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

const WIRING =
  /(?<![\p{L}])as an? (?:large )?(?:ai|artificial intelligence|language|llm)(?: language)?(?: model| assistant)?(?![\p{L}])|(?<![\p{L}])(?:system|developer) (?:prompt|message|instructions?)(?![\p{L}])|(?:ignore|disregard)(?: all)?(?: of)?(?: the| my| your)? (?:previous|prior|above) (?:instructions|messages|prompts?)|my (?:instructions|prompt|training data|programming)(?![\p{L}])|knowledge cut-?off|<\|[\w-]{2,30}\|>|\[\/?INST\]|(?:^|\n)#{2,4} ?(?:system|instructions?|assistant)(?![\p{L}])|(?:^|\n)(?:assistant|system):/giu

// A template that was not filled in, or a mask that was not taken off.
const UNFILLED =
  /\{\{?\s?[a-z][\w.-]{0,40}\s?\}?\}|<[A-Z]+(?:_[A-Z]+)*_\d+>|\[(?:name|first name|order(?: number)?|date|amount|link|insert [^\]\n]{1,30}|todo)\]/gi

type Rule = { readonly rule: string; readonly because: string; readonly absolute: boolean }

function checkPattern(pattern: RegExp, rule: Rule): Check {
  return (reading) =>
    Array.from(reading.view.text.matchAll(pattern), (match) =>
      findingAt(reading, { start: match.index, end: match.index + match[0].length }, rule),
    )
}

const FOUL = { rule: 'profanity', because: 'we do not write like this to anybody; say it civilly', absolute: true }

export const checkProfanity: Check = (reading) => [
  ...profanity
    .getAllMatches(reading.view.text, true)
    .map(({ startIndex, endIndex }) => findingAt(reading, { start: startIndex, end: endIndex + 1 }, FOUL)),
  ...checkPattern(INSULT, { ...FOUL, rule: 'insult', because: 'this insults somebody; say it civilly' })(reading),
]

export const checkWiring = checkPattern(WIRING, {
  rule: 'prompt-leak',
  because: 'this speaks of the machine behind the answer; say only what helps the customer',
  absolute: false,
})

export const checkUnfilled = checkPattern(UNFILLED, {
  rule: 'unfilled',
  because: 'a blank was left unfilled; fill it in or write the sentence without it',
  absolute: false,
})

export const checkAvoided: Check = (reading) =>
  reading.context.avoid.flatMap((avoided) => {
    const words = plainView(avoided).text.trim().split(/\s+/).map(quote).join(String.raw`\s+`)
    if (words === '') return []
    return checkPattern(new RegExp(String.raw`(?<![\p{L}\p{N}])${words}(?![\p{L}\p{N}])`, 'giu'), {
      rule: 'avoid',
      because: `we do not say \`${avoided}\`; use other words`,
      absolute: false,
    })(reading)
  })

function quote(word: string): string {
  return word.replace(/[$()*+./?[\\\]^{|}]/g, String.raw`\$&`)
}
