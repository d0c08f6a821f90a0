// How well articles are found, and how well the finder knows when it does not know, on the public sets of `bases.ts`, beside
// what the design's study of them measured. Nothing is measured when they are not there.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { calibrate } from '#answer'
import { openSearchEngine, type SearchEngine } from '#understanding/retrieval'
import { chance, shuffled } from '../test/inbox/deliveries.ts'
import { hasBases, openSettings, type Query, type Setting } from './bases.ts'
import { percentile, type Row } from './report.ts'

/** One query: whether the first was right, how sure we were. `kind` is undefined where an article answers it. */
type Shot = {
  readonly right: boolean
  readonly sure: number
  readonly kind: 'near' | 'far' | undefined
  readonly ms: number
}
type Options = { readonly lexicalOnly?: boolean; readonly as?: (text: string) => string }

/** Queries asked at once, as turns of several customers are. */
const WIDTH = 16

export async function run(): Promise<readonly Row[]> {
  if (!hasBases()) return []
  const dir = await mkdtemp(join(tmpdir(), 'warmline-bench-'))
  const finder = await openSearchEngine({ cacheDir: dir })
  try {
    const rows: Row[] = []
    const all: { readonly setting: Setting; readonly shots: readonly Shot[] }[] = []
    for (const setting of openSettings()) {
      process.stderr.write(`  ${setting.name}\n`)
      const shots = await shoot(finder, setting)
      all.push({ setting, shots })
      rows.push(...figures(setting, shots))
    }
    rows.push(...means(all))
    rows.push(...(await disguised(finder, all)))
    rows.push(...kept(all))
    const times = all.flatMap(({ shots }) => shots.map(({ ms }) => ms)).toSorted((a, b) => a - b)
    rows.push({ what: `a question, ${WIDTH} at once, median`, figure: percentile(times, 0.5), unit: 'ms' })
    rows.push({ what: 'memory of the process', figure: process.memoryUsage().rss / 1e6, unit: 'MB' })
    return rows
  } finally {
    await finder.close()
    await rm(dir, { recursive: true, force: true })
  }
}

async function shoot(
  finder: SearchEngine,
  { units, queries }: Setting,
  { lexicalOnly = false, as = (text) => text }: Options = {},
) {
  const index = await finder.index(units)
  const known = new Set(units.map(({ id }) => id))
  const shots: Shot[] = []
  const shot = async ({ text, gold, kind }: Query): Promise<Shot> => {
    const from = performance.now()
    const { ranking, confidence } = await index.search(as(text), { lexicalOnly })
    const isHere = gold !== null && known.has(gold)
    return {
      right: ranking[0]?.id === gold,
      sure: confidence,
      kind: isHere ? undefined : kind === 'far' ? 'far' : 'near',
      ms: performance.now() - from,
    }
  }
  for (let at = 0; at < queries.length; at += WIDTH)
    shots.push(...(await Promise.all(queries.slice(at, at + WIDTH).map(shot))))
  return shots
}

const answerable = (shots: readonly Shot[]) => shots.filter(({ kind }) => kind === undefined)
const share = (part: number, all: number) => (100 * part) / all

function figures({ name, anchors }: Setting, shots: readonly Shot[]): Row[] {
  const row = (what: string, figure: number | undefined, anchor: number | undefined, note?: string): Row[] =>
    figure === undefined
      ? []
      : [
          {
            what: `${name}: ${what}`,
            figure,
            unit: '%',
            ...(anchor === undefined ? {} : { beside: { what: 'study', figure: anchor } }),
            ...(note === undefined ? {} : { note }),
          },
        ]
  const here = answerable(shots).length
  const abstains = shots.length > here
  return [
    ...row('right article first', recall(shots), anchors.recall, `${here} answerable, ${shots.length - here} not`),
    ...row('AUROC, near', auroc(shots, 'near'), anchors.near),
    ...row('AUROC, far', auroc(shots, 'far'), anchors.far),
    ...(abstains ? row('answered at 95 % right', coverage(shots, 0.95), anchors.at95) : []),
    ...(abstains ? row('answered at 98 % right', coverage(shots, 0.98), anchors.at98) : []),
  ]
}

function recall(shots: readonly Shot[]): number {
  const asked = answerable(shots)
  return share(asked.filter(({ right }) => right).length, asked.length)
}

function auroc(shots: readonly Shot[], kind: 'near' | 'far'): number | undefined {
  const asked = answerable(shots)
  const others = shots.filter((shot) => shot.kind === kind)
  if (others.length === 0) return undefined
  let wins = 0
  for (const one of asked)
    for (const other of others) wins += one.sure > other.sure ? 1 : one.sure === other.sure ? 0.5 : 0
  return share(wins, asked.length * others.length)
}

