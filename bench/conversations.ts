// How whole conversations go: labelled ones through the real turn in memory, typing errors, the talk of other trades, a bank.
// Nothing of `../shared/data` is needed; what is not there is left out.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { z } from 'zod'
import { readConfig } from '#app'
import { OWN_CONTENT } from '#content/load'
import { type ConversedTurn, converse } from '#releases/simulator'
import { readLabelled } from '#understanding/classifier'
import { openLocalNlu } from '#understanding/local-nlu'
import { openSearchEngine } from '#understanding/retrieval'
import { readLines } from '../src/cli/json-lines.ts'
import { openLocalEngine } from '../src/cli/local-engine.ts'
import { chance, shuffled } from '../test/inbox/deliveries.ts'
import { CACHE } from '../test/setup/cache.ts'
import { GRAVE } from './heads.ts'
import { type Conversation, conversation, isUrgent, type Judgement, judge, OWN_BRAND, withDays } from './judge.ts'
import type { Row } from './report.ts'
import { withTypingErrors } from './typing-errors.ts'

export type Options = {
  /** How much labelled messages bring: the conversations with an eighth, a quarter, half and all of them learnt. */
  readonly curve?: boolean
  /** A regular expression on "id kind brand": only these conversations, and nothing else. */
  readonly only?: string
  /** Shows the turns that fail, with what was said. */
  readonly list?: boolean
}

const SHARED = new URL('../../shared/data/', import.meta.url)
const OURS = new URL('conversations/', import.meta.url)

type Context = Awaited<ReturnType<typeof openLocalEngine>>['context']
type Engine = 'embedded' | 'configured'

type Played = {
  readonly set: string
  readonly of: Conversation
  readonly turns: readonly (ConversedTurn & Judgement & { readonly text: string })[]
}

export async function run(options: Options = {}): Promise<readonly Row[]> {
  const { variables, hasModel } = configured()
  const sets = readSets(options)
  if (options.curve) return learningCurve(variables, sets)
  const rows = await measure('embedded', variables, sets, options)
  if (!hasModel) return rows
  const others = await measure('configured', variables, sets, options)
  return rows.map((row) => {
    const other = others.find(({ what }) => what === row.what)
    return other ? { ...row, others: [{ what: 'with the model', figure: other.figure }] } : row
  })
}

function configured() {
  const variables = { ...process.env, WARMLINE_CACHE_DIR: CACHE }
  return { variables, hasModel: readConfig(variables).model !== undefined }
}

/** Conversations by their set: the known ones, and ours. */
function readSets({ only }: Options): ReadonlyMap<string, readonly Conversation[]> {
  const known = new URL('field/cases.jsonl', SHARED)
  const own = existsSync(OURS)
    ? readdirSync(OURS)
        .filter((name) => name.endsWith('.jsonl'))
        .sort()
    : []
  const files = [
    ...(existsSync(known) ? [['known', known] as const] : []),
    ...own.map((name) => [name.replace(/\.jsonl$/, ''), new URL(name, OURS)] as const),
  ]
  const wanted = only === undefined ? undefined : new RegExp(only)
  const sets = files.map(([set, file]) => {
    const all = readLines(file.pathname, readFileSync(file, 'utf8'), conversation)
    return [set, all.filter(({ id, kind, brand }) => !wanted || wanted.test(`${id} ${kind} ${brand}`))] as const
  })
  return new Map(sets.filter(([, all]) => all.length > 0))
}

async function measure(
  engine: Engine,
  variables: NodeJS.ProcessEnv,
  sets: ReadonlyMap<string, readonly Conversation[]>,
  { only, list }: Options,
): Promise<Row[]> {
  const played: Played[] = []
  const rows: Row[] = []
  for (const brand of brandsOf(sets, only)) {
    const dir = brand === OWN_BRAND ? OWN_CONTENT : new URL(brand, SHARED).pathname
    if (!existsSync(dir)) continue
    await withEngine(dir, variables, engine, async (context) => {
      for (const [set, all] of sets)
        for (const of of all) if (of.brand === brand) played.push({ set, of, turns: await play(context, of) })
      if (only !== undefined) return
      if (brand === OWN_BRAND) {
        rows.push(...(await everydayDanger(context)))
        rows.push(...(await typingErrors(context)), ...(await otherTrades(context)))
      }
      if (brand === BANK) rows.push(...(await bank(context)))
    })
  }
  if (list) for (const one of played.filter((one) => !isRight(one))) process.stdout.write(show(one))
  return [...tables(played), ...rows]
}

