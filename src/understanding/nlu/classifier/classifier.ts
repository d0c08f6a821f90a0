// Trains the classifier of what a message is from labelled messages: heads, moods, and who asks for a person.
import { createHash } from 'node:crypto'
import { MOODS, type Mood } from '#domain'
import { openAsyncCache } from '#lib'
import { codeHash } from '../../code-hash.ts'
import type { DiskCache } from '../../retrieval/disk-cache.ts'
import type { SentenceVectors } from '../../retrieval/embedding/embedder.ts'
import { whenLearnt } from '../../retrieval/learning.ts'
import { normalise, segments } from '../../retrieval/normalise.ts'
import type { SearchEngine } from '../../retrieval/search-engine.ts'
import { mapYielding } from '../../yielding-loop.ts'
import { classifyComplaint } from '../complaint.ts'
import { moodOf, NEITHER } from '../sentiment.ts'
import {
  type Chances,
  type Classify,
  type ClassWeights,
  type Heads,
  type HeadWeights,
  type Lesson,
  openClasses,
  openHeads,
  trainClasses,
  trainHeads,
} from './heads.ts'
import type { Sample } from './kernel-ridge.ts'
import type { Labelled } from './labels.ts'
import { ngramsOf } from './ngrams.ts'
import { type RuleFeatures, ruleFeaturesOfAll } from './rule-features.ts'
import { partOf, type Scale, sampleOf, scaleOf, viewOf } from './samples.ts'
import {
  type Background,
  learnBackground,
  learnSignals,
  type SignalProof,
  type SignalReading,
  type TaughtSignals,
} from './taught-signals.ts'

export { type Labelled, MESSAGES, readLabelled } from './labels.ts'
export { ruleFeaturesOf } from './rule-features.ts'
export type { SignalProof } from './taught-signals.ts'

/** What a content teaches to hear: its signals' lines, and what else is said to this brand. */
export type SignalLines = {
  readonly signals: readonly {
    readonly id: string
    readonly isGrave: boolean
    readonly says: readonly string[]
    readonly not: readonly string[]
  }[]
  readonly content: readonly string[]
}

/** What was learnt of a text; undefined where no labels say more than rules do. */
export type Prediction = {
  readonly chances: Chances
  readonly sentiment?: number
  readonly wantsHuman?: boolean
  /** Of the signals that the content teaches. */
  readonly signals?: SignalReading
}

/** How well moods are heard in labels that were kept back, each from 0 to 1 (macro-F1), and so by which of the two. */
export type Moods = { readonly labels: number; readonly byLabels: number; readonly byRules: number }

/** What our own lines teach, for all contents; and the lines of labels that are learnt alone, with what contents add. */
type BaseWeights = {
  readonly heads?: HeadWeights
  readonly scale: Scale
  readonly others: readonly Seen[]
}
type Base = Omit<BaseWeights, 'heads'> & { readonly heads: Heads }

/** What a content adds: heads on top of ours, and what is learnt alone of all lines that have the label. */
type AddedWeights = {
  readonly heads?: HeadWeights
  readonly mood?: ClassWeights
  readonly wantsHuman?: ClassWeights
  readonly moods?: Moods
}

type Learnt = {
  readonly heads: Heads
  readonly scale: Scale
  readonly mood: Classify | undefined
  readonly wantsHuman: Classify | undefined
  readonly moods?: Moods
}

type Seen = Lesson & { readonly ruled: RuleFeatures; readonly part: Sample }

const isOfOne = (line: Labelled) => line.mood !== undefined || line['wants-human'] !== undefined

/** Labels of which lessons are remembered: drafts of content share them with what is live. */
const REMEMBERED = 4
const bases = openAsyncCache<Base>(REMEMBERED)
const learnt = openAsyncCache<Learnt>(REMEMBERED)
const backgrounds = openAsyncCache<Background>(REMEMBERED)

/**
 * Learns from messages, most of them in the language that the sentence model knows: from `ours`, and from what a content
 * adds. Where there is no sentence model nothing is learnt: words alone say too little.
 */
