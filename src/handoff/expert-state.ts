// Whether an expert outside may still answer. Pure.
import type { ExpertQuestion } from '#domain'

export type ExpertState = 'open' | 'answered' | 'revoked' | 'expired'

export function expertState({ answeredAt, revokedAt, until }: ExpertQuestion, now: number): ExpertState {
  if (answeredAt !== undefined) return 'answered'
  if (revokedAt !== undefined) return 'revoked'
  return until <= now ? 'expired' : 'open'
}