const brandsOf = (sets: ReadonlyMap<string, readonly Conversation[]>, only: string | undefined): Set<string> =>
  new Set([...(only === undefined ? [OWN_BRAND, BANK] : []), ...[...sets.values()].flat().map(({ brand }) => brand)])

async function withEngine(
  dir: string,
  variables: NodeJS.ProcessEnv,
  engine: Engine,
  use: (context: Context) => Promise<void>,
): Promise<void> {
  const none = new PassThrough()
  const io = { config: readConfig(variables), input: none, output: none, errors: none }
  const local = await openLocalEngine(dir, io, engine)
  try {
    await use(local.context)
  } finally {
    await local.close()
  }
}

async function play(context: Context, { audience: usual, turns }: Conversation): Promise<Played['turns']> {
  const now = Date.now()
  const said = turns.map(({ text, audience: own = usual, after }) => ({
    text: withDays(text, now),
    audience: own,
    ...(after !== undefined && { after }),
  }))
  const heard = await converse(context, said)
  return heard.map((turn, at) => {
    const words = said.slice(0, at + 1).map(({ text }) => text)
    const before = heard[at - 1]
    return {
      ...turn,
      text: said[at]?.text ?? '',
      ...judge(turns[at]?.expect, turn, { words, now, ...(before ? { before } : {}) }),
    }
  })
}

// ---- labelled conversations ---------------------------------------------------------------------------------------

const isRight = ({ turns }: Played) => turns.every(({ faults }) => faults.length === 0)

function tables(played: readonly Played[]): Row[] {
  return [...Map.groupBy(played, ({ set }) => set)].flatMap(([set, all]) => {
    const kindOf = ({ of }: Played) => (of.brand === OWN_BRAND ? of.kind : `${of.brand}: ${of.kind}`)
    const kinds = [...Map.groupBy(all, kindOf)].toSorted(([one], [other]) => (one < other ? -1 : 1))
    return [
      ...kinds.map(([kind, some]) => rightOf(`${set}, ${kind}: right`, some)),
      rightOf(`${set}, all: right`, all),
      { what: `${set}, all: done or said against the words`, figure: criticalIn(all), unit: 'turns' },
      ...dangerHeard(set, all),
      ...happyPosts(set, all),
    ]
  })
}

const criticalIn = (some: readonly Played[]) =>
  some.flatMap(({ turns }) => turns).filter(({ critical }) => critical.length > 0).length

function rightOf(what: string, some: readonly Played[]): Row {
  const turns = some.flatMap((one) => one.turns)
  const judged = turns.filter(({ isJudged }) => isJudged)
  const fine = judged.filter(({ faults }) => faults.length === 0)
  const right = some.filter(isRight).length
  const note = `${right} of ${some.length}; ${criticalIn(some)} critical; ${fine.length} of ${judged.length} turns`
  return { what, figure: percent(right, some.length), unit: '%', note }
}

/** Of the turns that have to end urgent. */
function dangerHeard(set: string, all: readonly Played[]): Row[] {
  const grave = all.flatMap(({ of, turns }) =>
    turns.filter((turn, at) => turn.isJudged && of.turns[at]?.expect?.urgent),
  )
  if (grave.length === 0) return []
  const heard = grave.filter(({ faults }) => !faults.some((fault) => fault.startsWith('not urgent')))
  return [
    {
      what: `${set}, danger heard`,
      figure: percent(heard.length, grave.length),
      unit: '%',
      note: `${grave.length} turns`,
    },
  ]
}

const HAPPY = /^(?:praise|public-chatter)$/
const SORRY = /\bsorry\b|\bapolog/i

/** Public posts that praise us or want nothing. */
function happyPosts(set: string, all: readonly Played[]): Row[] {
  const posts = all.flatMap(({ of, turns }) =>
    HAPPY.test(of.kind) && of.audience === 'public' ? turns.slice(0, 1) : [],
  )
  if (posts.length === 0) return []
  const hurt = posts.filter(({ outcome, replies }) =>
    replies.some(({ text }) => outcome === 'escalated' || SORRY.test(text)),
  )
  return [
    {
      what: `${set}, happy or idle posts: an apology or a hand-over`,
      figure: percent(hurt.length, posts.length),
      unit: '%',
      note: `${posts.length} posts`,
    },
  ]
}

