// The type of a plan, and the plan of an escalation: an agent takes over, and the customer is told.
import type { Answer } from '#answer'
import type { Dialog } from '#dialog'
import type { Case, Form, Outcome, Reason, ReplyDraft, Signal, Understanding } from '#domain'
import type { Escalation } from '#handoff'
import type { Decision, SayingName } from '#policy'
import { nudgeOf } from '#understanding'
import type { TurnInput } from '../context.ts'
import type { LookUpResult } from '../lookup-request.ts'
import { isAwaited, wasSaid } from '../sent-texts.ts'
import { cannedReply, ruleReply } from './canned-replies.ts'

/** What a turn comes to, before the gate has seen its words. */
export type Plan = {
  readonly outcome: Outcome
  readonly case: Case
  readonly drafts: readonly (ReplyDraft & { readonly invite?: boolean })[]
  readonly escalation?: Omit<Escalation, 'version' | 'suggestions' | 'asked'>
  /** The open ticket is over, and why. */
  readonly resolved?: string
  /** Message ids to hide. */
  readonly hide?: readonly string[]
  readonly article?: string
  readonly engine?: string
}

export type Tools = {
  readonly answer: Answer
  readonly lookUp: (dialog: Dialog, form: Form) => Promise<LookUpResult>
}

const MOST_TRIED = 20

export const attemptsMade = (current: Case, what: string): Case => ({
  ...current,
  tried: [...current.tried, what].slice(-MOST_TRIED),
})
export const wasHelped = (current: Case): Case => ({ ...current, failures: 0 })
/** No question of the bot's is open any more. */
export const withoutForm = ({ form: _, choice: __, ...given }: Case): Case => given

/** The customer knows that a person takes over. */
export const withDisclosure = (current: Case): Case =>
  current.ticket ? { ...current, ticket: { ...current.ticket, told: true } } : current

/** Several drafts as one message; the last one has the open question. */
export function joinDrafts(drafts: readonly [ReplyDraft, ...ReplyDraft[]], between: string): ReplyDraft {
  const { quickReplies = [], dialog } = drafts.at(-1) ?? drafts[0]
  return {
    ...drafts[0],
    text: drafts.map(({ text }) => text).join(between),
    sources: drafts.flatMap(({ sources }) => sources),
    quickReplies,
    ...(dialog ? { dialog } : {}),
  }
}

export const explain = (rule: string, text: string): Reason => ({ rule, because: text })

/** Signals of somebody who has a matter with us, or about whom we have to do something. */
const WANTS: ReadonlySet<string> = new Set<Signal>([
  'legal-threat',
  'self-harm',
  'medical',
  'safety',
  'press',
  'threat',
  'minor',
  'fraud',
  'account-takeover',
  'data-request',
  'discrimination',
  'chargeback',
  'compensation',
  'repeat-contact',
  'account-specific',
])
const URGENT = 0.9

/** Danger for them or for others. */
const DANGER: ReadonlySet<string> = new Set(['safety', 'self-harm', 'medical', 'threat'])
export const tellsOfDanger = ({ signals }: Pick<Understanding, 'signals'>): boolean =>
  signals.some((signal) => DANGER.has(signal))

/**
 * A public post that complains of nothing and is about no matter of its author's: a person answers it, or leaves it alone, and
 * nobody is told there that one comes. Most are chatter, or questions to everybody.
 */
function isSmallMatter({ audience, understanding, dialog, current, words, knowledge }: TurnInput): boolean {
  const { complaint, wantsHuman, signals, privateData, urgency } = understanding
  return (
    audience === 'public' &&
    complaint === 'none' &&
    !wantsHuman &&
    !dialog &&
    nudgeOf(words) === undefined &&
    urgency < URGENT &&
    // Whoever was asked back is in conversation with us.
    current.failures === 0 &&
    privateData.every(({ type }) => type === 'handle') &&
    // What our articles speak of is asked of us; anything else may be asked of everybody.
    (knowledge === 'none' || !signals.includes('question')) &&
    !signals.some((signal) => WANTS.has(signal))
  )
}

/** A person takes over, and the customer is told when, once; whoever did not address us is told nothing. */
export function escalationPlan(
  input: TurnInput,
  why: Pick<Decision, 'reasons' | 'say' | 'team' | 'skills' | 'priority'>,
  drafts?: Plan['drafts'],
): Plan {
  const { current, duty, understanding } = input
  const over = cannedReply(input, duty.open ? 'handed-over' : 'handed-over-closed', { opens: duty.opens })
  const own = why.say && why.say !== 'handed-over' ? ruleReply(input, why.say) : undefined
  const sorry = why.say === 'complaint' && own
  const text = sorry
    ? { ...over, text: `${sorry.text} ${over.text}`, sources: [...sorry.sources, ...over.sources] }
    : (own ?? over)
  const invite = input.audience === 'public' && (input.dialog?.personal || understanding.privateData.length > 0)
  // Whoever waits for a person knows; what is urgent and has words of its own is said all the same, once.
  const isUrgentNews =
    own !== undefined &&
    !sorry &&
    why.say !== 'handed-over-closed' &&
    (why.priority === 'urgent' || tellsOfDanger(understanding)) &&
    !wasSaid(input.history, own.text, input.audience, current.ticket?.openedAt ?? 0)
  const isSilent = !input.directed || (isAwaited(current) ? !isUrgentNews : !own && isSmallMatter(input))
  return {
    outcome: 'escalated',
    case: { ...current, failures: current.failures + 1 },
    drafts: drafts ?? (isSilent ? [] : [{ ...text, ...(invite ? { invite } : {}) }]),
    escalation: {
      reasons: why.reasons,
      ...(why.team ? { team: why.team } : {}),
      ...(why.skills ? { skills: why.skills } : {}),
      ...(why.priority ? { priority: why.priority } : {}),
    },
  }
}

export const escalate = (input: TurnInput, rule: string, text: string, say?: SayingName): Plan =>
  escalationPlan(input, { reasons: [explain(rule, text)], ...(say ? { say } : {}) })
