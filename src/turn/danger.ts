// Danger that is told of while a person is awaited or has the case: who is in it, and what is said to them.
import { isInDanger, NEEDS_HELP, type Priority, type ReplyDraft } from '#domain'
import type { Decision } from '#policy'
import type { TurnInput } from './context.ts'
import { cannedReply } from './plan/canned-replies.ts'
import { explain, type Plan } from './plan/escalation.ts'
import { wasSaid } from './sent-texts.ts'

/** What wants no word about danger, though danger was told of before. */
const COURTESY: ReadonlySet<string> = new Set([
  'greeting',
  'thanks',
  'praise',
  'farewell',
  'agreement',
  'refusal',
  'values-only',
])

/** How long the same words are not said again to whoever tells or asks more, and to whoever only adds something. */
const ASKED_AGAIN_MS = 30_000
const ADDED_AGAIN_MS = 10 * 60_000

const MOST_URGENT: Priority = 'urgent'
const REASON = explain('danger', 'They tell of danger while they wait for a person.')

/** What somebody hears who tells of danger while they wait: the rule's own words if they are new here, else whom to ring. */
export function planOfDanger(input: TurnInput, plan: Plan): Plan {
  const needsHelp = input.understanding.signals.some((signal) => NEEDS_HELP.has(signal))
  const drafts = plan.escalation && plan.drafts.length > 0 ? plan.drafts : needsHelp ? helpAgain(input) : []
  const { reasons = [REASON], ...rest } = plan.escalation ?? {}
  return { ...plan, outcome: 'escalated', drafts, escalation: { ...rest, reasons, priority: MOST_URGENT } }
}

/** The same where a person has the case: it is urgent for them at once, and the bot says nothing. */
export function planOfDangerHeld({ current }: TurnInput, { reasons, team }: Decision): Plan {
  return {
    outcome: 'escalated',
    case: current,
    drafts: [],
    escalation: { reasons, ...(team ? { team } : {}), priority: MOST_URGENT },
  }
}

/** Whom to ring, for somebody who told of danger before and now asks, complains or adds something; undefined where it is fit for nobody. */
export function helpInDanger(input: TurnInput, asks: boolean): readonly ReplyDraft[] | undefined {
  const { current, history, understanding } = input
  if (!isInDanger(current, history)) return undefined
  if (asks) return helpAgain(input)
  return understanding.signals.some((signal) => COURTESY.has(signal)) ? undefined : helpAgain(input, ADDED_AGAIN_MS)
}

function helpAgain(input: TurnInput, notFor = ASKED_AGAIN_MS): readonly ReplyDraft[] {
  const { duty, history, audience, now } = input
  const help = cannedReply(input, 'in-danger', { when: duty.open ? 'as soon as they can' : duty.opens })
  return wasSaid(history, help.text, audience, now - notFor) ? [] : [help]
}
