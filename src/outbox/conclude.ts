// Carries out what follows a network's answer to a send: done, retry, doubt, dead letter.
import type { Channel } from '#channels'
import type { HistoryEvent, Sent } from '#domain'
import { LONGEST_MS, recordRateLimit, type SendAttempt, scopeOf } from '#redis/store'
import { finishSent, giveToPerson } from './finish-send.ts'
import { type AttemptState, nextStep } from './next-step.ts'
import { beginDoubt, resolveRepeat } from './resolve-doubt.ts'
import { backoff } from './retry-policy.ts'
import { isOverdue, type SendContext, type SendJob } from './send-context.ts'

export async function conclude(
  context: SendContext,
  job: SendJob,
  channel: Channel,
  answer: Sent,
  attempt: SendAttempt & Pick<AttemptState, 'isRepeatable' | 'isCut'>,
): Promise<number | undefined> {
  const { redis, events } = context
  const { number } = attempt
  await recordRateLimit(redis, scopeOf(job.effect.outgoing), 'limit' in answer ? answer.limit : undefined)
  const step = nextStep({ ...attempt, isOverdue: isOverdue(context, job) }, answer)
  switch (step.type) {
    case 'finish':
      events.counted(channel.name, 'sent')
      return finishSent(context, job, step.sent, number)
    case 'find':
      return resolveRepeat(context, job, channel, attempt)
    case 'doubt':
      return beginDoubt(context, job, channel, step.because, { try: number, over: step.over })
    case 'retry':
      return retryLater(context, job, channel, attempt, step)
    case 'give-up':
      return giveToPerson(context, job, 'refused', step.because, number)
  }
}

/** Resolves to the milliseconds after which to try again. */
async function retryLater(
  { effects, events, timing, now }: SendContext,
  { customer, effect }: SendJob,
  channel: Channel,
  { number, tries }: Pick<SendAttempt, 'number' | 'tries'>,
  { because, limitMs }: { readonly because: string; readonly limitMs: number },
): Promise<number> {
  const wait = Math.max(Math.min(limitMs, LONGEST_MS), backoff(timing, tries))
  const event: HistoryEvent = { at: now(), type: 'effect-retried', effect: effect.id, detail: because }
  const notBefore = now() + wait
  await effects.finish(customer, effect, { state: 'pending', try: number, event, notBefore, because })
  events.counted(channel.name, 'retried')
  return wait
}
