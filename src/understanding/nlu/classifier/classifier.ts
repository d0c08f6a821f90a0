// Trains the classifier of complaints, moods, personal matters and wishes from labelled messages.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { COMPLAINTS, type Complaint, MOODS, type Mood, SIGNALS } from '#domain'
import { openAsyncCache } from '#lib'
import type { DiskCache } from '../../retrieval/disk-cache.ts'
import { normalise, segments } from '../../retrieval/normalise.ts'
import type { SearchEngine } from '../../retrieval/search-engine.ts'
import { mapYielding } from '../../yielding-loop.ts'
import { classifyComplaint, TROUBLE } from '../complaint.ts'
import { wishBar, wishMarks } from '../denied-wish.ts'
import { isCross, moodOf, NEITHER } from '../sentiment.ts'
import { type Classify, type Sample, trainKernel } from './kernel-ridge.ts'
import { type RuleFeatures, ruleFeaturesOfAll } from './rule-features.ts'

/** A public message as a customer wrote it, and what it is. */
export type Labelled = {
  readonly text: string
  readonly complaint?: Complaint
  readonly mood?: Mood
  /** Whether helping needs what is known of this one customer: an order, a payment, something that they were sent. */
  readonly 'account-specific'?: boolean
  /** Whether they ask for a person. */
  readonly 'wants-human'?: boolean
  /** Whether they say that they do not want a thing done, or that it is done already. */
  readonly 'not-wanted'?: boolean
}

/** Our own messages to the sample brand; columns: what the brand does first, complaint, urgency, text. */
export const MESSAGES = new URL('./messages.tsv', import.meta.url)
/** Of many trades, and asked by no bench: whether helping needs what is known of this one customer (`yes` or `no`), text. */
const ACCOUNT_SPECIFIC = new URL('./account-specific.tsv', import.meta.url)
/** Of many trades: what kind of complaint it is, text. */
const OF_OTHERS = new URL('./complaints.tsv', import.meta.url)
/** Whether somebody asks for a person (`yes` or `no`), and their words. */
const WANTS_HUMAN = new URL('./wants-human.tsv', import.meta.url)
/** Of many trades: whether something is asked for (`open`), or is not wanted or done already (`over`), and their words. */
const WISHES = new URL('./wishes.tsv', import.meta.url)

/** Those of `MESSAGES` first. */
export async function readLabelled(): Promise<Labelled[]> {
  const messages = (await rowsOf(MESSAGES)).flatMap(([action, label, , text]) => {
    const complaint = COMPLAINTS.find((one) => one === label)
    // What goes to a person may be either.
    const more = action === 'escalate' ? {} : { 'account-specific': action === 'private', 'wants-human': false }
    return complaint && text ? [{ text, complaint, ...more }] : []
  })
  const specific = (await rowsOf(ACCOUNT_SPECIFIC)).map(([is, text = '']) => ({
    text,
    'account-specific': is === 'yes',
    'wants-human': false,
  }))
  const wants = (await rowsOf(WANTS_HUMAN)).map(([is, text = '']) => ({ text, 'wants-human': is === 'yes' }))
  const wishes = (await rowsOf(WISHES)).map(([is, text = '']) => ({ text, 'not-wanted': is === 'over' }))
  const kinds = (await rowsOf(OF_OTHERS)).map(([kind, text = '']) => ({ text, complaint: kind as Complaint }))
  return [...messages, ...specific, ...wants, ...wishes, ...kinds]
}

