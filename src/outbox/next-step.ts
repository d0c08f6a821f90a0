// Decides what follows a network's answer, or a look for a send in doubt (retry, backoff, dead letter). Pure.
import type { FoundSend } from '#channels'
import type { Sent } from '#domain'
import type { SendAttempt } from '#redis/store'
import { ATTEMPTS, nextLookAt, type Timing } from './retry-policy.ts'

export type AttemptState = Pick<SendAttempt, 'tries' | 'resent'> & {
  /** Sending it twice does what sending it once does. */
  readonly isRepeatable: boolean
  /** We cut the call off. */
  readonly isCut: boolean
  /** Nobody wants the answer any more. */
  readonly isOverdue: boolean
}

export type NextStep =
  | { readonly type: 'finish'; readonly sent: Sent & { state: 'sent' } }
  /** The network has it already: find it. */
  | { readonly type: 'find' }
  /** `over`: the call has ended, without an answer. */
  | { readonly type: 'doubt'; readonly because: string; readonly over: boolean }
  /** `limitMs`: the network takes nothing before this. */
  | { readonly type: 'retry'; readonly because: string; readonly limitMs: number }
  | { readonly type: 'give-up'; readonly because: string }

export function nextStep(attempt: AttemptState, answer: Sent): NextStep {
  const { tries, resent, isRepeatable, isCut, isOverdue } = attempt
  if (answer.state === 'sent') return { type: 'finish', sent: answer }
  if (answer.state === 'refused') {
    if (answer.repeated && resent > 0) return { type: 'find' }
    return { type: 'give-up', because: answer.reason + (answer.instead ? `; ${answer.instead}` : '') }
  }
  // INVARIANT: what may have arrived is not sent again before we have looked for it.
  if (answer.state === 'in-doubt' && !isRepeatable) return { type: 'doubt', because: answer.reason, over: !isCut }
  const limit = 'limit' in answer ? answer.limit : undefined
  // Waiting in a queue is no failure, until it has taken so long that nobody wants the answer any more.
  const counts = !limit || isOverdue
  if (tries < ATTEMPTS || !counts) return { type: 'retry', because: answer.reason, limitMs: limit?.forMs ?? 0 }
  return { type: 'give-up', because: `${answer.reason}; given up after ${tries} tries` }
}

export type DoubtState = Pick<SendAttempt, 'resent'> & {
  /** How often we have looked before. */
  readonly looks: number
  /** Everybody would see it twice. */
  readonly isPublic: boolean
  readonly isStopping: boolean
}

export type StepAfterLook =
  | { readonly type: 'finish'; readonly sent: Sent & { state: 'sent' } }
  /** This look says nothing. */
  | { readonly type: 'wait' }
  | { readonly type: 'look'; readonly inMs: number; readonly over: boolean }
  | { readonly type: 'resend' }
  | { readonly type: 'give-up'; readonly because: string }

export function nextStepAfterLook(doubt: DoubtState, found: FoundSend, timing: Timing): StepAfterLook {
  const { looks, resent, isPublic, isStopping } = doubt
  if (found.state === 'found') return { type: 'finish', sent: found.sent }
  // Being told to stop says nothing about the network.
  if (found.state === 'unknown' && isStopping) return { type: 'wait' }
  const inMs = nextLookAt(timing, looks, found.state === 'unknown' && found.passing === true)
  // Whatever call it was has ended by the last of the regular looks.
  if (inMs !== undefined) return { type: 'look', inMs, over: looks + 1 >= timing.looks.length }
  if (found.state === 'unknown') {
    return { type: 'give-up', because: `we cannot tell whether it arrived: ${found.reason}` }
  }
  if (isPublic && resent > 0) return { type: 'give-up', because: 'it was sent twice, and we find it neither time' }
  return { type: 'resend' }
}
