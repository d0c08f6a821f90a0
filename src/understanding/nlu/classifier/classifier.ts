// Trains the classifier of what a message is from labelled messages: heads, moods, and who asks for a person.
import { createHash } from 'node:crypto'
import { MOODS, type Mood } from '#domain'
import { openAsyncCache } from '#lib'
import type { DiskCache } from '../../retrieval/disk-cache.ts'
import { whenLearnt } from '../../retrieval/learning.ts'
import { normalise, segments } from '../../retrieval/normalise.ts'
import type { SearchEngine } from '../../retrieval/search-engine.ts'
import { mapYielding } from '../../yielding-loop.ts'
import { classifyComplaint } from '../complaint.ts'
import { moodOf, NEITHER } from '../sentiment.ts'
import { type Chances, type Classify, type Heads, type Lesson, trainClasses, trainHeads } from './heads.ts'
import type { Sample } from './kernel-ridge.ts'
import type { Labelled } from './labels.ts'
import { ngramsOf } from './ngrams.ts'
import { type RuleFeatures, ruleFeaturesOfAll } from './rule-features.ts'
import { partOf, type Scale, sampleOf, scaleOf } from './samples.ts'

export { type Labelled, MESSAGES, readLabelled } from './labels.ts'
export { ruleFeaturesOf } from './rule-features.ts'

/** What was learnt of a text; undefined where no labels say more than rules do. */
export type Prediction = {
  readonly chances: Chances
  readonly sentiment?: number
  readonly wantsHuman?: boolean
}

/** How well moods are heard in labels that were kept back, each from 0 to 1 (macro-F1), and so by which of the two. */
export type Moods = { readonly labels: number; readonly byLabels: number; readonly byRules: number }

/** What our own lines teach, for all contents; and the lines of labels that are learnt alone, with what contents add. */
type Base = { readonly heads: Heads; readonly scale: Scale; readonly others: readonly Seen[] }

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

/**
 * Learns from messages, most of them in the language that the sentence model knows: from `ours`, and from what a content
 * adds. Where there is no sentence model nothing is learnt: words alone say too little.
 */
export async function trainClassifier(
  finder: SearchEngine,
  ours: readonly Labelled[],
  added: readonly Labelled[] = [],
) {
  // Of pictures and links alone nothing is left.
  const [known, own] = [ours, added].map((lines) => lines.filter(({ text }) => normalise(text) !== '')) as [
    Labelled[],
    Labelled[],
  ]
  let lesson: Learnt | undefined
  async function learn(): Promise<void> {
    const vectors = await finder.lines([...known, ...own].map(({ text }) => normalise(text)))
    if (!vectors) return
    const keyOf = (...parts: unknown[]) => createHash('sha256').update(JSON.stringify(parts)).digest('base64')
    const see = (lines: readonly Labelled[], from: number, scale?: Scale) =>
      seenOf(lines, vectors.slice(from, from + lines.length), finder.keep, scale)
    lesson = await learnt.forceFetch(keyOf(finder.model, known, own), {
      context: async () => {
        const base = await bases.forceFetch(keyOf(finder.model, known), {
          context: async () => {
            const { lessons, scale } = await see(known, 0)
            const heads = await trainHeads(lessons, finder.keep)
            return { scale, heads, others: lessons.filter(isOfOne) }
          },
        })
        const { lessons } = await see(own, known.length, base.scale)
        return learnMore(base, lessons, finder.keep)
      },
    })
  }
  const learning = learn()
  await whenLearnt(finder, learning)
  return {
    moods: () => lesson?.moods,
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
        // Who asks for a person often has told much before.
        ...(wantsHuman && { wantsHuman: others.some((other) => (wantsHuman(partOf(other))[0] ?? 0) > 0.5) }),
      }
    },
  }
}

async function seenOf(
  lines: readonly Labelled[],
  vectors: Awaited<ReturnType<SearchEngine['lines']>> & {},
  keep: DiskCache,
  known?: Scale,
): Promise<{ lessons: Seen[]; scale: Scale }> {
  const features = await ruleFeaturesOfAll(
    lines.map(({ text }) => text),
    keep,
  )
  const grams = await mapYielding(features, ({ text }) => ngramsOf(text))
  const scale = known ?? scaleOf(grams, vectors)
  const lessons = await mapYielding(lines, (line, i) => {
    const [own, ruled, found] = [vectors[i], features[i], grams[i]]
    if (!own || !ruled || !found) throw new Error('a line was not embedded')
    return { ...line, ruled, sample: sampleOf(scale, own, found, ruled), part: partOf(own) }
  })
  return { lessons, scale }
}

async function learnMore(base: Base, added: readonly Seen[], keep: DiskCache): Promise<Learnt> {
  const all = [...base.others, ...added.filter(isOfOne)]
  const moods = await weighMoods(all, keep)
  const better = moods && moods.byLabels > moods.byRules
  return {
    ...(moods && { moods }),
    scale: base.scale,
    heads: await trainHeads(added, keep, base.heads),
    mood: better ? await trainMoods(all, keep) : undefined,
    wantsHuman: await trainClasses(
      [true, false],
      all.map((one) => [one.part, one['wants-human']] as const),
      keep,
    ),
  }
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
  const trial = await trainMoods(others, keep)
  if (!trial) return undefined
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
