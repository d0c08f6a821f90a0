// Says how much the articles know of what a customer asks: an answer, perhaps one, or none. Pure.
import type { Finding } from '#answer'
import type { Audience, Understanding } from '#domain'
import { type Brand, confidenceThreshold } from '#policy'

/**
 * From this share of `confidence.draft` on, somebody who asks is asked back whether they mean the article. Of fresh
 * questions between this and the whole of it the first article was right three times in four (decision 53). In public more
 * has to speak for it: a question there may be for others.
 */
const ASKED_BACK: Readonly<Record<Audience, number>> = { public: 0.6, private: 0.4 }
/** Whoever says one of these, and puts no question, is not asked back. */
const NO_QUESTION: readonly string[] = [
  'side-talk',
  'chatter',
  'doubt',
  'greeting',
  'thanks',
  'not-wanted',
  'farewell',
  'agreement',
  'refusal',
]

export function knowledgeOf(
  brand: Brand,
  { confidence, by }: Pick<Finding, 'confidence' | 'by'>,
  audience: Audience,
  { signals, complaint, wantsHuman }: Pick<Understanding, 'signals' | 'complaint' | 'wantsHuman'>,
): 'sure' | 'unsure' | 'none' {
  if (confidence >= confidenceThreshold(brand, audience, by)) return 'sure'
  const { draft } = brand.confidence
  if (confidence >= draft) return 'unsure'
  const isQuestion = signals.includes('question')
  const mayAsk = isQuestion || (audience === 'private' && !signals.some((signal) => NO_QUESTION.includes(signal)))
  const asks = mayAsk && complaint === 'none' && !signals.includes('sarcasm') && !wantsHuman
  return asks && confidence >= ASKED_BACK[audience] * draft ? 'unsure' : 'none'
}
