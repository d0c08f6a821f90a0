// Searches an index for the dialog or article that a text is about, with a confidence.
import { openAsyncCache } from '#lib'
import type { SentenceVectors } from './embedding/embedder.ts'
import { whenLearnt } from './learning.ts'
import { negates } from './negation.ts'
import { normalise, segments } from './normalise.ts'
import { highest, lengthsOf, type Position, type QueryScores, rank } from './rank.ts'
import type { TermDictionary } from './term-dictionary.ts'
import { buildLexical } from './tfidf-index.ts'
import { buildDense, type Dense } from './vector-index.ts'

/** Something that can be found: by its title, by what people say who want it, and by its own words. */
export type SearchDocument = {
  readonly id: string
  readonly title: string
  readonly phrases: readonly string[]
  /** What people say who want something else; a text nearest to one of these does not find the unit. */
  readonly not?: readonly string[]
  /** Its own words in plain text, section by section. */
  readonly sections?: readonly string[]
}

type Found = {
  /** Every unit that was allowed, best first, with its score from 0 to 1. */
  readonly ranking: readonly { readonly id: string; readonly score: number }[]
  /** How sure it is that the first is right, 0 to 1; 0 when nothing is found. */
  readonly confidence: number
  /** What found it: `lexical`, or the name of the sentence model that helped. Confidences of two are not compared. */
  readonly by: string
}

type SearchOptions = {
  /** Which units may be found; the others do not even compete. */
  readonly filter?: (id: string) => boolean
  /** Leaves the English sentence model out. */
  readonly lexicalOnly?: boolean
  /** A line that is searched as if the index did not have it; how well it would be found shows how sure the rest is. */
  readonly leaveOut?: string
}

export type Index = {
  search(text: string, options?: SearchOptions): Promise<Found>
  /** Which of a unit's title and phrases is nearest to the text, as its owner wrote it; undefined where none is near. */
  nearest(text: string, id: string, options?: Pick<SearchOptions, 'lexicalOnly'>): Promise<string | undefined>
}

/** Gives the vectors of each text, or undefined where there is no model; never rejects. */
export type Embed = (texts: readonly string[]) => Promise<readonly SentenceVectors[] | undefined>

/** Characters of a section that are read. */
const SECTION = 600
/** What is left of the evidence when a text says that something fails, and no line of the unit does. */
const NEGATION_LEFT = 0.6
/** What sentence vectors count for, beside words (decision 30). */
const SENSE = 0.7
/**
 * From evidence (the best score and its lead) to the chance that the first is right, where half of what is asked cannot be
 * answered: logistic regressions over brands and settings of public sets (decisions 20, 30 and 51).
 */
const CHANCE = { hybrid: { at: -4.37, by: 7.6 }, lexical: { at: -2.66, by: 6.82 } }

/** What is taken of a confidence, at most, where another sentence of the message finds something else. */
const DISAGREED = 0.3

/** Segments whose scores are remembered: those of the last turns. */
const HEARD = 16

export type Embedding = {
  /** Embeds the lines of the index; may take long. */
  readonly lines: Embed
  readonly question: Embed
  /** Names the sentence model. */
  readonly model: string
  /** Serves by words alone until the lines are embedded. */
  readonly early: boolean
  readonly learning: Set<Promise<void>>
}

