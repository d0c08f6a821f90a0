// Finds the unit (a dialog, an article) that a text is about, and how sure that is.
import { remember } from '#remember'
import { buildDense, type Dense } from './dense.ts'
import { buildLexical } from './lexical.ts'
import type { Lexicon } from './lexicon.ts'
import { negates } from './negation.ts'
import { normalise, segments } from './normalise.ts'
import { ridge } from './ridge.ts'

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

/** Gives one vector for each text, or undefined where there is no model; never rejects. */
export type Embed = (texts: readonly string[]) => Promise<readonly Float32Array[] | undefined>

/** Characters of a section that are read. */
const SECTION = 600
/** What is left of the evidence when a text says that something fails, and no line of the unit does. */
const NEGATION_LEFT = 0.6
/** The nearest units, and the nearest of their lines, that are weighed against each other. */
const RIVALS = { units: 10, lines: 64 }
/** What sentence vectors count for, beside words (decision 30). */
const SENSE = 0.7
/** What the weighing counts for, beside plain nearness. */
const WEIGHED = 0.75
/**
 * From evidence (the best score and its lead) to the chance that the first is right, where half of what is asked cannot be
 * answered: logistic regressions over settings of public sets (decisions 20 and 30).
 */
const CHANCE = { hybrid: { at: -3.94, by: 6.67 }, lexical: { at: -2.66, by: 6.82 } }

/** Segments whose scores are remembered: those of the last turns. */
const HEARD = 16
/** Pairs of lines whose similarity is remembered. */
const PAIRS = 2 ** 18

export type Embedding = {
  /** Embeds the lines of the index; may take long. */
  readonly lines: Embed
  readonly question: Embed
  /** Names the sentence model. */
  readonly model: string
  /** Serves by words alone until the lines are embedded. */
  readonly early: boolean
}