/** The share of the answerable that is answered rightly at the best bar; unanswerable ones weigh as much as answerable ones. */
function coverage(shots: readonly Shot[], precision: number): number {
  const asked = answerable(shots).length
  const weight = asked / (shots.length - asked)
  let [good, bad, best] = [0, 0, 0]
  for (const shot of shots.toSorted((a, b) => b.sure - a.sure)) {
    if (shot.kind !== undefined) bad += weight
    else if (shot.right) good++
    else bad++
    if (good / (good + bad) >= precision) best = good
  }
  return share(best, asked)
}

type Measured = readonly { readonly setting: Setting; readonly shots: readonly Shot[] }[]

/** Means over the settings that the study has a figure for. */
function means(all: Measured): Row[] {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const of = (
    what: string,
    anchor: keyof Setting['anchors'],
    figure: (shots: readonly Shot[]) => number | undefined,
  ): Row => {
    const known = all.filter(({ setting }) => setting.anchors[anchor] !== undefined)
    return {
      what: `mean: ${what}`,
      figure: mean(known.map(({ shots }) => figure(shots) ?? 0)),
      unit: '%',
      beside: { what: 'study', figure: mean(known.map(({ setting }) => setting.anchors[anchor] ?? 0)) },
      note: `${known.length} settings`,
    }
  }
  return [
    of('right article first', 'recall', recall),
    of('AUROC, near', 'near', (shots) => auroc(shots, 'near')),
    of('AUROC, far', 'far', (shots) => auroc(shots, 'far')),
    of('answered at 95 % right', 'at95', (shots) => coverage(shots, 0.95)),
    of('answered at 98 % right', 'at98', (shots) => coverage(shots, 0.98)),
  ]
}

/** Times that the questions are shuffled, calibrated with one half and asked with the other. */
const SPLITS = 20
const RISKS = [0.05, 0.1]

/** Whether answers keep to the risk that their bar was found for. Questions are weighed as they come. */
function kept(all: Measured): Row[] {
  const settings = all.filter(({ shots }) => shots.length > answerable(shots).length)
  return RISKS.flatMap((risk) => {
    let [proven, within, covered, all, said, wrong] = [0, 0, 0, 0, 0, 0]
    for (const { shots } of settings)
      for (let seed = 1; seed <= SPLITS; seed++) {
        const mixed = shuffled(shots, chance(seed))
        const half = Math.floor(mixed.length / 2)
        const found = calibrate(mixed.slice(0, half).map(labelledOf), risk)
        all += 1
        if ('needs' in found) continue
        const asked = mixed.slice(half)
        const answered = asked.filter(({ sure }) => sure >= found.threshold)
        const right = answered.filter(({ right, kind }) => right && kind === undefined).length
        proven += 1
        said += answered.length
        wrong += answered.length - right
        covered += right / answerable(asked).length
        if (answered.length - right <= risk * answered.length) within += 1
      }
    return [
      {
        what: `a risk of ${100 * risk} %: splits in which it could be proven`,
        figure: share(proven, all),
        unit: '%',
        note: `${all} splits; in the others the bot drafts`,
      },
      {
        what: `a risk of ${100 * risk} %: kept on the other half`,
        figure: share(within, proven),
        unit: '%',
        note: '95 % are promised of the rate, not of each half',
      },
      {
        what: `a risk of ${100 * risk} %: wrong, of what is answered on the other half`,
        figure: share(wrong, said),
        unit: '%',
      },
      {
        what: `a risk of ${100 * risk} %: answered of the answerable where proven`,
        figure: share(covered, proven),
        unit: '%',
      },
    ]
  })
}

const labelledOf = ({ right, sure, kind }: Shot, i: number) => ({
  question: String(i),
  article: kind === undefined ? 'this' : null,
  ranking: [right && kind === undefined ? 'this' : 'another'],
  confidence: sure,
})

/** What is said of a confidence: at the bar the sample brand has for public answers. */
const BAR = 0.93
const DISGUISES: readonly (readonly [string, (text: string) => string])[] = [
  ['in a rant', (text) => `third time this week, worst service ever. ${text} absolute joke, sort it out!! #fail`],
  ['in capitals', (text) => text.toUpperCase()],
]

/** How much of what is answered at one bar is still answered when the customer shouts. */
async function disguised(finder: SearchEngine, all: Measured): Promise<Row[]> {
  const rows: Row[] = []
  for (const { setting, shots } of all.filter(({ setting }) =>
    /3 phrasings, 2.*seed 1|CLINC banking/.test(setting.name),
  )) {
    const plain = shots.filter(({ right, sure }) => right && sure >= BAR).length
    for (const [how, as] of DISGUISES) {
      const said = await shoot(finder, setting, { as })
      const kept = said.filter(({ right, sure }) => right && sure >= BAR).length
      rows.push({
        what: `${setting.name}, ${how}: still answered of what plain words are`,
        figure: share(kept, plain),
        unit: '%',
        note: `from confidence ${BAR}`,
      })
    }
    const alone = await shoot(finder, setting, { lexicalOnly: true })
    rows.push(...figures({ ...setting, name: `${setting.name}, words alone`, anchors: {} }, alone))
  }
  return rows
}
