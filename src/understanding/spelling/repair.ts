// Repairs typing errors in a text, for reading alone: unknown words become what the brand or everybody would have written.
import type { Content } from '#content'
import { isShouted } from '../retrieval/normalise.ts'
import { mapYielding } from '../yielding-loop.ts'
import { buildDeletionIndex, type DeletionIndex } from './deletion-index.ts'
import { type EnglishWords, openEnglishWords } from './english-words.ts'
import { CONTRACTIONS, SHORT_FORMS } from './short-forms.ts'
import { typingCost } from './typing-cost.ts'

/** The text with its misspelt words put right. What is no plain word stays as it is, and so do names. */
export type Repair = (text: string) => string

/** The brand's own texts, from which its words are learnt. */
type Texts = Pick<Content, 'articles' | 'dialogs' | 'brand'>

/** A word that no dictionary has is the brand's own if it is written so often: one time may be a typing error. */
const TRUSTED = 2
/** Shorter words are left alone: too many others are near. */
const SHORTEST = 3
/** What a misspelling may cost at most, by the length of the word. */
const mostOf = (length: number) => (length < 4 ? 0.7 : length < 5 ? 1 : length < 7 ? 1.1 : 1.5)
/** Words so long may have two slips in them. */
const TWO_SLIPS = 5
/** A plain slip; what is a word already has no worse one. */
const SLIP = 0.8
/** What the brand writes itself is likelier meant, and so is what stands beside this word in its texts; what is rare is less. */
const [OWN, BESIDE, RARE] = [0.3, 0.2, 0.2]

const opened = new WeakMap<object, Promise<Repair>>()

/** Opened once for each content. */
export function openRepair(content: Texts): Promise<Repair> {
  const known = opened.get(content) ?? learn(content)
  opened.set(content, known)
  return known
}

/** What the brand's texts are made of; lower-case, without apostrophes. */
type BrandWords = {
  readonly all: ReadonlySet<string>
  /** Those that it always writes with a capital. */
  readonly names: ReadonlySet<string>
  /** Words that stand beside each other; an empty one is where a sentence begins or ends. */
  readonly pairs: ReadonlySet<string>
  readonly index: DeletionIndex
}

async function learn(content: Texts): Promise<Repair> {
  const english = await openEnglishWords()
  const counts = new Map<string, number>()
  const [pairs, small, capital] = [new Set<string>(), new Set<string>(), new Set<string>()]
  await mapYielding(textsOf(content), (text) => {
    let before = ''
    for (const { word, plain, startsSentence } of tokensOf(text)) {
      pairs.add(pairOf(before, plain))
      before = plain
      if (plain === '') continue
      counts.set(plain, (counts.get(plain) ?? 0) + 1)
      if (word === word.toLowerCase()) small.add(plain)
      else if (!startsSentence) capital.add(plain)
    }
  })
  const all = new Set([...counts].flatMap(([word, count]) => (english.has(word) || count >= TRUSTED ? [word] : [])))
  const names = new Set([...capital].filter((word) => all.has(word) && !small.has(word)))
  return repairWith(english, { all, names, pairs, index: buildDeletionIndex([...all]) })
}

function textsOf({ articles, dialogs, brand }: Texts): string[] {
  return [
    brand.name,
    ...articles.flatMap(({ title, questions, not, body }) => [title, ...questions, ...not, body]),
    ...dialogs.flatMap(({ title, phrases }) => [title, ...phrases]),
  ]
}

const pairOf = (before: string, after: string) => `${before} ${after}`

type Token = {
  readonly at: number
  /** As it is written; empty where there is no word, or a sentence ends. */
  readonly word: string
  /** Lower-case, without apostrophes. */
  readonly plain: string
  readonly startsSentence: boolean
}

