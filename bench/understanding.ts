// What a turn is understood to be: 404 public messages to the sample brand, written and labelled for this bench (and once more by a
// second annotator who saw no labels), and tweets to airlines where ../shared/data is at hand.
import { existsSync, readFileSync } from 'node:fs'
import { readConfig } from '#config'
import { openTalk } from '#release'
import { type Labelled, MESSAGES, openFinder, openUnderstanding, readLabelled } from '#understanding'
import { CACHE } from '../test/setup/cache.ts'
import { openShop } from '../test/setup/floor.ts'
import { percentile, type Row } from './report.ts'

const SECOND = new URL('data/messages-second-pass.tsv', import.meta.url)
const AIRLINE = new URL('../../shared/data/triage/airline.jsonl', import.meta.url)

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
  const messages = read(MESSAGES)
  const shop = await openShop()
  try {
    const { mind } = shop
    const found: Labels[] = []
    const times: number[] = []
    // A message is heard by an engine that was not taught with it.
    const folds = await openFolds(mind.content, await readLabelled())
    for (const [nth, { text }] of messages.entries()) {
      const understand = folds[nth % FOLDS]?.understand ?? mind.understand
      const heard = await understand({ text, audience: 'public', channel: 'playground', history: [] })
      const from = performance.now()
      const { outcome } = await openTalk({ ...mind, understand }).hear(text, 'public')
      times.push(performance.now() - from)
      found.push({ action: DOES[outcome] ?? outcome, complaint: heard.complaint, urgency: step(heard.urgency) })
    }
    const second = existsSync(SECOND) ? new Map(read(SECOND).map((one) => [one.text, one])) : undefined
    const rows = [
      ...compare('action', ACTIONS, messages, found, second),
      ...compare('complaint', COMPLAINTS, messages, found, second),
      ...compare('urgency', URGENCIES, messages, found, second),
      ...(await airline(mind)),
    ]
    const sorted = times.toSorted((a, b) => a - b)
    const spent = times.reduce((sum, ms) => sum + ms, 0)
    rows.push({ what: 'a turn thought through, median', figure: percentile(sorted, 0.5), unit: 'ms' })
    rows.push({ what: 'turns a second, one after the other', figure: (1000 * times.length) / spent, unit: '' })
    return rows
  } finally {
    await shop.close()
  }
}

const FOLDS = 5

async function openFolds(content: Mind['content'], labelled: readonly Labelled[]) {
  const finder = await openFinder({ cacheDir: readConfig({ WARMLINE_CACHE_DIR: CACHE }).cacheDir })
  return Promise.all(
    Array.from({ length: FOLDS }, (_, fold) =>
      openUnderstanding({ finder, content, labelled: labelled.filter((_, i) => i % FOLDS !== fold) }),
    ),
  )
}

const step = (urgency: number) => (urgency < 0.35 ? 'low' : urgency < 0.75 ? 'normal' : 'high')

function read(file: URL): (Labels & { readonly text: string })[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [action = '', complaint = '', urgency = '', text = ''] = line.split('\t')
      return { action, complaint, urgency, text }
    })
}

type Message = Labels & { readonly text: string }

function compare(
  what: keyof Labels,
  classes: readonly string[],
  messages: readonly Message[],
  found: readonly Labels[],
  second: ReadonlyMap<string, Message> | undefined,
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

type Mind = Awaited<ReturnType<typeof openShop>>['mind']

/** Tweets to airlines: mood in three classes, beside the study's lexicons and its trained model; and their language. */
async function airline({ understand }: Mind): Promise<Row[]> {
  if (!existsSync(AIRLINE)) return []
  const tweets = readFileSync(AIRLINE, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { text: string; sentiment?: string; airline_sentiment?: string })
    .filter((_, i) => i % 10 === 0)
  const classes = ['negative', 'neutral', 'positive']
  const gold: string[] = []
  const ours: string[] = []
  let long = 0
  let english = 0
  for (const tweet of tweets) {
    const heard = await understand({ text: tweet.text, audience: 'public', channel: 'x', history: [] })
    gold.push(tweet.sentiment ?? tweet.airline_sentiment ?? '')
    ours.push(mood(heard))
    if (tweet.text.split(/\s+/).length >= 5) {
      long += 1
      if (heard.language === 'en') english += 1
    }
  }
  return [
    {
      what: 'airline tweets, mood: macro-F1',
      figure: macroF1(gold, ours, classes),
      unit: '%',
      beside: { what: 'trained on 11,000 of them', figure: 73.8 },
      note: `${tweets.length} tweets; lexicons 41 to 53 %`,
    },
    {
      what: 'airline tweets, mood: right',
      figure: accuracy(gold, ours),
      unit: '%',
      beside: { what: 'trained', figure: 80.6 },
    },
    {
      what: 'airline tweets of five words and more: English',
      figure: percent(english, long),
      unit: '%',
      note: 'nearly all are',
    },
  ]
}

/** A complaint is negative however politely it is put; thanks and praise are positive. */
function mood({ sentiment, complaint, signals }: Awaited<ReturnType<Mind['understand']>>): string {
  if (complaint !== 'none' || sentiment < -0.2) return 'negative'
  return sentiment > 0.2 || signals.includes('praise') || signals.includes('thanks') ? 'positive' : 'neutral'
}
