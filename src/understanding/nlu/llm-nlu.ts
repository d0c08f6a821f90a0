// Understanding with a language model, merged with the local engine.
// A message may instruct the model (prompt injection), so the model may add caution and never take any away.
// Private data, yes or no to our question, and what is left alone: only the local engine decides these.
import { z } from 'zod'
import type { Content } from '#content'
import { COMPLAINTS, type Complaint, SIGNALS, type Signal, UNDERSTANDING_TASK, type Understanding } from '#domain'
import { maskPrivateData } from '#privacy'
import type { LanguageModel } from '../models/llm.ts'
import type { Understand } from './types.ts'

/** Confidences of an intent on which both engines agree, and on which they do not. */
const AGREED = 0.85
const ALONE = 0.6
const VETOED = 0.4
/** So sure of a personal matter, the embedded engine is not talked out of it. */
const KEPT = 0.5
const HISTORY = 6

const BY_US_ALONE: readonly Signal[] = [
  'agreement',
  'refusal',
  'chatter',
  'side-talk',
  'values-only',
  'happened',
  'doubt',
]
const HEARD_BY_MODEL = SIGNALS.filter((signal) => !BY_US_ALONE.includes(signal))

export function understandWithModel(embedded: Understand, model: LanguageModel, content: Content): Understand {
  const intents = content.dialogs.map(({ id, title, phrases }) => ({ id, title, examples: phrases.slice(0, 3) }))
  const dialogs = new Map(content.dialogs.map((dialog) => [dialog.id, dialog]))
  const schema = z.object({
    intent: z.enum(['none', ...dialogs.keys()]),
    complaint: z.enum(COMPLAINTS),
    sentiment: z.number(),
    urgency: z.number(),
    language: z.string(),
    signals: z.array(z.enum(HEARD_BY_MODEL)),
    wantsHuman: z.boolean(),
  })

  return async (heard) => {
    const earlier = heard.history.slice(-HISTORY)
    const masked = maskPrivateData([...earlier.map(({ text }) => text), heard.text]).texts
    const history = earlier.map(({ authorKind }, index) => ({ author: authorKind, text: masked[index] }))
    const [ours, theirs] = await Promise.all([
      embedded(heard),
      model.ask({
        name: 'understanding',
        schema,
        task: UNDERSTANDING_TASK,
        data: { intents, history, message: masked.at(-1) },
      }),
    ])
    return theirs ? merge(ours, theirs, content, dialogs) : ours
  }
}

type Theirs = Pick<
  Understanding,
  'intent' | 'complaint' | 'sentiment' | 'urgency' | 'language' | 'signals' | 'wantsHuman'
>

function merge(
  ours: Understanding,
  theirs: Theirs,
  { brand }: Content,
  dialogs: ReadonlyMap<string, Content['dialogs'][number]>,
): Understanding {
  const personal = (intent: string) => dialogs.get(intent)?.personal === true
  const keeps = personal(ours.intent) && ours.intentConfidence >= KEPT && !personal(theirs.intent)
  const intent = keeps ? ours.intent : theirs.intent
  const confidence = keeps
    ? ours.intentConfidence
    : intent === 'none'
      ? Math.min(ours.intentConfidence, VETOED)
      : intent === ours.intent
        ? Math.max(ours.intentConfidence, AGREED)
        : ALONE
  // Where the model hears anything at all, there is something in it.
  const heard = theirs.signals.length > 0 ? ours.signals.filter((signal) => signal !== 'chatter') : ours.signals
  const foreign = /^[a-z]{2}$/.test(theirs.language) && !brand.languages.includes(theirs.language)
  return {
    ...ours,
    intent,
    intentConfidence: confidence,
    topic: dialogs.get(intent)?.topic ?? 'none',
    complaint: worse(ours.complaint, theirs.complaint),
    sentiment: Math.min(ours.sentiment, clamp(theirs.sentiment, -1)),
    urgency: Math.max(ours.urgency, clamp(theirs.urgency, 0)),
    language: foreign ? theirs.language : ours.language,
    signals: SIGNALS.filter((signal) => heard.includes(signal) || theirs.signals.includes(signal)),
    wantsHuman: ours.wantsHuman || theirs.wantsHuman,
  }
}

function worse(one: Complaint, other: Complaint): Complaint {
  return COMPLAINTS[Math.max(COMPLAINTS.indexOf(one), COMPLAINTS.indexOf(other))] ?? one
}

function clamp(value: number, least: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(least, value)) : 0
}
