// What the classifier estimates of a message, head by head, from labelled lines.
import type { Complaint } from '#domain'
import type { DiskCache } from '../../retrieval/disk-cache.ts'
import { mapYielding } from '../../yielding-loop.ts'
import { estimateBy, type Kernel, type Sample, trainKernel } from './kernel-ridge.ts'
import type { Labelled } from './labels.ts'

const complaint =
  (kind: Complaint) =>
  ({ complaint: is }: Labelled) =>
    is && is === kind

/** Each head, and whether a line is so; undefined where nobody judged it. */
const HEADS = {
  asks: ({ engage }: Labelled) => engage && engage === 'asks',
  praise: ({ praise }: Labelled) => praise,
  rant: complaint('rant'),
  minor: complaint('minor'),
  major: complaint('major'),
  irony: ({ irony }: Labelled) => irony,
  danger: ({ danger }: Labelled) => danger,
  spam: ({ spam }: Labelled) => spam,
  /** What is not grave is no fraud; of grave lines only those count that were judged. */
  fraud: ({ fraud, complaint }: Labelled) => fraud ?? (complaint && complaint !== 'major' ? false : undefined),
  'not-wanted': (line: Labelled) => line['not-wanted'],
  /** Of what is not wanted, what has happened already. */
  happened: ({ wish }: Labelled) => wish === 'happened' || (wish === 'not-wanted' ? false : undefined),
  /** Of what is asked for, what is only asked about. */
  asked: ({ wish }: Labelled) => wish === 'asked' || (wish === 'wanted' ? false : undefined),
  'account-specific': (line: Labelled) => line['account-specific'],
}
type HeadName = keyof typeof HEADS
const NAMES = Object.keys(HEADS) as HeadName[]

/** The chance that a message is so, from 0 to 1, of each head that labels teach. */
export type Chances = Readonly<Partial<Record<HeadName, number>>>

/** Our own lines are many; the few of a brand speak for what is near to them alone. */
const SHAPE = {
  ours: { doubt: 0.06, narrow: 1, enough: 1e-3 },
  added: { doubt: 0.06, narrow: 4, enough: 1e-6 },
}
/**
 * Lines that are learnt from; memory grows with their square: 81 MB. Where there are more, those that teach nothing but a
 * complaint give way: they outnumber what was judged in every respect.
 */
const MOST = 9216
/** As many where one label is learnt alone. */
const MOST_OF_ONE = 4096

export type Heads = (sample: Sample) => Chances

export type Lesson = Labelled & { readonly sample: Sample }

/** What was learnt of some heads, which can be kept. */
export type HeadWeights = {
  readonly kernel: Kernel
  readonly heads: readonly { readonly name: HeadName; readonly mean: number }[]
}

/**
 * Learns all heads over one kernel; undefined where no line was judged. What a brand adds is learnt as what is missing
 * to what `base` knows, so that our own lines are learnt once for all contents.
 */
export async function trainHeads(
  lessons: readonly Lesson[],
  keep: DiskCache,
  base?: Heads,
): Promise<HeadWeights | undefined> {
  const useful = lessons.filter((line) => NAMES.some((name) => HEADS[name](line) !== undefined))
  const plain = spread(useful.filter(isComplaintAlone), MOST - useful.filter((line) => !isComplaintAlone(line)).length)
  const kept = new Set(plain)
  const taken = useful.filter((line) => !isComplaintAlone(line) || kept.has(line)).slice(0, MOST)
  const before = base ? await mapYielding(taken, ({ sample }) => base(sample)) : []
  const heads = NAMES.flatMap((name) => {
    const known = taken.flatMap((line, i) => (HEADS[name](line) === undefined ? [] : [i]))
    if (known.length === 0) return []
    const is = known.map((i) => Number(HEADS[name](taken[i] as Lesson)))
    const mean = is.reduce((sum, one) => sum + one, 0) / is.length
    return [{ name, mean, known, figures: is.map((one, nth) => one - (before[known[nth] as number]?.[name] ?? mean)) }]
  })
  if (heads.length === 0) return undefined
  const kernel = await trainKernel(
    taken.map(({ sample }) => sample),
    heads,
    base ? SHAPE.added : SHAPE.ours,
    keep,
  )
  return { kernel, heads: heads.map(({ name, mean }) => ({ name, mean })) }
}

/** The chances that were learnt, on top of those that `base` knows. */
export function openHeads(learnt: HeadWeights | undefined, base: Heads = () => ({})): Heads {
  if (!learnt) return base
  const { kernel, heads } = learnt
  const estimate = estimateBy(kernel)
  return (sample) => {
    const known = base(sample)
    const missing = estimate(sample)
    const found = heads.map(({ name, mean }, nth) => [name, (known[name] ?? mean) + (missing[nth] as number)])
    return { ...known, ...Object.fromEntries(found) }
  }
}

/** Whether nobody judged more of a line than what it complains of. */
const isComplaintAlone = (line: Labelled): boolean =>
  line.voice === undefined &&
  line['account-specific'] === undefined &&
  line['not-wanted'] === undefined &&
  line['wants-human'] === undefined

/** A label that is learnt alone, by few or unsure lines. */
const UNSURE = { doubt: 0.3, narrow: 1, enough: 1e-6 }

/** The chance of each class, in the order of the classes; they add up to 1. */
export type Classify = (sample: Sample) => readonly number[]

/** What was learnt of one label, which can be kept: a mean for each class but the last. */
export type ClassWeights = { readonly kernel: Kernel; readonly means: readonly number[] }

/** Learns one label alone; undefined where no line has it. */
export async function trainClasses<T>(
  classes: readonly T[],
  lessons: readonly (readonly [sample: Sample, label: T | undefined])[],
  keep: DiskCache,
): Promise<ClassWeights | undefined> {
  const taken = spread(
    lessons.filter(([, label]) => label !== undefined),
    MOST_OF_ONE,
  )
  if (taken.length === 0) return undefined
  // The last class is what none of the others is.
  const targets = classes.slice(0, -1).map((one) => {
    const is = taken.map(([, label]) => Number(label === one))
    const mean = is.reduce((sum, each) => sum + each, 0) / is.length
    return { mean, known: [...taken.keys()], figures: is.map((each) => each - mean) }
  })
  const kernel = await trainKernel(
    taken.map(([sample]) => sample),
    targets,
    UNSURE,
    keep,
  )
  return { kernel, means: targets.map(({ mean }) => mean) }
}

export function openClasses(learnt: ClassWeights): Classify {
  const estimate = estimateBy(learnt.kernel)
  return (sample) => {
    const found = estimate(sample)
    const chances = learnt.means.map((mean, nth) => Math.min(1, Math.max(0, mean + (found[nth] as number))))
    const others = chances.reduce((sum, chance) => sum + chance, 0)
    return [...chances, Math.max(0, 1 - others)].map((chance) => chance / Math.max(1, others))
  }
}

/** So many at most, taken all over. */
function spread<T>(all: readonly T[], most: number): readonly T[] {
  const share = Math.min(1, Math.max(0, most) / all.length)
  return all.filter((_, i) => Math.floor(i * share) < Math.floor((i + 1) * share))
}
