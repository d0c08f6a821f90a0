// The typed reading of a message by a language model, and how it is combined with the embedded reading.
// Words of strangers may instruct the model: whatever it says is one of closed sets, or stands in the message itself.
// Private data, a yes to our question and what is left alone: only the embedded engine decides these.
import { z } from 'zod'
import type { Content } from '#content'
import {
  ACTS,
  type Act,
  COMPLAINTS,
  type Complaint,
  isSignal,
  POLARITIES,
  READING_TASK,
  SIGNALS,
  type Signal,
  type Understanding,
} from '#domain'
import { courtesiesOf } from '#policy'
import { type MaskedValues, maskPrivateData, unmask } from '#privacy'
import type { LanguageModel } from '../models/llm.ts'
import { words } from '../retrieval/tokenize.ts'
import type { UnderstandInput } from './types.ts'

/** An article as the model sees it. Its passages are numbered through all articles, so that a guess betrays itself. */
export type ReadableArticle = { readonly id: string; readonly title: string; readonly passages: readonly string[] }

export type ReadingInput = Pick<UnderstandInput, 'text' | 'audience' | 'history'> & {
  readonly articles: readonly ReadableArticle[]
  /** The characters that a reply may have. */
  readonly room: number
}

const HISTORY = 6
/** Passages of an article, and letters of one passage, that the model is given. */
const MOST_PASSAGES = 12
const LONGEST_PASSAGE = 600
const MOST_VALUES = 12
/** Lines that the model is given of each signal that the brand teaches, and as many that are not it. */
const SIGNAL_EXAMPLES = 3

const BY_US_ALONE: readonly Signal[] = [
  'agreement',
  'refusal',
  'chatter',
  'side-talk',
  'values-only',
  'farewell',
  'happened',
  'doubt',
]
/** Nobody is thanked for them in doubt: both readings have to be glad. */
const GLAD: readonly string[] = ['thanks', 'praise']
const HEARD_BY_MODEL = SIGNALS.filter((signal) => !BY_US_ALONE.includes(signal))

/** The form that the model fills in. Only in private it may put passages together in words of its own. */
function schemaOf(
  { dialogs, brand, signals: taught }: Content,
  audience: ReadingInput['audience'],
  articles: readonly string[],
  most: number,
) {
  const { opening, closing } = courtesiesOf(brand)
  const slots = ['none', ...new Set(dialogs.flatMap(({ needs }) => needs.map(({ name }) => name)))] as const
  const form = z.object({
    act: z.enum(ACTS),
    dialog: z.enum(['none', ...dialogs.map(({ id }) => id)]),
    slot: z.enum(slots),
    polarity: z.enum(POLARITIES),
    complaint: z.enum(COMPLAINTS),
    danger: z.boolean(),
    irony: z.boolean(),
    wantsHuman: z.boolean(),
    sentiment: z.number(),
    urgency: z.number(),
    language: z.string(),
    signals: z.array(z.enum([...new Set<string>([...HEARD_BY_MODEL, ...taught.map(({ id }) => id)])])),
    question: z.string(),
    values: z.array(z.object({ slot: z.enum(slots), quote: z.string() })),
    article: z.enum(['none', ...articles]),
    sentences: z.array(z.number().int().min(1).max(Math.max(1, most))),
    opening: z.enum(['none', ...opening]),
    closing: z.enum(['none', ...closing]),
  })
  return audience === 'private' ? form.extend({ reply: z.string() }) : form
}

type Form = z.infer<ReturnType<typeof schemaOf>> & { readonly reply?: string }

/** What the model said, without what does not stand in the conversation or in the article. */
export type ModelReading = Omit<Form, 'question' | 'sentences'> & {
  /** The question made whole, where the message is half of it. */
  readonly question?: string
  /** The numbers from 1 of the article's own passages that answer; empty where any is another article's. */
  readonly passages: readonly number[]
  /** The articles among which the model chose. */
  readonly given: readonly string[]
  /** The values behind the reply's tokens. */
  readonly masked: MaskedValues
}

/** Asks the model once; undefined when there is no usable answer. */
export async function readWithModel(
  model: LanguageModel,
  content: Content,
  { text, audience, history, articles, room }: ReadingInput,
): Promise<ModelReading | undefined> {
  const earlier = history.slice(-HISTORY)
  const { texts, values: masked } = maskPrivateData([...earlier.map((one) => one.text), text])
  let count = 0
  const given = articles.map(({ id, title, passages }) => ({
    id,
    title,
    passages: passages
      .slice(0, MOST_PASSAGES)
      .map((text) => ({ number: ++count, text: text.slice(0, LONGEST_PASSAGE) })),
  }))
  const message = texts.at(-1) ?? ''
  const said: Form | undefined = await model.ask({
    name: 'reading',
    schema: schemaOf(
      content,
      audience,
      given.map(({ id }) => id),
      count,
    ),
    task: READING_TASK,
    data: {
      message,
      history: earlier.map(({ authorKind }, index) => ({ author: authorKind, text: texts[index] })),
      audience,
      characters: room,
      dialogs: content.dialogs.map(({ id, title, phrases, needs }) => ({
        id,
        title,
        examples: phrases.slice(0, 3),
        slots: needs.map(({ name }) => name),
      })),
      ...(content.signals.length > 0 && {
        signals: content.signals.map(({ id, says, not }) => ({
          id,
          is: says.slice(0, SIGNAL_EXAMPLES),
          isNot: not.slice(0, SIGNAL_EXAMPLES),
        })),
      }),
      articles: given,
    },
  })
  if (!said) return undefined
  const { question, sentences, ...form } = said
  const own = given.find(({ id }) => id === form.article)?.passages.map(({ number }) => number) ?? []
  const passages = sentences.every((number) => own.includes(number)) ? sentences.map((n) => own.indexOf(n) + 1) : []
  const values = form.values
    .slice(0, MOST_VALUES)
    .filter(({ slot, quote }) => slot !== 'none' && isWithin(quote, message))
    .map(({ slot, quote }) => ({ slot, quote: unmask(quote, masked) }))
  const whole = isMadeOf(question, message, texts) ? { question: unmask(question, masked) } : {}
  return { ...form, passages, values, ...whole, given: given.map(({ id }) => id), masked }
}