export async function buildIndex(units: readonly Unit[], lexicon: Lexicon, embed: Embedding): Promise<Index> {
  const lines = units.flatMap((unit, at) => linesOf(unit).map((line) => ({ ...line, unit: at })))
  const texts = lines.map((line) => line.text)
  const groups: number[][] = units.map(() => [])
  const opposed: number[][] = units.map(() => [])
  lines.forEach(({ unit, against }, line) => {
    ;(against ? opposed : groups)[unit]?.push(line)
  })
  const lexical = await buildLexical(texts, lexicon)
  const ofWords = lengthsOf(groups, lexical.between)
  let dense: (Dense & { readonly lengths: readonly number[] }) | undefined
  const byWords = quick(lexical.between, lines.length)
  const byBoth = quick((one, other) => mix(lexical.between(one, other), dense?.between(one, other) ?? 0), lines.length)
  const embedded = embed.lines(texts).then((vectors) => {
    const built = vectors && buildDense(vectors)
    dense = built && { ...built, lengths: lengthsOf(groups, built.between) }
  })
  if (!embed.early) await embedded
  const negative = units.map((unit) => [unit.title, ...unit.phrases].some((phrase) => negates(normalise(phrase))))

  type Engine = {
    readonly scores: Float64Array
    readonly between: Between
    readonly lengths: readonly number[]
    /** What it counts for, of 1. */
    readonly share: number
  }
  /** What the engines make of every line of the index, one by one and together. */
  type Heard = { readonly engines: readonly Engine[]; readonly lines: Float64Array; readonly alike: Between }

  const kept = new Map<string, Promise<Heard>>()

  /** One turn asks for the same words several times: among other units, or for the nearest line. */
  const hear = (segment: string, vector: Float32Array | undefined): Promise<Heard> =>
    remember(kept, HEARD, `${dense && vector ? 'both' : 'words'}: ${segment}`, async () => {
      const byWord = lexical.score(segment)
      const words = { scores: byWord, between: lexical.between, lengths: ofWords, share: 1 }
      if (!dense || !vector) return { engines: [words], lines: byWord, alike: byWords }
      const bySense = dense.score(vector)
      return {
        engines: [
          { ...words, share: 1 - SENSE },
          { scores: bySense, between: dense.between, lengths: dense.lengths, share: SENSE },
        ],
        lines: byWord.map((score, line) => mix(score, bySense[line] as number)),
        alike: byBoth,
      }
    })

  const vectorsOf = async (parts: readonly string[], lexicalOnly: boolean) =>
    lexicalOnly || !dense ? undefined : embed.question(parts)

  /** Each unit's nearness: what the engines make of its nearest line and of its centre, half of each. */
  const nearness = (engines: readonly Engine[], unit: number, without: number | undefined) => {
    const group = groups[unit] ?? []
    const isLess = without !== undefined && group.includes(without)
    if (group.length === (isLess ? 1 : 0)) return 0
    let near = 0
    for (const { scores, lengths, between, share } of engines) {
      let best = Number.NEGATIVE_INFINITY
      let all = 0
      for (const line of group) {
        if (line === without) continue
        const score = scores[line] as number
        if (score > best) best = score
        all += score
      }
      // The centre without one of its lines.
      const apart = isLess ? 2 * sum(group.map((line) => between(line, without))) - 1 : 0
      near += (share * (best + all / Math.sqrt(Math.max(1e-6, (lengths[unit] ?? 1) ** 2 - apart)))) / 2
    }
    return near
  }

  const score = (
    { engines, lines: heard, alike }: Heard,
    { allowed, without }: { readonly allowed: readonly number[]; readonly without: number | undefined },
  ) => {
    const best = (group: readonly number[] = []) =>
      group.reduce((most, line) => Math.max(most, line === without ? -1 : (heard[line] as number)), -1)
    const scores = new Float64Array(units.length)
    for (const unit of allowed) {
      const isRefused = best(opposed[unit]) > best(groups[unit])
      scores[unit] = isRefused ? 0 : Math.max(0, nearness(engines, unit, without))
    }
    const rivals = allowed
      .filter((unit) => (scores[unit] ?? 0) > 0)
      .toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
    const nearest = rivals
      .slice(0, RIVALS.units)
      .flatMap((unit) =>
        (groups[unit] ?? [])
          .filter((line) => line !== without)
          .map((line) => ({ line, unit, near: heard[line] as number })),
      )
      .toSorted((a, b) => b.near - a.near)
      .slice(0, RIVALS.lines)
    const weights = ridge(
      nearest.map(({ near }) => near),
      (i, j) => (i === j ? 1 : alike(nearest[i]?.line ?? 0, nearest[j]?.line ?? 0)),
    )
    for (const unit of allowed) scores[unit] = (scores[unit] ?? 0) * (1 - WEIGHED)
    nearest.forEach(({ unit }, i) => {
      scores[unit] = (scores[unit] ?? 0) + WEIGHED * (weights[i] ?? 0)
    })
    return scores
  }

  return {
    async search(text, { filter = () => true, lexicalOnly = false, leaveOut } = {}) {
      const parts = segments(text)
      const allowed = units.flatMap((unit, i) => (filter(unit.id) ? [i] : []))
      if (parts.length === 0 || allowed.length === 0) return { ranking: [], confidence: 0, by: 'lexical' }
      const questions = await vectorsOf(parts, lexicalOnly)
      const left = leaveOut === undefined ? -1 : texts.indexOf(normalise(leaveOut))
      const heard = await Promise.all(parts.map((segment, part) => hear(segment, questions?.[part])))
      const found = heard.map((one, part) => {
        const scores = score(one, { allowed, without: left < 0 ? undefined : left })
        const order = allowed.toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
        const [first = 0, second] = order
        const best = scores[first] ?? 0
        const lead = best - (second === undefined ? 0 : (scores[second] ?? 0))
        const doubt = negates(parts[part] ?? '') && !negative[first] ? NEGATION_LEFT : 1
        const { at, by } = CHANCE[questions ? 'hybrid' : 'lexical']
        return { order, scores, confidence: best <= 0 ? 0 : 1 / (1 + Math.exp(-at - by * (best + lead) * doubt)) }
      })
      const surest = found.reduce((a, b) => (b.confidence > a.confidence ? b : a))
      const ranking = surest.order.map((i) => ({ id: units[i]?.id ?? '', score: clamp(surest.scores[i] ?? 0) }))
      return { ranking, confidence: surest.confidence, by: questions ? embed.model : 'lexical' }
    },

    async nearest(text, id, { lexicalOnly = false } = {}) {
      const place = units.findIndex((unit) => unit.id === id)
      const unit = units[place]
      if (!unit) return undefined
      const parts = segments(text)
      const questions = await vectorsOf(parts, lexicalOnly)
      const heard = await Promise.all(parts.map((segment, part) => hear(segment, questions?.[part])))
      // The lines of a unit begin with its title and its phrases.
      const near = [unit.title, ...unit.phrases].map((phrase, at) => {
        const line = groups[place]?.[at] ?? -1
        return { phrase, score: Math.max(0, ...heard.map(({ lines }) => lines[line] ?? 0)) }
      })
      const [best] = near.toSorted((one, other) => other.score - one.score)
      return best && best.score > 0 ? best.phrase : undefined
    },
  }
}

const mix = (words: number, sense: number) => (1 - SENSE) * words + SENSE * sense

type Between = (line: number, other: number) => number

/** The length of the sum of each group's lines: a question's similarity to the group's centre is its scores' sum over it. */
function lengthsOf(groups: readonly (readonly number[])[], between: Between): number[] {
  return groups.map((group) => {
    const squares = sum(group.map((line) => between(line, line)))
    const products = sum(group.flatMap((line, i) => group.slice(0, i).map((other) => between(line, other))))
    return Math.sqrt(squares + 2 * products) || 1
  })
}

/** Remembers what it compares, each pair in one place that it shares with others: what is near once is near often. */
function quick(between: Between, lines: number): Between {
  const places = Math.min(PAIRS, lines * lines)
  const pairs = new Float64Array(places).fill(-1)
  const values = new Float32Array(places)
  return (line, other) => {
    const pair = Math.min(line, other) * lines + Math.max(line, other)
    const place = pair % places
    if (pairs[place] !== pair) {
      pairs[place] = pair
      values[place] = between(line, other)
    }
    return values[place] as number
  }
}

/** What a unit is found by; what is `against` it finds something else. */
export function linesOf(unit: Unit): { readonly text: string; readonly against: boolean }[] {
  const line = (text: string, against = false) => ({ text: normalise(text), against })
  return [
    line(unit.title),
    ...unit.phrases.map((phrase) => line(phrase)),
    ...(unit.sections ?? []).map((text) => line(`${unit.title}. ${text}`.slice(0, SECTION))),
    ...(unit.not ?? []).map((phrase) => line(phrase, true)),
  ]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value))
}