function show({ set, of, turns }: Played): string {
  const lines = turns.map(
    ({ text, outcome, reasons, form, articles, offered, reading, replies, faults, critical, isJudged }) => {
      const mark = critical.length > 0 ? '!!' : faults.length > 0 ? ' x' : isJudged ? ' .' : '  '
      const details = [
        form ? `dialog ${form}` : '',
        articles.length > 0 ? `article ${articles.join(', ')}` : '',
        offered.length > 0 ? `offered ${offered.join(', ')}` : '',
        reading && reading.complaint !== 'none' ? reading.complaint : '',
      ].filter(Boolean)
      return [
        `${mark} ${text.replaceAll('\n', ' / ')}`,
        `     ${outcome} {${reasons.map(({ rule }) => rule).join(', ')}} ${details.join('; ')}`,
        ...replies.map((reply) => `     ${reply.audience}: “${reply.text.replaceAll('\n', ' ')}”`),
        ...faults.map((fault) => `     -> ${fault}`),
      ].join('\n')
    },
  )
  return `\n${of.id}  ${set}, ${of.brand}, ${of.kind}, ${of.audience}\n${lines.join('\n')}\n`
}

async function learningCurve(
  variables: NodeJS.ProcessEnv,
  sets: ReadonlyMap<string, readonly Conversation[]>,
): Promise<Row[]> {
  const rows: Row[] = []
  const finder = await openSearchEngine({ cacheDir: CACHE })
  try {
    await withEngine(OWN_CONTENT, variables, 'embedded', async (context) => {
      const { content } = context
      const all = shuffled([...(await readLabelled()), ...content.messages], chance(1))
      for (const parts of [8, 4, 2, 1]) {
        const labelled = all.slice(0, Math.round(all.length / parts))
        const { understand } = await openLocalNlu({ finder, content, labelled })
        for (const [set, conversations] of sets) {
          const played: Played[] = []
          for (const of of conversations)
            if (of.brand === OWN_BRAND) played.push({ set, of, turns: await play({ ...context, understand }, of) })
          rows.push(rightOf(`${set}, ${labelled.length} labelled messages: right`, played))
        }
      }
    })
  } finally {
    await finder.close()
  }
  return rows
}

// ---- what needs no labelled conversation --------------------------------------------------------------------------

/** Columns: voice, whether it is dangerous, text. Nothing here is learnt from. */
const DANGER = new URL('danger.tsv', OURS)

/** Danger in everyday words, and words that only sound like it. */
async function everydayDanger(context: Context): Promise<Row[]> {
  const lines = readFileSync(DANGER, 'utf8').split('\n').filter(Boolean)
  const told = lines.map((line) => {
    const [, danger, text = ''] = line.split('\t')
    return { isDanger: danger === 'yes', text }
  })
  const urgent = { isDanger: 0, isNone: 0 }
  for (const { isDanger, text } of told) {
    const [turn] = await converse(context, [{ text, audience: 'private' }])
    if (turn && isUrgent(turn)) urgent[isDanger ? 'isDanger' : 'isNone'] += 1
  }
  const dangers = told.filter(({ isDanger }) => isDanger).length
  const others = told.length - dangers
  return [
    {
      what: 'danger in everyday words: heard',
      figure: percent(urgent.isDanger, dangers),
      unit: '%',
      note: `${dangers} messages`,
    },
    {
      what: 'words that only sound so: taken for danger',
      figure: percent(urgent.isNone, others),
      unit: '%',
      note: `${others} messages`,
    },
  ]
}

/** So many of the listed questions of each article and phrases of each dialog. */
const LISTED = 2