export async function trainClassifier(
  finder: SearchEngine,
  ours: readonly Labelled[],
  added: readonly Labelled[] = [],
  taught: SignalLines = { signals: [], content: [] },
) {
  let lesson: Learnt | undefined
  let signals: TaughtSignals | undefined
  async function learn(): Promise<void> {
    const code = await codeHash(import.meta.url)
    const keyOf = (...parts: unknown[]) =>
      createHash('sha256')
        .update(JSON.stringify([code, finder.model, ...parts]))
        .digest('hex')
    const key = keyOf(ours)
    const base = await bases.fetch(key, { context: () => openBase(finder, key, ours) })
    if (!base) return
    const own = keyOf(key, added)
    lesson = await learnt.fetch(own, { context: () => openLearnt(finder, own, base, added) })
    if (taught.signals.length === 0) return
    const { scale } = base
    const lying = keyOf('background', key)
    const background = await backgrounds.fetch(lying, { context: () => openBackground(finder, lying, scale, ours) })
    signals = background && (await learnTaught(finder, scale, background, taught))
  }
  const learning = learn()
  await whenLearnt(finder, learning)
  return {
    moods: () => lesson?.moods,
    /** How well the signals that the content teaches are heard; empty until they are learnt. */
    signals: (): readonly SignalProof[] => signals?.proofs ?? [],
    async hear(text: string, ruled: RuleFeatures): Promise<Prediction | undefined> {
      const line = normalise(text)
      const parts = segments(text)
      const [vectors, ...others] = (lesson && line && (await finder.question([line, ...parts]))) || []
      if (!lesson || !vectors) return undefined
      const { heads, scale, mood, wantsHuman } = lesson
      const sample = sampleOf(scale, vectors, ngramsOf(ruled.text), ruled)
      return {
        chances: heads(sample),
        ...(mood && { sentiment: sentimentOf(mood(sample)) }),
        ...(signals && { signals: signals.read(viewOf(scale, vectors)) }),
        // Who asks for a person often has told much before.
        ...(wantsHuman && { wantsHuman: others.some((other) => (wantsHuman(partOf(other))[0] ?? 0) > 0.5) }),
      }
    },
  }
}

/** Undefined where there is no sentence model. */
async function openBase(finder: SearchEngine, key: string, ours: readonly Labelled[]): Promise<Base | undefined> {
  // Without a model nothing is heard, whatever is on disk.
  if (!(await finder.lines([]))) return undefined
  const kept = await finder.keep(key, async (): Promise<BaseWeights | undefined> => {
    const seen = await see(finder, ours, { keptIn: 'messages' })
    if (!seen) return undefined
    const heads = await trainHeads(seen.lessons, finder.keep)
    return { scale: seen.scale, ...(heads && { heads }), others: seen.lessons.filter(isOfOne) }
  })
  return kept && { ...kept, heads: openHeads(kept.heads) }
}

/** One of so many of our own lines is enough to know how lines lie. */
const BACKGROUND = 4
const isGrave = ({ danger, complaint }: Labelled) => danger === true || complaint === 'major'

/** How our own lines lie; undefined where there is no sentence model. */
async function openBackground(
  { lines: embed, keep }: SearchEngine,
  key: string,
  scale: Scale,
  ours: readonly Labelled[],
): Promise<Background | undefined> {
  const lines = ours.filter(({ text }, at) => at % BACKGROUND === 0 && normalise(text) !== '')
  return keep(key, async () => {
    const vectors = await embed(
      lines.map(({ text }) => normalise(text)),
      'messages',
    )
    return (
      vectors &&
      learnBackground(
        lines.map((line, at) => ({ vector: viewOf(scale, vectors[at] as SentenceVectors), isGrave: isGrave(line) })),
      )
    )
  })
}

async function learnTaught(
  finder: SearchEngine,
  scale: Scale,
  background: Background,
  { signals, content }: SignalLines,
): Promise<TaughtSignals | undefined> {
  const texts = [...content, ...signals.flatMap(({ says, not }) => [...says, ...not])]
  const vectors = await finder.lines(texts.map(normalise))
  if (!vectors) return undefined
  const views = new Map(texts.map((text, at) => [text, viewOf(scale, vectors[at] as SentenceVectors)]))
  const viewsOf = (lines: readonly string[]) => lines.map((line) => views.get(line) as Float32Array)
  const lessons = signals.map((one) => ({ ...one, says: viewsOf(one.says), not: viewsOf(one.not) }))
  return learnSignals(background, viewsOf(content), lessons)
}

