// Says how much the articles know of what a customer asks: an answer, perhaps one, or none. Pure.
import type { Finding } from '#answer'
import type { Audience, Understanding } from '#domain'
import { type Brand, confidenceThreshold } from '#policy'

/**
 * From this share of `confidence.draft` on, somebody who asks is asked back whether they mean the article. Of fresh
 * questions between this and the whole of it the first article was right three times in four (decision 53).
 */
const ASKED_BACK = 0.4

export function knowledgeOf(
  brand: Brand,
  { confidence, by }: Pick<Finding, 'confidence' | 'by'>,
  audience: Audience,
  { signals, complaint }: Pick<Understanding, 'signals' | 'complaint'>,
): 'sure' | 'unsure' | 'none' {
  if (confidence >= confidenceThreshold(brand, audience, by)) return 'sure'
  const { draft } = brand.confidence
  // A post that only sounds like a question is not asked what it means.
  const asks =
    complaint === 'none' && !signals.includes('sarcasm') && (audience === 'private' || signals.includes('question'))
  return confidence >= (asks ? ASKED_BACK * draft : draft) ? 'unsure' : 'none'
}
