// What a turn is understood to be: 404 public messages to the sample brand, written and labelled for this bench (and once more by a
// second annotator who saw no labels), 440 of many trades by somebody who had seen nothing that the engine learns from, and tweets
// to airlines where ../shared/data is at hand.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '#app'
import { MOODS, type Mood } from '#domain'
import { openSimulatedConversation } from '#releases/simulator'
import { moodOf } from '#understanding'
import { type Labelled, MESSAGES, readLabelled } from '#understanding/classifier'
import { openLocalNlu } from '#understanding/local-nlu'
import { openSearchEngine, type SearchEngine } from '#understanding/retrieval'
import { CACHE } from '../test/setup/cache.ts'
import { openSampleEngine } from '../test/setup/pipeline.ts'
import { runActs } from './acts.ts'
import { otherTrades, voicesApart } from './heads.ts'
import { percentile, type Row } from './report.ts'
import { spelling } from './spelling.ts'
import { hasTweets, readTweets } from './tweets.ts'

const SECOND = new URL('data/messages-second-pass.tsv', import.meta.url)
/** Columns: kind of complaint, text. */
const UNSEEN = new URL('data/messages-unseen.tsv', import.meta.url)

const ACTIONS = ['engage', 'private', 'ignore', 'escalate'] as const
const COMPLAINTS = ['none', 'rant', 'minor', 'major'] as const
const URGENCIES = ['low', 'normal', 'high'] as const
type Labels = { readonly action: string; readonly complaint: string; readonly urgency: string }

/** What the brand does first, by the outcome of the turn. */
const DOES: Readonly<Record<string, (typeof ACTIONS)[number]>> = {
  answered: 'engage',
  acknowledged: 'engage',
  asked: 'engage',
  'moved-to-private': 'private',
  escalated: 'escalate',
  moderated: 'ignore',
  ignored: 'ignore',
}

export async function run(): Promise<readonly Row[]> {
  // The first line names the columns.
  const messages = read(MESSAGES).slice(1)
  const shop = await openSampleEngine()
  const finder = await openSearchEngine({ cacheDir: readConfig({ WARMLINE_CACHE_DIR: CACHE }).cacheDir })
  try {
    const { context: mind } = shop
    const found: Labels[] = []
    const times: number[] = []
    // A message is heard by an engine that was not taught with it.
    const folds = await openFolds(finder, mind.content, await readLabelled())
    for (const [nth, { text }] of messages.entries()) {
      const understand = folds[nth % FOLDS]?.understand ?? mind.understand
      const heard = await understand({ text, audience: 'public', channel: 'playground', history: [] })
      const from = performance.now()
      // Who names the brand in plain words and not by its handle was found by a search.
      const directed = !NAMED.test(text) || HANDLE.test(text)
      const { outcome } = await openSimulatedConversation({ ...mind, understand }).hear(text, 'public', { directed })
      times.push(performance.now() - from)
      found.push({ action: DOES[outcome] ?? outcome, complaint: heard.complaint, urgency: step(heard.urgency) })
    }
    const second = existsSync(SECOND) ? new Map(read(SECOND).map((one) => [one.text, one])) : undefined
    const rows = [
      ...compare('action', ACTIONS, messages, found, second),
      ...compare('complaint', COMPLAINTS, messages, found, second),
      ...compare('urgency', URGENCIES, messages, found, second),
      ...(await unseen(mind)),
      ...(await plain(mind)),
      ...(await otherTrades(mind.understand)),
      ...(await voicesApart(finder)),
      ...(await airline(mind)),
      ...(await spelling()),
      ...(await runActs()),
    ]
    const sorted = times.toSorted((a, b) => a - b)
    const spent = times.reduce((sum, ms) => sum + ms, 0)
    rows.push({ what: 'a turn thought through, median', figure: percentile(sorted, 0.5), unit: 'ms' })
    rows.push({ what: 'turns a second, one after the other', figure: (1000 * times.length) / spent, unit: '' })
    return rows
  } finally {
    await finder.close()
    await shop.close()
  }
}

