// Blocks a reply that is neither in the customer's language nor in one of the brand's.
import { FUNCTION_WORDS } from '#lib'
import { type Check, type CheckInput, findingAt } from '../check-input.ts'

/** Fewer words of a language than this, or a smaller share of them, may be a name or a title. */
const LEAST = 3
const SHARE = 0.25

const SCRIPTS: readonly (readonly [languages: string, letters: RegExp])[] = [
  ['ru uk bg sr mk be kk', /\p{Script=Cyrillic}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['ar fa ur ps', /\p{Script=Arabic}/gu],
  ['he yi', /\p{Script=Hebrew}/gu],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['zh ja', /\p{Script=Han}/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['hi mr ne', /\p{Script=Devanagari}/gu],
  ['th', /\p{Script=Thai}/gu],
]

/** The languages that a text may be in; undefined when it does not say, as short ones do not. */
function languagesOf({ text, view, links }: CheckInput): readonly string[] | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  // As it was typed: the view has Cyrillic letters in their Latin looks.
  const script = SCRIPTS.find(([, pattern]) => (text.match(pattern)?.length ?? 0) > letters / 3)
  if (script && letters >= 8) return script[0].split(' ')
  const said = links.toReversed().reduce((so, { start, end }) => so.slice(0, start) + so.slice(end), view.text)
  const words = said.toLowerCase().match(/[\p{L}'’]+/gu) ?? []
  const counts = Object.entries(FUNCTION_WORDS).map(([language, small]) => ({
    language,
    count: words.filter((word) => small.has(word)).length,
  }))
  const most = Math.max(...counts.map(({ count }) => count))
  if (most < LEAST || most < words.length * SHARE) return undefined
  return counts.filter(({ count }) => count === most).map(({ language }) => language)
}

export const checkReplyLanguage: Check = (reading) => {
  const { languages } = reading.context
  const spoken = languages && languagesOf(reading)
  if (!spoken || spoken.some((one) => languages.includes(one))) return []
  return [
    findingAt(
      reading,
      { start: 0, end: reading.view.text.length },
      {
        rule: 'language',
        because: `this is not in a language of the customer or the brand; use ${languages.join(' or ')}`,
        absolute: false,
      },
    ),
  ]
}
