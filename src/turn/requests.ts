// Reads a message that asks several things in its parts: what is wished for, and what is only asked beside it.
import { type Finding, splitRequests } from '#answer'
import { type Dialog, type FormStep, openForm, refusesDeed } from '#dialog'
import type { Understanding } from '#domain'
import { asksInstead, valueMask } from '#understanding'
import type { Engines, TurnInput } from './context.ts'
import { knowledgeOf } from './knowledge.ts'
import { openDialog } from './open-dialog.ts'

type Opened = Pick<TurnInput, 'dialog' | 'step' | 'beside' | 'wishesMore'>

type Part = {
  readonly text: string
  readonly dialog?: Dialog
  /** What surely answers it. */
  readonly finding?: Finding
  /** It names an order or an address of theirs. */
  readonly hasValues: boolean
  /** A question that an article is near to, and none answers. */
  readonly isOpen: boolean
}

/** Questions that are answered beside a wish. */
const MOST_BESIDE = 2
/** As sure as this that what is told, and not asked, is what an article speaks of. */
const SURE_OF_TOLD = 0.97
/** Whoever says so of the whole message wishes for none of its parts. */
const ASKS_NOTHING: Understanding['signals'] = ['spam', 'farewell', 'happened']

/**
 * What a message with a wish and a question opens, and what answers the question. `whole`: what the message opens as one;
 * it stays where the parts say no more.
 */
export async function readRequests(engines: Engines, input: TurnInput, whole: Opened): Promise<Opened> {
  const { audience, current, understanding, said } = input
  const { signals } = understanding
  const hasForm = audience === 'private' && current.form !== undefined
  if (hasForm || signals.some((one) => ASKS_NOTHING.includes(one))) return whole
  const isUnread = !whole.dialog && input.knowledge !== 'sure' && signals.includes('account-specific')
  const isUnwanted = signals.includes('not-wanted')
  const isTakenBack = input.words.split(CLAUSE_END).some(takesBack)
  const parts = await readParts(engines, input, isUnread || isUnwanted || isTakenBack)
  if (isTakenBack || isUnwanted) return lastWish(input, parts) ?? (isTakenBack ? {} : whole)
  const wishes = parts.filter(({ dialog }) => dialog)
  const answers = parts.flatMap(({ text, dialog, finding }) => (finding && !dialog ? [{ text, finding }] : []))
  const isSeveral = new Set(wishes.map(({ dialog }) => dialog?.id)).size > 1
  const first =
    wishes.find(({ hasValues }) => hasValues) ?? wishes.find(({ dialog }) => dialog === whole.dialog) ?? wishes[0]
  const dialog = first?.dialog
  const wishesMore = isSeveral || parts.some((one) => one.isOpen && !one.dialog)
  const saysMore = answers.length > 0 || wishesMore
  if (!dialog || (!saysMore && (whole.dialog || input.knowledge === 'sure'))) return whole
  // Of several wishes each has values of its own.
  const step: FormStep = openForm(dialog, isSeveral ? { ...said, text: first.text } : said, current.facts)
  return {
    dialog,
    step,
    ...(wishesMore ? { wishesMore } : {}),
    ...(answers.length > 0 ? { beside: joined(answers.slice(0, MOST_BESIDE)) } : {}),
  }
}

/** What is asked for at the end, in place of what is not wanted: “no, leave it, just change the address”. */
function lastWish({ said, current }: TurnInput, parts: readonly Part[]): Opened | undefined {
  const last = parts.at(-1)
  if (!last?.dialog || !(parts.slice(0, -1).some(({ text }) => takesBack(text)) || asksInstead(last.text)))
    return undefined
  return { dialog: last.dialog, step: openForm(last.dialog, said, current.facts) }
}

const CLAUSE_END = /[,.;:!\n…–]+/
const takesBack = (clause: string): boolean => refusesDeed(clause) && !/^\W*(?:i|we)\b/i.test(clause)

async function readParts(engines: Engines, input: TurnInput, atCommas: boolean): Promise<Part[]> {
  const { content, question, current, audience, said } = input
  const { history = [] } = question
  const mask = valueMask(content)
  const requests = splitRequests(question.text, atCommas)
  return Promise.all(
    requests.map(async ({ text, isQuestion, isWish }, at) => {
      const before = requests[at - 1]
      const asked = {
        ...question,
        text: mask(text).text,
        said: text,
        history: before ? [{ authorKind: 'customer', text: before.text }] : history,
        isPart: true,
      }
      const [heard, finding] = await Promise.all([
        engines.understand({
          text,
          audience,
          channel: current.customer.channel,
          history: [],
          isPart: true,
        }),
        engines.answer.find(asked),
      ])
      const knowledge = knowledgeOf(content.brand, finding, audience, heard)
      const part: TurnInput = {
        ...input,
        words: text,
        understanding: heard,
        finding,
        knowledge,
        said: { ...said, text, signals: heard.signals },
      }
      const hasValues = heard.privateData.some(({ type }) => type === 'order' || type === 'email')
      const isTheirs = hasValues || heard.signals.includes('account-specific')
      // What is asked of everybody is answered, where it is no wish of this customer's.
      const { dialog } = isQuestion && knowledge === 'sure' && !isWish && !isTheirs ? {} : openDialog(part)
      const isTold = isQuestion
        ? knowledge === 'sure'
        : heard.complaint !== 'none' && finding.confidence >= SURE_OF_TOLD
      const isOpen = isQuestion && knowledge !== 'sure' && finding.confidence >= content.brand.confidence.draft
      return { text, hasValues, isOpen, ...(dialog && { dialog }), ...(isTold && { finding }) }
    }),
  )
}

/** What answers several questions, as one finding. */
function joined(answers: readonly { readonly text: string; readonly finding: Finding }[]): Finding {
  const [first] = answers as [(typeof answers)[number]]
  const parts = answers.flatMap(({ text, finding }) =>
    finding.ranking.slice(0, 1).map(({ article }) => ({ article, asked: finding.whole ?? text })),
  )
  const own = parts.filter(({ article }, at) => parts.findIndex((one) => one.article === article) === at)
  if (own.length < 2) return first.finding
  return {
    ranking: own.map(({ article }) => ({ article, score: 1 })),
    confidence: Math.min(...answers.map(({ finding }) => finding.confidence)),
    by: first.finding.by,
    parts: own,
  }
}
