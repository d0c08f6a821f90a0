// Which language a turn is in. Short texts are told by their small words; the rest by the statistics of letters.
import { words } from './terms.ts'

/** Words that are hardly anything else in a customer's message, by language. */
const SMALL_WORDS: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    en:
      'the is are was my your you i it we they and of to in on for with this that not have has had do does did can ' +
      'could would will what where when why how please help thanks thank hi hello hey still been but im ive cant dont ' +
      'didnt isnt wont its at be been from get got just no yes order refund delivery package need want an a there here',
    es:
      'el la los las mi mis tu un una de del que qué en es está esta estoy quiero quisiera por para con no pero cómo ' +
      'donde dónde cuándo cuando hola gracias necesito puedo tengo pedido reembolso favor muy ya se me sigue',
    de:
      'der die das den dem ein eine einen mein meine meinen ich wir sie ist sind nicht und oder wo wann wie warum bitte ' +
      'danke habe haben kann kein keine zu für mit auf noch immer auch bestellung paket hallo möchte will',
    fr:
      'le la les un une mon ma mes votre je nous vous est sont pas et ou où quand comment pourquoi merci bonjour ' +
      'commande colis dans pour avec sur que qui il elle ai suis veux voudrais toujours cest jai',
    it: 'il lo gli una mio mia sono non per che dove quando come grazie ciao ordine pacco vorrei ho di è',
    pt: 'o os um uma meu minha não para que onde quando como obrigado obrigada olá pedido quero está com você',
    nl: 'de het een mijn ik niet en waar wanneer hoe waarom bestelling pakket bedankt graag kan wil heb is',
  }).map(([language, list]) => [language, new Set(list.split(' '))]),
)

/** Fewer words than this say little about their language. */
const SHORT = 5
/** E-mail and web addresses, and handles, are in no language. */
const ADDRESS = /(?<![\w.+-])[\w.+-]{0,64}@[\w.-]+|\bhttps?:\/\/[!-~]+/gi
const LATIN = /\p{Script=Latin}/u

/** ISO 639-1; `und` for words of no language we know. `otherwise` is what to believe of a text that does not say. */
export async function detectLanguage(text: string, otherwise: string): Promise<string> {
  const said = text.replace(ADDRESS, ' ')
  const found = words(said).filter((word) => /\p{L}/u.test(word))
  if (found.length === 0) return otherwise
  const share = (language: string) => found.filter((word) => SMALL_WORDS[language]?.has(word)).length / found.length
  const english = share('en')
  const [rival = 'en', most = 0] =
    Object.keys(SMALL_WORDS)
      .filter((language) => language !== 'en')
      .map((language): [string, number] => [language, share(language)])
      .toSorted((a, b) => b[1] - a[1])[0] ?? []
  if (english >= 0.2 && english >= most) return 'en'

  const { eld } = await import('eld/extrasmall')
  const guess = eld.detect(said)
  const isShort = found.length < SHORT
  if (!guess.language || !guess.isReliable()) {
    if (most >= 0.4 && english === 0) return rival
    return LATIN.test(said) && (isShort || english > 0) ? otherwise : 'und'
  }
  if (guess.language === 'en' || !LATIN.test(said)) return guess.language
  // A few foreign-looking letters are more often a name, a typo or slang than another language.
  if (isShort) return guess.language === rival && most > english ? rival : otherwise
  const lead = (guess.getScores()[guess.language] ?? 0) - (guess.getScores().en ?? 0)
  return lead > 0.1 && english < 0.2 ? guess.language : otherwise
}
