// Builds a turn's input: batch of messages, understanding, article, open form, facts.
import type { Answer, Finding, Question } from '#answer'
import type { Content } from '#content'
import { type CustomerText, type Dialog, type FormStep, fillFrom } from '#dialog'
import {
  type Aside,
  type Audience,
  type Case,
  type ChannelCapabilities,
  type CustomerId,
  continueCase,
  type Fact,
  type HistoryEvent,
  type Message,
  type PendingMessage,
  timelineOf,
  type Understanding,
  withFacts,
  withMessage,
} from '#domain'
import { type TextLimit, textLength } from '#lib'
import { introductionOf, localDate, openingState } from '#policy'
import type { PrivateSpan } from '#privacy'
import {
  type HeardSignal,
  optsOut,
  type Understand,
  type UnderstandInput,
  valueMask,
  withoutCorrection,
  withoutDeclined,
} from '#understanding'
import { chosenFinding, chosenIn, withoutChoice } from './article-choice.ts'
import { frameIn } from './frame.ts'
import { knowledgeOf } from './knowledge.ts'
import { openDialog } from './open-dialog.ts'
import { readRequests } from './requests.ts'

const REMEMBERED = 20

/** Everything about one turn, read once. */
export type TurnInput = {
  readonly content: Content
  readonly law: ChannelCapabilities
  readonly current: Case
  readonly audience: Audience
  readonly words: string
  readonly messages: readonly Message[]
  readonly directed: boolean
  /** They have written privately since, and that waits for the next turn. */
  readonly isInPrivate: boolean
  readonly aside: Aside
  readonly understanding: Understanding
  readonly question: Question
  readonly finding: Finding
  readonly knowledge: 'sure' | 'unsure' | 'none'
  /** The dialog that is wanted or open. */
  readonly dialog?: Dialog
  /** What its form does next; in public only what is known already. */
  readonly step?: FormStep
  /** What answers a question that was asked beside what the dialog is for. */
  readonly beside?: Finding
  /** They wish for something else as well, which no form of this turn serves. */
  readonly wishesMore?: boolean
  readonly said: CustomerText
  readonly history: readonly HistoryEvent[]
  readonly now: number
  readonly duty: { readonly open: boolean; readonly opens: string }
}

export type Engines = {
  readonly understand: Understand
  readonly answer: Answer
  /** How well the signals that the content teaches are heard, in its order; absent: nobody asks. */
  readonly signals?: () => Promise<readonly HeardSignal[]>
}

/** What one turn can hold; the rest of a flood is the next one's. */
const MOST_MESSAGES = 20
const MOST_CHARACTERS = 8_000

/** Public posts of one customer that follow each other so fast are one matter. */
const SAME_MOMENT_MS = 30_000

/**
 * The leading messages of the mailbox that one turn answers: those that were said in one place, and public ones to us
 * that were said elsewhere in the same moment.
 */
export function nextBatch(waiting: readonly PendingMessage[]): readonly PendingMessage[] {
  let length = 0
  const end = waiting.findIndex(({ message }, index) => {
    length += message.text.length
    const full = index === MOST_MESSAGES || (index > 0 && length > MOST_CHARACTERS)
    return full || (index > 0 && !belongTogether(waiting[index - 1], waiting[index]))
  })
  return end < 0 ? waiting : waiting.slice(0, end)
}

function belongTogether(before: PendingMessage | undefined, after: PendingMessage | undefined): boolean {
  if (!before || !after) return false
  if (before.message.conversation.id === after.message.conversation.id) return true
  const isPublic = [before, after].every((one) => one.directed && one.message.conversation.audience === 'public')
  return isPublic && Math.abs(after.message.at - before.message.at) <= SAME_MOMENT_MS
}

/** The case as it is once these messages were heard; what was not addressed to us is no contact. */
export function applyMessages(
  id: CustomerId,
  present: Case | undefined,
  turn: readonly PendingMessage[],
  now: number,
): Case {
  const [first] = turn
  if (!first) throw new Error('a turn needs a message')
  const customer = turn.at(-1)?.customer ?? first.customer
  // A person keeps the identity under which we met them; a private one is linked to it.
  const same = { ...customer, id, user: present?.customer.user ?? customer.user }
  const toUs = turn.filter(({ directed }) => directed)
  const current = toUs.reduce((so, { message }) => withMessage(so, message), continueCase(present, same, now))
  const optedOut = current.optedOut || turn.some(({ message }) => optsOut(message.text))
  const turns = current.turns + (toUs.length > 0 ? 1 : 0)
  return { ...current, lastTurnAt: now, turns, ...(optedOut ? { optedOut: true } : {}) }
}

/** What was said before, as it stands: nothing deleted, nothing that never reached the customer. */
function pastWords(history: readonly HistoryEvent[], but: ReadonlySet<string>) {
  return timelineOf(history)
    .filter(
      ({ id, deleted, delivery }) => !but.has(id) && !deleted && delivery !== 'refused' && delivery !== 'suppressed',
    )
    .slice(-REMEMBERED)
    .map(({ authorKind, text, conversation }) => ({ authorKind, text, audience: conversation.audience }))
}