export async function buildIndex(
  units: readonly SearchDocument[],
  lexicon: TermDictionary,
  embed: Embedding,
): Promise<Index> {
  const lines = units.map((unit) => linesOf(unit))
  const texts = lines.flat().map(({ text }) => text)
  const places: Position[] = []
  for (const own of lines) {
    const first = places.at(-1)?.end ?? 0
    const count = own.filter(({ against }) => !against).length
    places.push({ first, against: first + count, end: first + own.length })
  }
  const lexical = await buildLexical(texts, lexicon)
  const ofWords = lengthsOf(places, lexical.among)
  let dense: (Dense & { readonly lengths: Float64Array }) | undefined
  const embedded = embed.lines(texts).then((vectors) => {
    const built = vectors && buildDense(vectors.map(({ last }) => last))
    dense = built && { ...built, lengths: lengthsOf(places, built.among) }
  })
  await whenLearnt(embed, embedded)
  const negative = units.map((unit) => [unit.title, ...unit.phrases].some((phrase) => negates(normalise(phrase))))

  const kept = openAsyncCache<QueryScores>(HEARD)

  /** One turn asks for the same words several times: among other units, or for the nearest line. */
  const hear = (segment: string, vector: Float32Array | undefined): Promise<QueryScores> =>
    kept.forceFetch(`${dense && vector ? 'both' : 'words'}: ${segment}`, {
      context: async () => {
        const byWord = lexical.score(segment)
        const words = { scores: byWord, among: lexical.among, lengths: ofWords, share: 1 }
        if (!dense || !vector) return { engines: [words], lines: byWord, among: lexical.among }
        const { score, among, lengths } = dense
        const bySense = score(vector)
        return {
          engines: [
            { ...words, share: 1 - SENSE },
            { scores: bySense, among, lengths, share: SENSE },
          ],
          lines: mix(byWord, bySense),
          among: (near) => mix(lexical.among(near), among(near)),
        }
      },
    })

  const vectorsOf = async (parts: readonly string[], lexicalOnly: boolean) =>
    lexicalOnly || !dense ? undefined : embed.question(parts)

  return {
    async search(text, { filter = () => true, lexicalOnly = false, leaveOut } = {}) {
      const parts = segments(text)
      const allowed = [...units.keys()].filter((i) => filter(units[i]?.id ?? ''))
      if (parts.length === 0 || allowed.length === 0) return { ranking: [], confidence: 0, by: 'lexical' }
      const questions = await vectorsOf(parts, lexicalOnly)
      const left = leaveOut === undefined ? -1 : texts.indexOf(normalise(leaveOut))
      const heard = await Promise.all(parts.map((segment, part) => hear(segment, questions?.[part]?.last)))
      const found = heard.map((one, part) => {
        const scores = rank(one, places, allowed, left < 0 ? undefined : left)
        const [first = 0, second] = highest(allowed, scores, 2)
        const best = scores[first] ?? 0
        const lead = best - (second === undefined ? 0 : (scores[second] ?? 0))
        const doubt = negates(parts[part] ?? '') && !negative[first] ? NEGATION_LEFT : 1
        const { at, by } = CHANCE[questions ? 'hybrid' : 'lexical']
        return { first, scores, confidence: best <= 0 ? 0 : 1 / (1 + Math.exp(-at - by * (best + lead) * doubt)) }
      })
      const surest = found.reduce((a, b) => (b.confidence > a.confidence ? b : a))
      const rival = Math.max(0, ...found.map(({ first, confidence }) => (first === surest.first ? 0 : confidence)))
      const { scores } = surest
      const confidence = surest.confidence * (1 - DISAGREED * rival)
      const order = allowed.toSorted((a, b) => (scores[b] as number) - (scores[a] as number))
      const ranking = order.map((i) => ({ id: units[i]?.id ?? '', score: clamp(scores[i] as number) }))
      return { ranking, confidence, by: questions ? embed.model : 'lexical' }
    },

    async nearest(text, id, { lexicalOnly = false } = {}) {
      const place = units.findIndex((unit) => unit.id === id)
      const unit = units[place]
      if (!unit) return undefined
      const parts = segments(text)
      const questions = await vectorsOf(parts, lexicalOnly)
      const heard = await Promise.all(parts.map((segment, part) => hear(segment, questions?.[part]?.last)))
      // The lines of a unit begin with its title and its phrases.
      const near = [unit.title, ...unit.phrases].map((phrase, at) => {
        const line = (places[place]?.first ?? 0) + at
        return { phrase, score: Math.max(0, ...heard.map(({ lines }) => lines[line] ?? 0)) }
      })
      const [best] = near.toSorted((one, other) => other.score - one.score)
      return best && best.score > 0 ? best.phrase : undefined
    },
  }
}

function mix(words: Float64Array, sense: Float64Array): Float64Array {
  const both = new Float64Array(words.length)
  for (let i = 0; i < both.length; i++) both[i] = (1 - SENSE) * (words[i] as number) + SENSE * (sense[i] as number)
  return both
}

/** What a unit is found by; what is `against` it finds something else. */
export function linesOf(unit: SearchDocument): { readonly text: string; readonly against: boolean }[] {
  const line = (text: string, against = false) => ({ text: normalise(text), against })
  return [
    line(unit.title),
    ...unit.phrases.map((phrase) => line(phrase)),
    ...(unit.sections ?? []).map((text) => line(`${unit.title}. ${text}`.slice(0, SECTION))),
    ...(unit.not ?? []).map((phrase) => line(phrase, true)),
  ]
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value))
}
