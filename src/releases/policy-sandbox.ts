// The interface of the sandbox in which content is tried: nothing is sent, looked up or stored.
import { setImmediate as pause } from 'node:timers/promises'
import { BRAND_FILE, type Content, type ContentFile, type Example, type OutgoingText, type Problem } from '#content'
import { contentOf, type Read, versionOf } from '#content/load'
import type { Audience, ChannelName, FactValue, Reason } from '#domain'
import { openAsyncCache } from '#lib'
import { compile, decide } from '#policy'
import { factsOf, type LookUpResult, type TurnContext } from '#turn'
import { checkOutgoing } from './check-customer-texts.ts'
import { type ConfidenceReport, openConfidenceReport } from './confidence-report.ts'
import { type FailedExample, invalid, type Refusal } from './refusal.ts'
import { openSimulatedConversation, simulateInput } from './simulator/conversation.ts'
import { titleOf, tryExample, unheardLines } from './simulator/run-example.ts'
import { outcomeOf, outcomesDiffer, replayTurn, type TurnOutcome } from './simulator/turn-outcome.ts'
import type { RecordedTurn } from './simulator/turn-recording.schema.ts'
import { changesOf } from './version.ts'

/** Content by its files. */
export type Files = readonly ContentFile[]

export type CheckResult = {
  readonly problems: readonly Problem[]
  readonly examples: { readonly tried: number; readonly failed: readonly FailedExample[] }
}

export type TrialResult = {
  readonly facts: readonly { readonly fact: string; readonly value: FactValue }[]
  readonly before: TurnOutcome
  readonly after: TurnOutcome
  /** The rules that fired beside the one that decides. */
  readonly others: readonly Reason[]
}

export type Comparison<T> = {
  readonly turn: T
  readonly before: TurnOutcome
  readonly after: TurnOutcome
  /** Whether customers would notice. */
  readonly changed: boolean
}

export type PolicySandbox = {
  /** The content that files are, or what is wrong with them. */
  read(files: Files): Promise<Read>
  /** Every problem, and every example tried that may hold no longer now that `base` has become these files. */
  check(files: Files, base: Files): Promise<CheckResult>
  /** The same with the examples of one file alone. */
  lint(files: Files, path: string): Promise<CheckResult>
  /** What becomes of a customer's words under two contents, and which rules decide. */
  try(
    before: Files,
    after: Files,
    said: { readonly text: string; readonly audience: Audience; readonly channel: ChannelName },
  ): Promise<TrialResult | Refusal>
  /** How these turns end under both. */
  replay<T extends RecordedTurn>(
    before: Files,
    after: Files,
    turns: readonly T[],
  ): Promise<readonly Comparison<T>[] | Refusal>
  /** What the questions of a content prove of its answers; begins to measure it where nobody has. */
  certainty(files: Files): Promise<ConfidenceReport | Refusal>
}

/** What is tried was given up, and nothing came of it; the message says why, and what to do. */
export class TookTooLong extends Error {
  override name = 'TookTooLong'
}

/** Learning a content takes a moment, and people go on typing: the last few stay learnt. */
const KEPT = 6
/** Tried at once: more would keep customers waiting for the sentence model. */
const AT_ONCE = 4