export async function buildInput(
  engines: Engines,
  content: Content,
  law: ChannelCapabilities,
  current: Case,
  turn: readonly PendingMessage[],
  past: readonly HistoryEvent[],
  now: number,
  later: readonly PendingMessage[] = [],
): Promise<TurnInput> {
  const messages = turn.map((one) => one.message)
  const last = messages.at(-1) as Message
  const { audience, channel } = last.conversation
  const words = messages
    .map((message) => message.text)
    .join('\n')
    .trim()
  const all = pastWords(past, new Set(messages.map((message) => message.id)))
  // What was said in private is not looked at while we answer in public.
  const history = audience === 'public' ? all.filter((one) => one.audience === 'public') : all
  const textLaw = roomFor(content, law, current, audience)
  const question: Question = {
    text: withoutCorrection(withoutDeclined(words) || words),
    audience,
    channel,
    history,
    ...(textLaw ? { law: textLaw } : {}),
  }
  const [understood, searched] = await Promise.all([
    engines.understand({
      text: words,
      audience,
      channel,
      history,
      frame: frameIn(content, current, audience, history),
      ...choicesOf(content, current, audience),
    }),
    engines.answer.find({ ...question, text: valueMask(content)(question.text).text, said: words }),
  ])
  const chosen = chosenIn(content, current.choice, audience, words)
  const finding = chosen ? chosenFinding(chosen, searched, past) : searched
  const understanding = {
    ...understood,
    // Whoever chose answers our question, and wishes for nothing else.
    ...(chosen ? { intent: 'none', wantsHuman: understood.wantsHuman || chosen.wantsPerson } : {}),
    privateData: withReplaced(understood.privateData, messages),
  }
  const said: CustomerText = {
    text: words,
    messageId: last.id,
    signals: understanding.signals,
    today: localDate(content.brand, now),
    ...(understanding.nearestChoice !== undefined && { nearest: understanding.nearestChoice }),
    isYesDoubted: understanding.modelAct !== undefined && understanding.modelAct !== 'affirm',
    ...(finding.quotes ? { quotes: finding.quotes } : {}),
    ...(understood.act && { act: understood.act }),
  }
  const knowledge = knowledgeOf(content.brand, finding, audience, understanding)
  const learned = withFacts(withoutChoice(current, audience), factsIn(content, said, current.facts))
  const input: TurnInput = {
    content,
    law,
    current: learned,
    audience,
    words,
    messages,
    directed: turn.some((one) => one.directed),
    isInPrivate: later.some(({ message }) => message.conversation.audience === 'private'),
    aside: Object.assign({}, ...turn.map((one) => one.aside)),
    understanding,
    question,
    finding,
    knowledge,
    said,
    history: past,
    now,
    duty: openingState(content.brand, now),
  }
  const opened = openDialog(input)
  const isStopped = opened.step?.type === 'stopped' && opened.step.act === 'stop'
  if (opened.step?.type !== 'let-go' && !isStopped)
    return { ...input, ...(chosen ? opened : await readRequests(engines, input, opened)) }
  // What is left of the message is heard as if no form had been open.
  const { form, ...rest } = input.current
  const free: TurnInput = { ...input, current: rest }
  const other = await readRequests(engines, free, openDialog(free))
  const isOther = other.dialog !== undefined && other.dialog.id !== form?.dialog
  return isStopped && !isOther ? { ...input, ...opened } : { ...free, ...other }
}

/** The choices of the form's open question. */
function choicesOf({ dialogs }: Content, { form }: Case, audience: Audience): Pick<UnderstandInput, 'choices'> {
  const needs = audience === 'private' ? dialogs.find(({ id }) => id === form?.dialog)?.needs : undefined
  const choices = needs?.find(({ name }) => name === form?.asking)?.choices
  return choices ? { choices } : {}
}

/** How long an answer may be; the first one also says that it comes from an assistant. */
function roomFor(
  { brand }: Content,
  law: ChannelCapabilities,
  current: Case,
  audience: Audience,
): TextLimit | undefined {
  const room = law[audience]
  if (!room || current.introduced?.includes(audience)) return room
  const introduction = introductionOf(brand, audience, current.introduced)
  if (introduction === undefined) return room
  return { ...room, limit: room.limit - textLength(`${introduction}\n\n`, room.unit) }
}

/** Private data of a turn, with what was taken out of its messages when they came in: that it was said still counts. */
function withReplaced(found: readonly PrivateSpan[], messages: readonly Message[]): readonly PrivateSpan[] {
  const joined = messages.map(({ text }) => text).join('\n')
  let at = joined.trimStart().length - joined.length
  const replaced = messages.flatMap(({ text, privateData = [] }) => {
    const from = at
    at += text.length + 1
    return privateData
      .filter((span) => span.replaced)
      .map((span) => ({ ...span, start: span.start + from, end: span.end + from }))
  })
  const isNew = (one: PrivateSpan) => !found.some((other) => other.start < one.end && other.end > one.start)
  return [...found, ...replaced.filter(isNew)].sort((one, other) => one.start - other.start)
}

/** Facts that any dialog could use, said in these words: nobody is asked for them again. */
function factsIn(content: Content, said: CustomerText, known: readonly Fact[]): Fact[] {
  const found = new Map<string, Fact>()
  for (const dialog of content.dialogs) {
    const certain = { ...dialog, needs: dialog.needs.filter((need) => need.type === 'order' || need.type === 'email') }
    for (const [name, { value, message }] of Object.entries(fillFrom(certain, said, []))) {
      if (message) found.set(name, { name, value, message, audience: 'private' })
    }
  }
  return [...found.values()].filter((fact) => !known.some((one) => one.name === fact.name && one.value === fact.value))
}