const NAMED = /\bharbour lane\b/i
const HANDLE = /@harbourlane\b/i

const FOLDS = 5

async function openFolds(finder: SearchEngine, content: Mind['content'], labelled: readonly Labelled[]) {
  return Promise.all(
    Array.from({ length: FOLDS }, (_, fold) =>
      openLocalNlu({ finder, content, labelled: labelled.filter((_, i) => i % FOLDS !== fold) }),
    ),
  )
}

async function unseen({ understand }: Mind): Promise<Row[]> {
  const messages = linesOf(UNSEEN).map(([complaint = '', text = '']) => ({ complaint, text }))
  const found: Pick<Labels, 'complaint'>[] = []
  for (const { text } of messages)
    found.push(await understand({ text, audience: 'public', channel: 'playground', history: [] }))
  const rows = compare('complaint', COMPLAINTS, messages, found)
  return rows.map((row) => ({ ...row, what: `unseen messages, ${row.what}` }))
}

const DIALOGUES = ['tau-retail', 'tau-airline', 'tau-airline-fewshot'].map(
  (name) => new URL(`../../shared/data/dialogues/${name}.jsonl`, import.meta.url),
)
/** Turns that are heard, at most. */
const TURNS = 500

/** What customers write to the agents of a shop and an airline: hardly anything in it is grave. */
async function plain({ understand }: Mind): Promise<Row[]> {
  const turns = DIALOGUES.filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean))
    .flatMap((line) => String(JSON.parse(line).messages_display ?? '').split(/\n(?=(?:user|assistant|tool|system): )/))
    .flatMap((turn) => (turn.startsWith('user: ') ? [turn.slice('user: '.length).trim()] : []))
    .filter((text) => text.length > 5 && text.length < 300 && !text.includes('###'))
  const different = [...new Set(turns)]
  const taken = different.filter((_, i) => i % Math.ceil(different.length / TURNS) === 0)
  if (taken.length === 0) return []
  const found: string[] = []
  for (const text of taken)
    found.push((await understand({ text, audience: 'private', channel: 'playground', history: [] })).complaint)
  return COMPLAINTS.map((kind) => ({
    what: `ordinary service talk: taken for ${kind}`,
    figure: percent(found.filter((one) => one === kind).length, found.length),
    unit: '%',
    ...(kind === 'none' ? { note: `${found.length} turns, without labels; almost none is grave or a rant` } : {}),
  }))
}

const step = (urgency: number) => (urgency < 0.35 ? 'low' : urgency < 0.75 ? 'normal' : 'high')

function read(file: URL): (Labels & { readonly text: string })[] {
  return linesOf(file).map(([action = '', complaint = '', urgency = '', text = '']) => ({
    action,
    complaint,
    urgency,
    text,
  }))
}

const linesOf = (file: URL) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t'))

type Message = Labels & { readonly text: string }

function compare<What extends keyof Labels>(
  what: What,
  classes: readonly string[],
  messages: readonly (Pick<Labels, What> & { readonly text: string })[],
  found: readonly Pick<Labels, What>[],
  second?: ReadonlyMap<string, Message>,
): Row[] {
  const gold = messages.map((one) => one[what])
  const ours = found.map((one) => one[what])
  const theirs = second && messages.map(({ text }) => second.get(text)?.[what] ?? '')
  const beside = (figure: number | undefined) =>
    figure === undefined ? {} : { beside: { what: 'second annotator', figure } }
  return [
    {
      what: `${what}: right`,
      figure: accuracy(gold, ours),
      unit: '%',
      ...beside(theirs && accuracy(gold, theirs)),
      note: `${gold.length} messages${theirs ? `; the annotators' kappa ${kappa(gold, theirs, classes).toFixed(2)}` : ''}`,
    },
    {
      what: `${what}: macro-F1`,
      figure: macroF1(gold, ours, classes),
      unit: '%',
      ...beside(theirs && macroF1(gold, theirs, classes)),
    },
    ...classes.map((one) => ({
      what: `${what}: recall of ${one}`,
      figure: recall(gold, ours, one),
      unit: '%',
      ...beside(theirs && recall(gold, theirs, one)),
      note: `precision ${recall(ours, gold, one).toFixed(1)} %`,
    })),
  ]
}