/** What is seen of lines, by the scale of ours where it is known; undefined where there is no sentence model. */
async function see(
  { lines: embed, keep }: SearchEngine,
  labelled: readonly Labelled[],
  { keptIn, scale: known }: { readonly keptIn?: string; readonly scale?: Scale },
): Promise<{ lessons: Seen[]; scale: Scale } | undefined> {
  // Of pictures and links alone nothing is left.
  const lines = (await mapYielding(labelled, (line) => ({ line, said: normalise(line.text) }))).filter(
    ({ said }) => said !== '',
  )
  const vectors = await embed(
    lines.map(({ said }) => said),
    keptIn,
  )
  if (!vectors) return undefined
  const features = await ruleFeaturesOfAll(
    lines.map(({ line }) => line.text),
    keep,
  )
  const grams = await mapYielding(features, ({ text }) => ngramsOf(text))
  const scale = known ?? scaleOf(grams, vectors)
  const lessons = await mapYielding(lines, ({ line }, i) => {
    const [own, ruled, found] = [vectors[i], features[i], grams[i]]
    if (!own || !ruled || !found) throw new Error('a line was not embedded')
    return { ...line, ruled, sample: sampleOf(scale, own, found, ruled), part: partOf(own) }
  })
  return { lessons, scale }
}

async function openLearnt(
  finder: SearchEngine,
  key: string,
  base: Base,
  added: readonly Labelled[],
): Promise<Learnt | undefined> {
  const kept = await finder.keep(key, () => learnMore(finder, base, added))
  if (!kept) return undefined
  const { heads, mood, wantsHuman, moods } = kept
  return {
    ...(moods && { moods }),
    scale: base.scale,
    heads: openHeads(heads, base.heads),
    mood: mood && openClasses(mood),
    wantsHuman: wantsHuman && openClasses(wantsHuman),
  }
}

async function learnMore(
  finder: SearchEngine,
  base: Base,
  labelled: readonly Labelled[],
): Promise<AddedWeights | undefined> {
  const { keep } = finder
  const seen = await see(finder, labelled, base)
  if (!seen) return undefined
  const added = seen.lessons
  const all = [...base.others, ...added.filter(isOfOne)]
  const moods = await weighMoods(all, keep)
  const heads = await trainHeads(added, keep, base.heads)
  const mood = moods && moods.byLabels > moods.byRules ? await trainMoods(all, keep) : undefined
  const wantsHuman = await trainClasses(
    [true, false],
    all.map((one) => [one.part, one['wants-human']] as const),
    keep,
  )
  return { ...(moods && { moods }), ...(heads && { heads }), ...(mood && { mood }), ...(wantsHuman && { wantsHuman }) }
}

/** One of so many labels is kept back, to see whether the others taught more than rules know. */
const KEPT_BACK = 5

const trainMoods = (seen: readonly Seen[], keep: DiskCache) =>
  trainClasses(
    MOODS,
    seen.map(({ sample, mood }) => [sample, mood] as const),
    keep,
  )

/** Rules hear moods without any label; what labels teach has to be better than that on messages it has not seen. */
async function weighMoods(seen: readonly Seen[], keep: DiskCache): Promise<Moods | undefined> {
  const known = seen.filter(({ mood }) => mood !== undefined)
  const [others, kept] = [known.filter((_, i) => i % KEPT_BACK > 0), known.filter((_, i) => i % KEPT_BACK === 0)]
  const taught = await trainMoods(others, keep)
  if (!taught) return undefined
  const trial = openClasses(taught)
  const is = kept.map(({ mood }) => mood as Mood)
  const byRules = kept.map(({ ruled }) => moodOf(ruled, classifyComplaint({ ...ruled, isSpecific: false })))
  const byLabels = kept.map(({ sample }) => MOODS[likeliest(trial(sample))] as Mood)
  return { labels: known.length, byLabels: macroF1(is, byLabels), byRules: macroF1(is, byRules) }
}

/** The mean over the moods of how well each is found, 0 to 1. */
function macroF1(is: readonly Mood[], found: readonly Mood[]): number {
  const each = MOODS.map((mood) => {
    const both = is.filter((one, i) => one === mood && found[i] === mood).length
    const all = is.filter((one) => one === mood).length + found.filter((one) => one === mood).length
    return all === 0 ? 0 : (2 * both) / all
  })
  return each.reduce((sum, one) => sum + one, 0) / MOODS.length
}

/** The likeliest mood, as sure as it is, between -1 and 1. */
function sentimentOf(chances: readonly number[]): number {
  const [sour = 0, , glad = 0] = chances
  return [-sour, NEITHER * (glad - sour), glad][likeliest(chances)] ?? 0
}

const likeliest = (chances: readonly number[]) => chances.indexOf(Math.max(...chances))
