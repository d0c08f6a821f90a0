// How well each head hears what a message is, on whole voices that it was not taught with; and what plain questions of other
// trades are taken for, from the public sets in ../shared/data/kb.
import { existsSync, readFileSync } from 'node:fs'
import type { Understand } from '#understanding'
import { type Labelled, readLabelled, ruleFeaturesOf, trainClassifier } from '#understanding/classifier'
import { BARS, type Reading, readingOf } from '#understanding/local-nlu'
import type { SearchEngine } from '#understanding/retrieval'
import type { Row } from './report.ts'

const FOLDS = 3

type Heard = { readonly line: Labelled; readonly reading: Reading; readonly chances: Chances }
type Chances = Parameters<typeof readingOf>[0]

/** Each head: whether a line is so (undefined where nobody judged it), how likely it was found, and its bar. */
const HEADS: Readonly<
  Record<
    string,
    readonly [is: (line: Labelled) => boolean | undefined, chance: (found: Chances) => number, bar: number]
  >
> = {
  'asks for nothing': [({ engage }) => engage && engage !== 'asks', ({ asks = 1 }) => 1 - asks, BARS.idle],
  praise: [({ praise }) => praise, ({ praise = 0 }) => praise, BARS.praise],
  'any complaint': [
    ({ complaint }) => complaint && complaint !== 'none',
    ({ rant = 0, minor = 0, major = 0 }) => rant + minor + major,
    0.5,
  ],
  'major complaint': [({ complaint }) => complaint && complaint === 'major', ({ major = 0 }) => major, BARS.major],
  irony: [({ irony }) => irony, ({ irony = 0 }) => irony, BARS.irony],
  // As the reading decides it: danger, and how grave it is.
  danger: [
    ({ danger }) => danger,
    ({ danger = 0, major = 0 }) => (danger >= BARS.danger ? (danger + major) / 2 : 0),
    BARS['danger-and-major'] / 2,
  ],
  spam: [({ spam }) => spam, ({ spam = 0 }) => spam, BARS.spam],
  'not wanted': [(line) => line['not-wanted'], (found) => found['not-wanted'] ?? 0, 0.5],
  'has happened, of what is not wanted': [
    ({ wish }) => (wish === 'happened' ? true : wish === 'not-wanted' ? false : undefined),
    ({ happened = 0 }) => happened,
    BARS.happened,
  ],
  'account-specific': [
    (line) => line['account-specific'],
    (found) => found['account-specific'] ?? 0,
    BARS['account-specific'],
  ],
}

/** Steps in which the table of reliability is read. */
const STEPS = [0.2, 0.3, 0.4, 0.5, 0.6]

export async function voicesApart(finder: SearchEngine): Promise<Row[]> {
  const lines = await readLabelled()
  const voices = [...new Set(lines.flatMap(({ voice }) => voice ?? []))]
  const heard: Heard[] = []
  for (let fold = 0; fold < FOLDS; fold++) {
    const kept = new Set(voices.filter((_, i) => i % FOLDS === fold))
    const isKept = ({ voice }: Labelled) => voice !== undefined && kept.has(voice)
    const taught = await trainClassifier(
      finder,
      lines.filter((line) => !isKept(line)),
    )
    for (const line of lines.filter(isKept)) {
      const { chances = {} } = (await taught.hear(line.text, ruleFeaturesOf(line.text))) ?? {}
      heard.push({ line, chances, reading: readingOf(chances) })
    }
  }
  return [...Object.keys(HEADS).map((head) => headRow(head, heard)), ...kindRows(heard)]
}

function headRow(head: string, heard: readonly Heard[]): Row {
  const [isSo, chanceOf, bar] = HEADS[head] ?? []
  if (!isSo || !chanceOf || bar === undefined) throw new Error(`no head ${head}`)
  const judged = heard.flatMap(({ line, chances }) => {
    const is = isSo(line)
    return is === undefined ? [] : [{ is: Boolean(is), chance: chanceOf(chances) }]
  })
  const found = judged.filter(({ chance }) => chance >= bar)
  const right = (some: typeof judged) => percent(some.filter(({ is }) => is).length, some.length)
  const steps = STEPS.map((from, i) => {
    const within = judged.filter(({ chance }) => chance >= from && chance < (STEPS[i + 1] ?? Number.POSITIVE_INFINITY))
    return `${from} ${right(within).toFixed(0)}`
  })
  const all = judged.filter(({ is }) => is).length
  return {
    what: `voices apart, ${head}: recall`,
    figure: percent(found.filter(({ is }) => is).length, all),
    unit: '%',
    note: `precision ${right(found).toFixed(1)} %; ${all} of ${judged.length} lines; right from ${steps.join(', ')} %`,
  }
}

/** What is done with lines that ask for nothing, and with irony. */
function kindRows(heard: readonly Heard[]): Row[] {
  const share = (what: string, of: (line: Labelled) => boolean, kinds: readonly Reading['kind'][]): Row => {
    const some = heard.filter(({ line }) => of(line))
    return {
      what: `voices apart, ${what}`,
      figure: percent(some.filter(({ reading }) => kinds.includes(reading.kind)).length, some.length),
      unit: '%',
      note: `${some.length} lines`,
    }
  }
  const idle = ({ engage }: Labelled) => engage !== undefined && engage !== 'asks'
  return [
    share('happy or idle lines taken for a complaint', idle, ['complaint']),
    share('happy or idle lines taken for a question', idle, ['asks']),
    share('irony that would be thanked', ({ irony }) => irony === true, ['praise']),
  ]
}

const SETS = ['clinc150', 'clinc_banking', 'banking77', 'bitext27', 'stackfaq'].map(
  (name) => new URL(`../../shared/data/kb/${name}.json`, import.meta.url),
)
/** Questions of each set that are heard. */
const OF_EACH = 240
/** What customers ask of a bank when something grave has happened. */
export const GRAVE = /compromis|stolen|lost|fraud|not_recogni|unrecogni|victim|blocked/i

export async function otherTrades(understand: Understand): Promise<Row[]> {
  const questions = SETS.filter((file) => existsSync(file)).flatMap((file) => {
    const { queries } = JSON.parse(readFileSync(file, 'utf8')) as { queries: { text: string; gold: string | null }[] }
    const plain = queries.filter(({ gold }) => !GRAVE.test(gold ?? ''))
    return plain.filter((_, i) => i % Math.ceil(plain.length / OF_EACH) === 0)
  })
  if (questions.length === 0) return []
  let major = 0
  let danger = 0
  for (const { text } of questions) {
    const { complaint, signals } = await understand({ text, audience: 'private', channel: 'playground', history: [] })
    if (complaint === 'major') major++
    if (signals.includes('safety')) danger++
  }
  return [
    {
      what: 'questions of other trades: taken for major',
      figure: percent(major, questions.length),
      unit: '%',
      note: `${questions.length} questions of public sets in which nothing grave is said`,
    },
    { what: 'questions of other trades: taken for danger', figure: percent(danger, questions.length), unit: '%' },
  ]
}

const percent = (part: number, all: number) => (all === 0 ? 0 : (100 * part) / all)