const rowsOf = async (file: URL): Promise<string[][]> =>
  (await readFile(file, 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t'))

/** What was learnt of a text; undefined where no labels say more than rules do. */
export type Prediction = {
  readonly complaint?: Complaint
  readonly sentiment?: number
  readonly accountSpecific?: boolean
  readonly wantsHuman?: boolean
  readonly notWanted?: boolean
}

/** How well moods are heard in labels that were kept back, each from 0 to 1 (macro-F1), and so by which of the two. */
export type Moods = { readonly labels: number; readonly byLabels: number; readonly byRules: number }

type Lesson = {
  readonly learn: (sample: Sample) => Omit<Prediction, 'wantsHuman' | 'notWanted'>
  readonly notWanted: ((vector: Sample, text: string) => boolean) | undefined
  readonly wantsHuman: ((part: Sample) => boolean) | undefined
  readonly moods?: Moods
}

/** Labels of which lessons are remembered: drafts of content share them with what is live. */
const LESSONS = 4
const lessons = openAsyncCache<Lesson>(LESSONS)

/**
 * Learns from messages, most of them in the language that the sentence model knows. Where there is no sentence model
 * nothing is learnt: words alone say too little.
 */
export async function trainClassifier(finder: SearchEngine, messages: readonly Labelled[]) {
  // Of pictures and links alone nothing is left.
  const labelled = messages.filter(({ text }) => normalise(text) !== '')
  let lesson: Lesson | undefined
  async function learn(): Promise<void> {
    const vectors = await finder.lines(labelled.map(({ text }) => normalise(text)))
    if (!vectors) return
    const key = createHash('sha256')
      .update(JSON.stringify([finder.model, labelled]))
      .digest('base64')
    const last = vectors.map((one) => one.last)
    lesson = await lessons.forceFetch(key, { context: () => learnFrom(labelled, last, finder.keep) })
  }
  const learning = learn()
  if (!finder.early) await learning
  return {
    moods: () => lesson?.moods,
    async hear(text: string, ruled: RuleFeatures): Promise<Prediction> {
      const line = normalise(text)
      const parts = segments(text)
      const asked = (lesson && line && (await finder.question([line, ...parts]))) || []
      const [vector, ...others] = asked.map(({ last }) => last)
      if (!lesson || !vector) return {}
      const { wantsHuman, notWanted } = lesson
      const learnt = {
        ...lesson.learn(sampleOf(vector, ruled)),
        ...(notWanted ? { notWanted: notWanted(vector, ruled.text) } : {}),
      }
      if (!wantsHuman) return learnt
      // Who asks for a person often has told much before.
      return { ...learnt, wantsHuman: others.some((other) => wantsHuman(partOf(other))) }
    },
  }
}

async function learnFrom(
  labelled: readonly Labelled[],
  vectors: readonly Float32Array[],
  keep: DiskCache,
): Promise<Lesson> {
  const features = await ruleFeaturesOfAll(
    labelled.map(({ text }) => text),
    keep,
  )
  const seen = await mapYielding([...labelled.entries()], ([i, { text: _, ...labels }]) => {
    const ruled = features[i] as RuleFeatures
    const vector = vectors[i] as Float32Array
    return {
      ...labels,
      ruled,
      sample: sampleOf(vector, ruled),
      part: partOf(vector),
      wish: wishSampleOf(vector, ruled.text),
    }
  })
  const kinds = await train(COMPLAINTS, seen, ({ complaint }) => complaint, keep)
  const specific = await train([false, true], seen, (one) => one['account-specific'], keep)
  const wants = await train(
    [false, true],
    seen.map(({ part, ...one }) => ({ ...one, sample: part })),
    (one) => one['wants-human'],
    keep,
  )
  const notWanted = await train(
    [false, true],
    seen.map(({ wish, ...one }) => ({ ...one, sample: wish })),
    (one) => one['not-wanted'],
    keep,
  )
  const moods = await weighMoods(seen, keep)
  const better = moods && moods.byLabels > moods.byRules
  const mood = better ? await train(MOODS, seen, moodIn, keep) : undefined
  return {
    ...(moods && { moods }),
    notWanted: notWanted && ((vector, text) => (notWanted(wishSampleOf(vector, text))[1] ?? 0) >= wishBar(text)),
    wantsHuman: wants && ((part) => likeliest(wants(part)) === 1),
    learn: (sample) => ({
      ...(kinds && { complaint: kindOf(kinds(sample)) }),
      ...(specific && { accountSpecific: likeliest(specific(sample)) === 1 }),
      ...(mood && { sentiment: sentimentOf(mood(sample)) }),
    }),
  }
}

/** What a grave message weighs beside others: one that is not seen costs more than one too many. */
const GRAVE = 1.3

function kindOf(chances: Float64Array): Complaint {
  const weighed = chances.map((chance, i) => (COMPLAINTS[i] === 'major' ? GRAVE * chance : chance))
  return COMPLAINTS[likeliest(weighed)] ?? 'none'
}

type Seen = Omit<Labelled, 'text'> & { readonly ruled: RuleFeatures; readonly sample: Sample }

async function train<T>(
  classes: readonly T[],
  seen: readonly Seen[],
  labelOf: (one: Seen) => T | undefined,
  keep: DiskCache,
): Promise<Classify | undefined> {
  const known = seen.flatMap((one) => {
    const label = labelOf(one)
    return label === undefined ? [] : [{ sample: one.sample, label: classes.indexOf(label) }]
  })
  if (known.length === 0) return undefined
  return trainKernel(
    known.map(({ sample }) => sample),
    known.map(({ label }) => label),
    classes.length,
    keep,
  )
}

/** One of so many labels is kept back, to see whether the others taught more than rules know. */
const KEPT_BACK = 5

/** Rules hear moods without any label; what labels teach has to be better than that on messages it has not seen. */
async function weighMoods(seen: readonly Seen[], keep: DiskCache): Promise<Moods | undefined> {
  const known = seen.filter(({ mood }) => mood !== undefined)
  const [others, kept] = [known.filter((_, i) => i % KEPT_BACK > 0), known.filter((_, i) => i % KEPT_BACK === 0)]
  const trial = await train(MOODS, others, moodIn, keep)
  if (!trial) return undefined
  const is = kept.map(({ mood }) => mood as Mood)
  const byRules = kept.map(({ ruled }) => moodOf(ruled, classifyComplaint({ ...ruled, isSpecific: false })))
  const byLabels = kept.map(({ sample }) => MOODS[likeliest(trial(sample))] as Mood)
  return { labels: known.length, byLabels: macroF1(is, byLabels), byRules: macroF1(is, byRules) }
}

const moodIn = ({ mood }: Seen) => mood

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
function sentimentOf(chances: Float64Array): number {
  const [sour = 0, , glad = 0] = chances
  return [-sour, NEITHER * (glad - sour), glad][likeliest(chances)] ?? 0
}

const likeliest = (chances: Float64Array) => chances.indexOf(Math.max(...chances))

/** What a sentence vector counts for, and each thing that rules hear: together they are no longer than 1. */
const COUNTS = { sense: 0.5, rules: 0.15 }

/** A sentence without what rules read in the whole message. */
const partOf = (vector: Float32Array): Sample => withFeatures(vector, [])

const wishSampleOf = (vector: Float32Array, text: string): Sample =>
  withFeatures(
    vector,
    wishMarks(text).map((mark) => (mark ? COUNTS.rules : 0)),
  )

/** What rules read counts too: labels teach how far to believe them. */
function sampleOf(vector: Float32Array, ruled: RuleFeatures): Sample {
  const complaint = classifyComplaint({ ...ruled, isSpecific: false })
  const yes = (is: boolean) => (is ? COUNTS.rules : 0)
  return withFeatures(vector, [
    COUNTS.rules * ruled.sentiment,
    ...COMPLAINTS.map((kind) => yes(kind === complaint)),
    yes(isCross(ruled.text)),
    yes(TROUBLE.test(ruled.text)),
    ...SIGNALS.map((signal) => yes(ruled.signals.includes(signal))),
  ])
}

function withFeatures(vector: Float32Array, features: readonly number[]): Sample {
  const sample = new Float32Array(vector.length + features.length)
  for (let i = 0; i < vector.length; i++) sample[i] = COUNTS.sense * (vector[i] as number)
  sample.set(features, vector.length)
  return sample
}

/** Rules are certain of what they hear, and miss what is said in other words; what is grave to either is grave. */
export function together(ruled: Complaint, taught: Complaint | undefined): Complaint {
  return ruled === 'major' ? ruled : (taught ?? ruled)
}