const flat = (text: string) =>
  text
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
const isWithin = (quote: string, text: string): boolean => flat(quote) !== '' && flat(text).includes(flat(quote))

const LONGEST_QUESTION = 300
/** Shorter words join the others and carry nothing. */
const CARRIES = 4

/** Whether a question adds something to the message, leaves nothing of it out, and has words of the conversation alone. */
function isMadeOf(question: string, message: string, texts: readonly string[]): boolean {
  const own = words(question)
  const carrying = (all: readonly string[]) => all.filter((word) => word.length >= CARRIES || /\d/.test(word))
  const spoken = new Set(texts.flatMap(words))
  return (
    question.length <= LONGEST_QUESTION &&
    flat(question) !== flat(message) &&
    carrying(own).length > 0 &&
    carrying(own).every((word) => spoken.has(word)) &&
    carrying(words(message)).every((word) => own.includes(word))
  )
}

/** Confidences of an intent on which both engines agree, that the model alone sees, and on which they do not agree. */
const AGREED = 0.85
const ALONE = 0.6
const VETOED = 0.4
/** So sure of a personal matter, the embedded engine is not talked out of it. */
const KEPT = 0.5

/** Acts of somebody who wants to know something or have something done. */
const WANTING: readonly Act[] = ['ask', 'wish', 'complain']
export const wantsSomething = ({ act }: Pick<ModelReading, 'act'>): boolean => WANTING.includes(act)

/**
 * Combines both readings. What either hears of danger, a complaint or a wish for a person counts. The model alone begins a
 * dialog only where it is among `near`, the dialogs that the embedded engine finds nearest.
 */
export function mergeReading(
  ours: Understanding,
  theirs: ModelReading,
  { brand, dialogs, signals: taught }: Content,
  near: readonly string[],
): Understanding {
  const personal = (intent: string) => dialogs.find(({ id }) => id === intent)?.personal === true
  const wanted = theirs.dialog
  const isBegun = wantsSomething(theirs) && theirs.polarity === 'wanted' && near.includes(wanted)
  const isSeen = wanted === 'none' || wanted === ours.intent || isBegun
  const keeps = !isSeen || (personal(ours.intent) && ours.intentConfidence >= KEPT && !personal(wanted))
  const intent = keeps ? ours.intent : wanted
  const confidence = keeps
    ? ours.intentConfidence
    : intent === 'none'
      ? Math.min(ours.intentConfidence, VETOED)
      : intent === ours.intent
        ? Math.max(ours.intentConfidence, AGREED)
        : ALONE
  const isGrave = theirs.danger || theirs.irony || theirs.complaint !== 'none'
  const isGlad = ours.sentiment > 0 && ours.complaint === 'none' && !isGrave
  const heard: string[] = [
    ...theirs.signals.filter((signal) => isGlad || !GLAD.includes(signal)),
    ...(theirs.irony ? (['sarcasm'] as const) : []),
    ...(theirs.danger ? (['safety'] as const) : []),
    ...(isOver(theirs) ? (['not-wanted'] as const) : []),
  ]
  const isHeardGrave = theirs.danger || taught.some(({ id, major }) => major === true && heard.includes(id))
  // Where the model hears anything at all, there is something in it.
  const dropped: readonly string[] = [...(heard.length > 0 ? (['chatter'] as const) : []), ...(isGrave ? GLAD : [])]
  const own = ours.signals.filter((signal) => !dropped.includes(signal))
  const foreign = /^[a-z]{2}$/.test(theirs.language) && !brand.languages.includes(theirs.language)
  return {
    ...ours,
    intent,
    intentConfidence: confidence,
    topic: dialogs.find(({ id }) => id === intent)?.topic ?? 'none',
    complaint: worse(ours.complaint, isHeardGrave ? 'major' : theirs.complaint),
    sentiment: Math.min(ours.sentiment, clamp(theirs.sentiment, -1)),
    urgency: theirs.danger ? 1 : Math.max(ours.urgency, clamp(theirs.urgency, 0)),
    language: foreign ? theirs.language : ours.language,
    signals: [
      ...SIGNALS.filter((signal) => own.includes(signal) || heard.includes(signal)),
      ...new Set([...own, ...heard].filter((name) => !isSignal(name))),
    ],
    wantsHuman: ours.wantsHuman || theirs.wantsHuman,
    modelAct: theirs.act,
  }
}

/** Whether the model reads that they do not want what they speak of, or have it. */
const isOver = ({ dialog, polarity }: ModelReading): boolean =>
  dialog !== 'none' && (polarity === 'not-wanted' || polarity === 'happened')

function worse(one: Complaint, other: Complaint): Complaint {
  return COMPLAINTS[Math.max(COMPLAINTS.indexOf(one), COMPLAINTS.indexOf(other))] ?? one
}

function clamp(value: number, least: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(least, value)) : 0
}