/** `learn` gives the engines over a content; they are asked for nothing but words. */
export function openPolicySandbox({ learn }: { learn: (content: Content) => Promise<TurnContext> }): PolicySandbox & {
  mindOf(content: Content): Promise<TurnContext>
} {
  const minds = openAsyncCache<TurnContext>(KEPT)
  const results = openAsyncCache<FailedExample[]>(KEPT)
  const stopped = openAsyncCache<Problem[]>(KEPT)

  /** The context over a content, which finds whatever it looks up. Rules are quick to change: the rest stays learnt. */
  async function mindOf(content: Content): Promise<TurnContext> {
    const { dialogs, articles, brand, messages, signals } = content
    const key = JSON.stringify([dialogs, articles, brand, messages, signals])
    const learnt = await minds.forceFetch(key, { context: () => learn(content) })
    return { ...learnt, content, rules: compile(content.rules, content.version), lookUp: madeUp }
  }

  async function run(content: Content, examples: readonly Example[]): Promise<FailedExample[]> {
    const context = await mindOf(content)
    const problems = await eachOf(examples, (example) => tryExample(context, example))
    return examples.flatMap((example, place) => {
      const { file, line } = example
      const problem = problems[place]
      return problem === undefined ? [] : [{ file, line, title: titleOf(example), problem }]
    })
  }

  /** What the gate would stop of these texts. */
  async function unsaid(content: Content, texts: readonly OutgoingText[], files: Files): Promise<Problem[]> {
    const sources = new Map(files.map(({ path, text }) => [path, text]))
    const found = await eachOf(texts, async (text) => checkOutgoing(content, text, sources.get(text.file) ?? ''))
    return found.flat()
  }

  async function checkOnly(
    files: Files,
    isWanted: (example: Example) => boolean,
    isChanged: (path: string) => boolean,
    what: string,
  ): Promise<CheckResult> {
    const read = contentOf(files, STORE)
    if ('problems' in read) return { problems: read.problems, examples: { tried: 0, failed: [] } }
    const { content } = read
    const examples = read.examples.filter(isWanted)
    const failed = await results.forceFetch(`${content.version} ${what}`, { context: () => run(content, examples) })
    const texts = read.texts.filter(({ file }) => isChanged(file))
    const key = `${content.version} ${texts.map(({ file, line }) => `${file}:${line}`).join(' ')}`
    const said = await stopped.forceFetch(key, { context: () => unsaid(content, texts, files) })
    const unheard = await unheardLines(await mindOf(content), examples)
    return { problems: [...content.warnings, ...said, ...unheard], examples: { tried: examples.length, failed } }
  }

  const certainty = openConfidenceReport(mindOf)

  return {
    mindOf,
    read: async (files) => contentOf(files, STORE),
    check(files, base) {
      const paths = new Set(changesOf(base, files).map(({ path }) => path))
      const changed = new Set([...paths].map((path) => (path === BRAND_FILE ? path : path.split('/')[0])))
      // The brand's file says what may be offered, linked and said at all.
      const isChanged = (path: string) => paths.has(BRAND_FILE) || paths.has(path)
      const isTouched = ({ kind }: Example) =>
        changed.has(BRAND_FILE) ||
        (kind === 'question' ? changed.has('knowledge') : kind === 'phrase' ? changed.has('dialogs') : changed.size > 0)
      return checkOnly(files, isTouched, isChanged, [...changed].sort().join(' '))
    },

    lint: (files, path) =>
      checkOnly(
        files,
        ({ file }) => file === path,
        (file) => file === path,
        path,
      ),

    async try(before, after, said) {
      const minds = await both(before, after)
      if ('refused' in minds) return minds
      const { text, audience, channel } = said
      const [was, is] = await Promise.all(
        minds.map((context) => openSimulatedConversation(context, channel).hear(text, audience)),
      )
      if (!was || !is) throw new Error('two minds have two answers')
      const [, context] = minds
      const input = await simulateInput(context, text, audience, channel)
      const facts = factsOf(input)
      return {
        facts: Object.entries(facts).flatMap(([fact, value]) => (value === undefined ? [] : [{ fact, value }])),
        before: outcomeOf(was),
        after: outcomeOf(is),
        others: decide(context.rules, facts, { today: input.said.today }).reasons.slice(1),
      }
    },

    async replay(before, after, turns) {
      const minds = await both(before, after)
      return 'refused' in minds ? minds : compare(minds[0], minds[1], turns)
    },
    async certainty(files) {
      const read = contentOf(files, STORE)
      return 'problems' in read ? UNREADABLE : certainty(read.content)
    },
  }

  async function both(before: Files, after: Files): Promise<readonly [TurnContext, TurnContext] | Refusal> {
    const [was, is] = [contentOf(before, STORE), contentOf(after, STORE)]
    if ('problems' in was) return UNREADABLE
    if ('problems' in is) return { ...invalid('mend what is wrong first'), problems: is.problems }
    return Promise.all([mindOf(was.content), mindOf(is.content)])
  }
}

const UNREADABLE = invalid('the live version cannot be read by this version of Warmline')

/** Where files lie that are not in a folder. */
export const STORE = 'the store'

export const nameOf = (files: Files): string => versionOf(files)

/** How turns end under two contents, in their order. */
export async function compare<T extends RecordedTurn>(
  before: TurnContext,
  after: TurnContext,
  turns: readonly T[],
): Promise<readonly Comparison<T>[]> {
  return eachOf(turns, async (turn) => {
    const [was, is] = await Promise.all([replayTurn(before, turn), replayTurn(after, turn)])
    return { turn, before: was, after: is, changed: outcomesDiffer(was, is) }
  })
}

/** What `work` makes of each, a few at once; whoever else waits for this process comes in between. */
async function eachOf<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const waiting = all.entries()
  const worker = async () => {
    for (const [place, one] of waiting) {
      await pause()
      results[place] = await work(one)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return results
}

const MADE_UP = { text: '…', number: 1, date: '2026-01-01', 'yes-no': true } as const

/** Whatever a dialog looks up is found, and says nothing of anybody. */
const madeUp: TurnContext['lookUp'] = async ({ action }): Promise<LookUpResult> => ({
  state: 'found',
  answer: Object.fromEntries(Object.entries(action?.expects ?? {}).map(([name, kind]) => [name, MADE_UP[kind]])),
})
