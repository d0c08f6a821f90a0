// Understanding with a language model's help. What the embedded engine heard of danger stays heard, whatever the model
// says; only the embedded engine decides what private data is, and what counts as a yes or a no to our question.
import { z } from 'zod'
import type { Content } from '#content'
import { COMPLAINTS, SIGNALS, type Understanding } from '#conversation'
import { maskPrivateData } from '#privacy'
import { UNDERSTANDING_TASK } from '#prompts'
import type { LanguageModel } from './language-model.ts'
import type { Understand } from './understanding.ts'

/** Confidences of an intent on which both engines agree, and on which they do not. */
const AGREED = 0.85
const ALONE = 0.6
const VETOED = 0.4
const HISTORY = 6

const HEARD_BY_MODEL = SIGNALS.filter((signal) => signal !== 'agreement' && signal !== 'refusal')

export function understandWithModel(embedded: Understand, model: LanguageModel, content: Content): Understand {
  const intents = content.dialogs.map(({ id, title, phrases }) => ({ id, title, examples: phrases.slice(0, 3) }))
  const topics = new Map(content.dialogs.map(({ id, topic }) => [id, topic]))
  const schema = z.object({
    intent: z.enum(['none', ...topics.keys()]),
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
    return theirs ? merge(ours, theirs, topics) : ours
  }
}

type Theirs = Pick<
  Understanding,
  'intent' | 'complaint' | 'sentiment' | 'urgency' | 'language' | 'signals' | 'wantsHuman'
>

function merge(ours: Understanding, theirs: Theirs, topics: ReadonlyMap<string, string>): Understanding {
  const { intent } = theirs
  const confidence =
    intent === 'none'
      ? Math.min(ours.intentConfidence, VETOED)
      : intent === ours.intent
        ? Math.max(ours.intentConfidence, AGREED)
        : ALONE
  return {
    ...ours,
    intent,
    intentConfidence: confidence,
    topic: topics.get(intent) ?? 'none',
    complaint: ours.complaint === 'major' ? 'major' : theirs.complaint,
    sentiment: clamp(theirs.sentiment, -1),
    urgency: Math.max(ours.urgency, clamp(theirs.urgency, 0)),
    language: /^[a-z]{2}$/.test(theirs.language) ? theirs.language : ours.language,
    signals: SIGNALS.filter((signal) => ours.signals.includes(signal) || theirs.signals.includes(signal)),
    wantsHuman: ours.wantsHuman || theirs.wantsHuman,
  }
}

function clamp(value: number, least: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(least, value)) : 0
}