const CHUNK = /\S+/g
/** Letters with apostrophes between them. */
const WORD = /\p{L}+(?:['’]\p{L}+)*/gu
/** Links, handles, tags, addresses, numbers and codes. */
const NO_WORD = /[\d@#/\\_<>=+&]|\p{L}\.\p{L}/u
/** Short forms such as "2moro" are words. */
const WITH_DIGIT = /^["'(]*([\p{L}\d]{2,10})[.,;:!?)"']*$/u
const ENDS = /[.!?…:]["'”’)]*$/

const plainOf = (word: string) => word.toLowerCase().replace(/['’]/g, '')

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let startsSentence = true
  const end = (at: number) => tokens.push({ at, word: '', plain: '', startsSentence: false })
  let last = 0
  for (const { 0: chunk, index } of text.matchAll(CHUNK)) {
    if (text.slice(last, index).includes('\n')) {
      startsSentence = true
      end(index)
    }
    last = index + chunk.length
    if (NO_WORD.test(chunk)) {
      const short = WITH_DIGIT.exec(chunk)?.[1] ?? ''
      const word = SHORT_FORMS.has(short.toLowerCase()) ? short : ''
      tokens.push({ at: index + chunk.indexOf(word), word, plain: word.toLowerCase(), startsSentence })
      startsSentence = false
    } else
      for (const { 0: word, index: inside } of chunk.matchAll(WORD)) {
        tokens.push({ at: index + inside, word, plain: plainOf(word), startsSentence })
        startsSentence = false
      }
    if (ENDS.test(chunk)) {
      startsSentence = true
      end(last)
    }
  }
  end(text.length)
  return tokens
}

const APART = new Map(CONTRACTIONS.map((word) => [plainOf(word), word]))

function repairWith(english: EnglishWords, brand: BrandWords): Repair {
  const isWord = (word: string) => brand.all.has(word) || english.has(word)

  /** The word that was meant by one that does not exist. */
  function meantBy(typed: string, before: string, after: string): string | undefined {
    const most = mostOf(typed.length)
    let best: string | undefined
    let least = Number.POSITIVE_INFINITY
    const weigh = (word: string, handicap: number) => {
      const cost = typingCost(typed, word)
      if (cost > most) return
      const beside =
        Number(before !== '' && brand.pairs.has(pairOf(before, word))) +
        Number(after !== '' && brand.pairs.has(pairOf(word, after)))
      const all = cost + handicap - BESIDE * beside
      if (all < least) [best, least] = [word, all]
    }
    for (const slips of [1, 2] as const) {
      if (slips === 2 && (typed.length < TWO_SLIPS || brand.all.has(best ?? ''))) break
      for (const number of brand.index.near(typed, slips)) weigh(brand.index.words[number] as string, -OWN)
      for (const number of english.common.near(typed, slips))
        weigh(english.common.words[number] as string, RARE * (english.rarity[number] as number))
    }
    return best
  }

  /** A word of the brand's that is one slip away, where `fits`. */
  function slipOf(typed: string, fits: (word: string) => boolean): string | undefined {
    let best: string | undefined
    let least = SLIP
    for (const number of brand.index.near(typed, 1)) {
      const word = brand.index.words[number] as string
      const cost = fits(word) ? typingCost(typed, word) : Number.POSITIVE_INFINITY
      if (cost <= least) [best, least] = [word, cost]
    }
    return best
  }

  function read(word: string, before: string, after: string, isName: boolean): string {
    const plain = plainOf(word)
    if (plain.length < SHORTEST && !SHORT_FORMS.has(plain)) return word
    if (brand.all.has(plain)) return APART.get(plain) ?? word
    // A capital inside a sentence is a name's.
    if (isName) return (!english.has(plain) && slipOf(plain, (one) => brand.names.has(one))) || word
    const short = SHORT_FORMS.get(plain) ?? APART.get(plain)
    if (short !== undefined) return short
    if (english.everyday.has(plain) && (before === '' || after === '')) return word
    if (english.has(plain)) {
      // A word by chance, where the brand has a word of its own between these two. `orders` is as good as `order`.
      const fits = (one: string) =>
        brand.pairs.has(pairOf(before, one)) &&
        brand.pairs.has(pairOf(one, after)) &&
        !one.startsWith(plain) &&
        !plain.startsWith(one)
      return slipOf(plain, fits) ?? word
    }
    const ending = /['’](?:s|d|ll|ve|re)$/i.exec(word)
    if (ending) return read(word.slice(0, ending.index), before, after, false) + ending[0]
    const stretched = unstretched(plain)
    if (stretched !== plain && isWord(stretched)) return stretched
    const meant = meantBy(stretched, before, after)
    return meant === undefined ? word : (APART.get(meant) ?? meant)
  }

  /** Of letters that are typed three times and more, one or two are meant. */
  function unstretched(word: string): string {
    const twice = word.replace(/(\p{L})\1{2,}/gu, '$1$1')
    if (twice === word || isWord(twice)) return twice
    const once = word.replace(/(\p{L})\1{2,}/gu, '$1')
    return isWord(once) ? once : twice
  }

  return (text) => {
    const shouted = isShouted(text)
    const tokens = tokensOf(text)
    let made = ''
    let done = 0
    let before = ''
    tokens.forEach(({ at, word, plain, startsSentence }, i) => {
      if (word === '') {
        before = ''
        return
      }
      const isSmall = shouted || word === word.toLowerCase() || (startsSentence && !/\p{Lu}/u.test(word.slice(1)))
      const found = read(word, before, tokens[i + 1]?.plain ?? '', !isSmall)
      before = found === word ? plain : plainOf(found.split(' ').at(-1) ?? '')
      if (found === word) return
      made += text.slice(done, at) + inCaseOf(word, found, shouted)
      done = at + word.length
    })
    return made + text.slice(done)
  }
}

function inCaseOf(word: string, found: string, shouted: boolean): string {
  if (shouted && word === word.toUpperCase()) return found.toUpperCase()
  return word[0] === word[0]?.toLowerCase() ? found : found.charAt(0).toUpperCase() + found.slice(1)
}