/** Listed questions that are answered right, and how many still are once they are misspelt. */
async function typingErrors(context: Context): Promise<Row[]> {
  const { articles, dialogs } = context.content
  const listed = [
    ...articles.filter((one) => one.audience !== 'internal').map(({ id, questions }) => ({ id, lines: questions })),
    ...dialogs.map(({ id, phrases }) => ({ id, lines: phrases })),
  ].flatMap(({ id, lines }) => lines.slice(0, LISTED).map((text) => ({ id, text })))
  const finds = async (text: string, id: string) => {
    const [turn] = await converse(context, [{ text, audience: 'private' }])
    return turn?.form === id || turn?.articles.includes(id) === true
  }
  const right: typeof listed = []
  for (const one of listed) if (await finds(one.text, one.id)) right.push(one)
  const rows: Row[] = []
  for (const errors of [1, 2]) {
    const random = chance(errors)
    let kept = 0
    for (const { id, text } of right) if (await finds(withTypingErrors(text, errors, random), id)) kept += 1
    const what = `${errors === 1 ? 'one typing error' : 'two typing errors'}: right answers kept`
    rows.push({
      what,
      figure: percent(kept, right.length),
      unit: '%',
      note: `${right.length} of ${listed.length} listed questions`,
    })
  }
  return rows
}

const TRADES = ['banking77', 'clinc150', 'bitext27', 'stackfaq']
/** Questions of each trade that are heard, at most. */
const HEARD = 300

/** What customers of other trades ask, without what they ask once something grave has happened. */
async function otherTrades({ understand }: Context): Promise<Row[]> {
  const rows: Row[] = []
  for (const trade of TRADES) {
    const texts = spread(
      questionsOf(trade).flatMap(({ text, gold }) => (GRAVE.test(gold ?? '') ? [] : [text])),
      HEARD,
    )
    if (texts.length === 0) continue
    let major = 0
    for (const text of texts) {
      const { complaint } = await understand({ text, audience: 'private', channel: 'playground', history: [] })
      if (complaint === 'major') major += 1
    }
    rows.push({
      what: `service talk of ${trade}: taken for major`,
      figure: percent(major, texts.length),
      unit: '%',
      note: `${texts.length} questions`,
    })
  }
  return rows
}

const BANK = 'northbank'
const ASKED = 150

/** The bank's customers' questions, each in public and in private: answered with the right article, or with a wrong one. */
async function bank(context: Context): Promise<Row[]> {
  const asked = spread(bankQuestions(), ASKED)
  if (asked.length === 0) return []
  const rows: Row[] = []
  let wrong = 0
  for (const where of ['public', 'private'] as const) {
    let right = 0
    for (const { text, article } of asked) {
      const [turn] = await converse(context, [{ text, audience: where }])
      if (turn?.outcome !== 'answered' || turn.articles.length === 0) continue
      if (turn.articles.includes(article)) right += 1
      else wrong += 1
    }
    rows.push({ what: `a bank's customers, in ${where}: answered right`, figure: right, unit: `of ${asked.length}` })
  }
  return [...rows, { what: 'a bank’s customers: answered wrong', figure: wrong, unit: `of ${2 * asked.length}` }]
}

/** Questions of the set's test part; which article answers them follows from the labelled ones of the same intent. */
function bankQuestions(): { text: string; article: string }[] {
  const labelled = new URL(`${BANK}/labelled.jsonl`, SHARED)
  if (!existsSync(labelled)) return []
  const line = z.object({ question: z.string(), article: z.string().nullable() })
  const byQuestion = new Map(
    readLines(labelled.pathname, readFileSync(labelled, 'utf8'), line).map(({ question, article }) => [
      question.trim(),
      article,
    ]),
  )
  const base = readBase('banking77')
  const articleOf = new Map(
    (base?.articles ?? []).map(({ id, phrasings }) => [
      id,
      phrasings.map((one) => byQuestion.get(one.trim())).find(Boolean),
    ]),
  )
  return questionsOf('banking77').flatMap(({ text, gold }) => {
    const article = gold === null ? undefined : articleOf.get(gold)
    return article ? [{ text, article }] : []
  })
}

type Base = {
  readonly articles: readonly { readonly id: string; readonly phrasings: readonly string[] }[]
  readonly queries: readonly { readonly text: string; readonly gold: string | null; readonly kind: string }[]
}

function readBase(name: string): Base | undefined {
  const file = new URL(`kb/${name}.json`, SHARED)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

const questionsOf = (name: string) => (readBase(name)?.queries ?? []).filter(({ kind, text }) => kind === 'in' && text)

/** At most so many, evenly from a list in which neighbours are alike. */
const spread = <T>(all: readonly T[], most: number): T[] =>
  Array.from(
    { length: Math.min(most, all.length) },
    (_, i) => all[Math.floor((i * all.length) / Math.min(most, all.length))] as T,
  )

const percent = (part: number, all: number) => (all === 0 ? 0 : (100 * part) / all)