const percent = (part: number, all: number) => (all === 0 ? 0 : (100 * part) / all)
const accuracy = (gold: readonly string[], ours: readonly string[]) =>
  percent(gold.filter((one, i) => one === ours[i]).length, gold.length)
const recall = (gold: readonly string[], ours: readonly string[], name: string) =>
  percent(gold.filter((one, i) => one === name && ours[i] === name).length, gold.filter((one) => one === name).length)

function macroF1(gold: readonly string[], ours: readonly string[], classes: readonly string[]): number {
  const each = classes.map((name) => {
    const [found, right] = [recall(gold, ours, name), recall(ours, gold, name)]
    return found + right === 0 ? 0 : (2 * found * right) / (found + right)
  })
  return each.reduce((sum, one) => sum + one, 0) / classes.length
}

/** Agreement beyond chance (Cohen, 1960). */
function kappa(one: readonly string[], other: readonly string[], classes: readonly string[]): number {
  const share = (labels: readonly string[], name: string) =>
    labels.filter((label) => label === name).length / labels.length
  const agreed = accuracy(one, other) / 100
  const chance = classes.reduce((sum, name) => sum + share(one, name) * share(other, name), 0)
  return (agreed - chance) / (1 - chance)
}

type Mind = Awaited<ReturnType<typeof openSampleEngine>>['context']

/** Labels that the study's trained model had seen (four fifths of the tweets). */
const TAUGHT = 11_712

/** Tweets to airlines: mood in three classes, beside the study's lexicons and its trained model; and their language. */
async function airline({ understand, content }: Mind): Promise<Row[]> {
  if (!hasTweets()) return []
  const all = readTweets()
  const tweets = all.filter((_, i) => i % 10 === 0)
  const labelled = all.filter((_, i) => i % 10 > 0).slice(0, TAUGHT)
  const finder = await openSearchEngine({
    // A cache of its own: other finders would read all of it when they open.
    cacheDir: join(readConfig({ WARMLINE_CACHE_DIR: CACHE }).cacheDir, 'airline'),
    progress: (done, of) => process.stderr.write(`\r${done} of ${of} lines embedded`),
  })
  const taught = await openLocalNlu({
    finder,
    content: { ...content, messages: labelled.map(({ text, sentiment }) => ({ text, mood: sentiment })) },
  })
  const gold = tweets.map(({ sentiment }) => sentiment)
  const hear = async (by: Mind['understand']) => {
    const heard: Awaited<ReturnType<typeof by>>[] = []
    for (const { text } of tweets) heard.push(await by({ text, audience: 'public', channel: 'x', history: [] }))
    return heard
  }
  const byRules = await hear(understand)
  const byLabels = await hear(taught.understand)
  await finder.close()
  const moods = (found: readonly Mood[], how: string): Row[] => [
    {
      what: `airline tweets, mood by ${how}: macro-F1`,
      figure: macroF1(gold, found, MOODS),
      unit: '%',
      beside: { what: 'trained on 11,712 of them', figure: 73.8 },
      note: `${tweets.length} tweets; lexicons 41 to 53 %`,
    },
    {
      what: `airline tweets, mood by ${how}: right`,
      figure: accuracy(gold, found),
      unit: '%',
      beside: { what: 'trained', figure: 80.6 },
    },
  ]
  const long = byRules.filter((_, i) => (tweets[i]?.text.split(/\s+/).length ?? 0) >= 5)
  return [
    ...moods(
      byRules.map((heard) => moodOf(heard, heard.complaint)),
      'rules',
    ),
    ...moods(
      byLabels.map((heard) => moodOf({ ...heard, signals: [] }, 'none')),
      `rules and ${labelled.length} labels`,
    ),
    {
      what: 'airline tweets of five words and more: English',
      figure: percent(long.filter(({ language }) => language === 'en').length, long.length),
      unit: '%',
      note: 'nearly all are',
    },
  ]
}
