// Finds the unit (a dialog, an article) that a text is about, and how sure that is.
import { buildDense, type Dense } from './dense.ts'
import { buildLexical } from './lexical.ts'
import { negates } from './negation.ts'
import { normalise, segments } from './normalise.ts'

/** Something that can be found: by its title, by what people say who want it, and by its own words. */
export type Unit = {
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
}

type SearchOptions = {
  /** Which units may be found; the others do not even compete. */
  readonly filter?: (id: string) => boolean
  /** Leaves the English sentence model out. */
  readonly lexicalOnly?: boolean
}

export type Index = {
  search(text: string, options?: SearchOptions): Promise<Found>
  /** Which of a unit's title and phrases is nearest to the text, as its owner wrote it; undefined where none is near. */
  nearest(text: string, id: string, options?: Pick<SearchOptions, 'lexicalOnly'>): Promise<string | undefined>
}

/** Gives one vector for each text, or undefined where there is no model; never rejects. */
export type Embed = (texts: readonly string[]) => Promise<readonly Float32Array[] | undefined>

/** Characters of a section that are read. */
const SECTION = 600
/** What is left of the confidence when a text says that something fails, and no line of the unit does. */
const NEGATION_LEFT = 0.6
/** Brings words alone to the scale of both engines: lexical 0.64 is as often right as hybrid 0.70. */
const LEXICAL_SCALE = 1.1

type Line = { readonly unit: number; readonly text: string; readonly against: boolean }

export type Embedding = {
  /** Embeds the lines of the index; may take long. */
  readonly lines: Embed
  readonly question: Embed
  /** Serves by words alone until the lines are embedded. */
  readonly early: boolean
}

export async function buildIndex(units: readonly Unit[], embed: Embedding): Promise<Index> {
  const lines = units.flatMap(linesOf)
  const texts = lines.map((line) => line.text)
  const groups = units.map((_, unit) => lines.flatMap((line, i) => (line.unit === unit && !line.against ? [i] : [])))
  const lexical = buildLexical(texts, groups)
  let dense: Dense | undefined
  const embedded = embed.lines(texts).then((vectors) => {
    dense = vectors && buildDense(vectors, groups)
  })
  if (!embed.early) await embedded
  const negative = units.map((unit) => [unit.title, ...unit.phrases].some((phrase) => negates(normalise(phrase))))

  /** What each engine makes of every line. */
  const enginesFor = (segment: string, vector: Float32Array | undefined) => {
    const engines = [{ scores: lexical.score(segment), lengths: lexical.lengths }]
    if (dense && vector) engines.push({ scores: dense.score(vector), lengths: dense.lengths })
    const lineScore = (line: number) => mean(engines.map(({ scores }) => scores[line] ?? 0))
    return { engines, lineScore }
  }

  const vectorsOf = async (parts: readonly string[], lexicalOnly: boolean) =>
    lexicalOnly || !dense ? undefined : embed.question(parts)

  /** Each unit's score: the mean over the engines of its nearest line and of its centre. */
  const score = (segment: string, vector: Float32Array | undefined): number[] => {
    const { engines, lineScore } = enginesFor(segment, vector)
    const against = new Array<number>(units.length).fill(-1)
    lines.forEach((line, i) => {
      if (line.against) against[line.unit] = Math.max(against[line.unit] ?? -1, lineScore(i))
    })
    return groups.map((group, unit) => {
      if ((against[unit] ?? -1) > Math.max(...group.map(lineScore))) return 0
      const parts = engines.flatMap(({ scores, lengths }) => {
        const own = group.map((line) => scores[line] ?? 0)
        return [Math.max(...own), own.reduce((sum, value) => sum + value, 0) / (lengths[unit] ?? 1)]
      })
      return Math.max(0, mean(parts))
    })
  }

  return {
    async search(text, { filter = () => true, lexicalOnly = false } = {}) {
      const parts = segments(text)
      const allowed = units.flatMap((unit, i) => (filter(unit.id) ? [i] : []))
      if (parts.length === 0 || allowed.length === 0) return { ranking: [], confidence: 0 }
      const questions = await vectorsOf(parts, lexicalOnly)
      const found = parts.map((segment, part) => {
        const scores = score(segment, questions?.[part])
        const order = allowed.toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
        const [first = 0, second] = order
        const best = scores[first] ?? 0
        const margin = best - (second === undefined ? 0 : (scores[second] ?? 0))
        const doubt = negates(segment) && !negative[first] ? NEGATION_LEFT : 1
        const scale = questions ? 1 : LEXICAL_SCALE
        return { order, scores, confidence: clamp((best + margin / 2) * doubt * scale) }
      })
      const surest = found.reduce((a, b) => (b.confidence > a.confidence ? b : a))
      const ranking = surest.order.map((i) => ({ id: units[i]?.id ?? '', score: surest.scores[i] ?? 0 }))
      return { ranking, confidence: surest.confidence }
    },

    async nearest(text, id, { lexicalOnly = false } = {}) {
      const place = units.findIndex((unit) => unit.id === id)
      const unit = units[place]
      if (!unit) return undefined
      const parts = segments(text)
      const questions = await vectorsOf(parts, lexicalOnly)
      const scorers = parts.map((segment, part) => enginesFor(segment, questions?.[part]).lineScore)
      // The lines of a unit begin with its title and its phrases.
      const near = [unit.title, ...unit.phrases].map((phrase, at) => {
        const line = groups[place]?.[at] ?? -1
        return { phrase, score: Math.max(0, ...scorers.map((lineScore) => lineScore(line))) }
      })
      const [best] = near.toSorted((one, other) => other.score - one.score)
      return best && best.score > 0 ? best.phrase : undefined
    },
  }
}

function linesOf(unit: Unit, index: number): Line[] {
  const line = (text: string, against = false): Line => ({ unit: index, text: normalise(text), against })
  return [
    line(unit.title),
    ...unit.phrases.map((phrase) => line(phrase)),
    ...(unit.sections ?? []).map((text) => line(`${unit.title}. ${text}`.slice(0, SECTION))),
    ...(unit.not ?? []).map((phrase) => line(phrase, true)),
  ]
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value))
}
