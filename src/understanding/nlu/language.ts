// Detects the language of a turn: short texts by function words, others by letter statistics.
import { FUNCTION_WORDS } from '#lib'
import { words } from '../retrieval/tokenize.ts'
import { courtesiesIn } from './courtesies.ts'

/** Fewer words than this say little about their language. */
const SHORT = 5
/** E-mail and web addresses, and handles, are in no language. */
const ADDRESS = /(?<![\w.+-])[\w.+-]{0,64}@[\w.-]+|\bhttps?:\/\/[!-~]+/gi
const LATIN = /\p{Script=Latin}/u

/** ISO 639-1; `und` for words of no language we know. `otherwise` is what to believe of a text that does not say. */
export async function detectLanguage(text: string, otherwise: string): Promise<string> {
  const whole = text.replace(ADDRESS, ' ')
  const { courtesies, rest } = courtesiesIn(whole)
  // A foreign thank-you is no sign that more is said in that language.
  const said = courtesies.size > 0 ? rest : whole
  const found = words(said).filter((word) => /\p{L}/u.test(word))
  if (found.length === 0) return otherwise
  const share = (language: string) => found.filter((word) => FUNCTION_WORDS[language]?.has(word)).length / found.length
  const english = share('en')
  const [rival = 'en', most = 0] =
    Object.keys(FUNCTION_WORDS)
      .filter((language) => language !== 'en')
      .map((language): [string, number] => [language, share(language)])
      .toSorted((a, b) => b[1] - a[1])[0] ?? []
  if (english >= 0.2 && english >= most) return 'en'

  const { eld } = await import('eld/extrasmall')
  const guess = eld.detect(said)
  const isShort = found.length < SHORT
  if (!guess.language || !guess.isReliable()) {
    if (most >= 0.4 && most > english) return rival
    return LATIN.test(said) && (isShort || english > 0) ? otherwise : 'und'
  }
  if (guess.language === 'en' || !LATIN.test(said)) return guess.language
  // A few foreign-looking letters are more often a name, a typo or slang than another language.
  if (isShort) return guess.language === rival && most > english ? rival : otherwise
  const lead = (guess.getScores()[guess.language] ?? 0) - (guess.getScores().en ?? 0)
  const isTheirs = english < 0.2 || (guess.language === rival && most > english)
  return lead > 0.1 && isTheirs ? guess.language : otherwise
}
