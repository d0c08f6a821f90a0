// What the bot does while a customer waits for an agent: answers plain questions, else is quiet.
// It asks nothing and says nothing twice.
import type { Case, CaseTicket, Reason, ReplyDraft, Understanding } from '#domain'
import { addBusinessMinutes, type Decision, localTime, type Verdict } from '#policy'
import { nudgeOf } from '#understanding'
import type { TurnInput } from './context.ts'
import { helpInDanger, planOfDanger } from './danger.ts'
import { cannedReply } from './plan/canned-replies.ts'
import { explain, type Plan, tellsOfDanger, withoutForm } from './plan/escalation.ts'
import { isAwaited, wasSaid } from './sent-texts.ts'

/** How long the same short word is not said again. */
const SAID_AGAIN_MS = 10 * 60_000
const MINUTE_MS = 60_000

/** Verdicts at which a form asks, or acts. */
const FORM_VERDICTS: ReadonlySet<Verdict> = new Set<Verdict>(['answer', 'ask', 'move-to-private'])

const AWAITED = explain('awaited', 'A person was promised and has not taken the case yet; the bot does not talk on.')

const DECLINED = explain('declined', 'They want no person; what only a person can answer is kept for one.')

/** What the ticket is to the customer once they say that they want no person, or want one after all. */
export function withDeclined(current: Case, { declinesHuman, wantsHuman }: Understanding): Case {
  const { ticket } = current
  if (ticket?.state !== 'waiting' || ticket.priority === 'urgent') return current
  const { declined: _, ...rest } = ticket
  if (declinesHuman) return { ...current, ticket: { ...ticket, declined: true } }
  return wantsHuman ? { ...current, ticket: rest } : current
}

/** Nothing is looked up and no form goes on while a person is awaited: what the customer adds is for them. */
export function planInsteadOfForm(
  { current, dialog, step }: TurnInput,
  { verdict }: Decision,
): { readonly plan: Plan; readonly reasons: readonly Reason[] } | undefined {
  const wouldAct = dialog !== undefined && step !== undefined && FORM_VERDICTS.has(verdict)
  if (!wouldAct || !isAwaited(current)) return undefined
  return { plan: { outcome: 'escalated', case: withoutForm(current), drafts: [] }, reasons: [AWAITED] }
}

/** What is left of a plan while a person is awaited; undefined where it stands as it is. */
export function planWhileAwaiting(
  input: TurnInput,
  plan: Plan,
): { readonly plan: Plan; readonly reasons: readonly Reason[] } | undefined {
  const { current, understanding, history, audience, words, now } = input
  const { ticket } = current
  if (ticket?.state !== 'waiting' || plan.outcome === 'ignored' || plan.outcome === 'moderated') return undefined
  const quiet = { ...plan, case: withoutForm(plan.case) }
  if (input.directed && tellsOfDanger(understanding)) {
    const heard = planOfDanger(input, quiet)
    return { plan: heard, reasons: heard.escalation?.reasons ?? [] }
  }
  const once = (reply: ReplyDraft) => (wasSaid(history, reply.text, audience, now - SAID_AGAIN_MS) ? [] : [reply])
  if (ticket.declined && (plan.escalation || understanding.declinesHuman)) return planAgainstWill(input, plan)
  if (!isAwaited(current)) return undefined
  const nudge = input.dialog ? undefined : nudgeOf(words)
  const asks = understanding.signals.includes('question')
  const help = helpInDanger(input, asks || nudge !== undefined || understanding.complaint !== 'none')
  if (nudge && !help) {
    const due = promisedAt(input, ticket)
    const drafts = once(nudge === 'time' && due > now ? dueReply(input, due) : waitingReply(input))
    const outcome = drafts.length > 0 ? 'acknowledged' : 'escalated'
    return { plan: { outcome, case: quiet.case, drafts }, reasons: [AWAITED] }
  }
  // Whoever asks something while they wait learns that it was read, and that the bot does not answer it.
  const noted = help ?? (asks && audience === 'private' ? once(cannedReply(input, 'noted')) : [])
  if (plan.escalation) {
    const word = understanding.wantsHuman && !help ? once(waitingReply(input)) : noted
    const drafts = quiet.drafts.length > 0 ? quiet.drafts : word
    return { plan: { ...quiet, drafts }, reasons: plan.escalation.reasons }
  }
  const isNew = plan.drafts.every(({ text }) => !wasSaid(history, text, audience, ticket.openedAt))
  if (plan.article && asks && understanding.complaint === 'none' && isNew) return undefined
  return { plan: { outcome: 'escalated', case: withoutForm(current), drafts: noted }, reasons: [AWAITED] }
}

/** Whoever wants no person, and asks what only a person can answer, hears that it is kept for one; the bot helps on. */
function planAgainstWill(input: TurnInput, plan: Plan) {
  // Beside such words a form goes on and a sure answer is given; nobody is asked which article they mean.
  const isHelp =
    plan.outcome === 'answered' ||
    plan.outcome === 'moved-to-private' ||
    (plan.outcome === 'asked' && input.step !== undefined)
  if (isHelp && !plan.escalation) return undefined
  const { history, audience, now } = input
  const reply = cannedReply(input, 'declined')
  const drafts = wasSaid(history, reply.text, audience, now - SAID_AGAIN_MS) ? [] : [reply]
  return { plan: { outcome: 'acknowledged' as const, case: input.current, drafts }, reasons: [DECLINED] }
}

/** Nobody is told that a colleague is on the way while people are away. */
const waitingReply = (input: TurnInput): ReplyDraft =>
  input.duty.open ? cannedReply(input, 'waiting') : cannedReply(input, 'waiting-closed', { opens: input.duty.opens })

/** What is urgent is due when nobody is on duty, too; a customer is told a time at which somebody is. */
const promisedAt = ({ content: { brand } }: TurnInput, { dueAt, openedAt, priority }: CaseTicket): number =>
  Math.max(dueAt, addBusinessMinutes(brand, openedAt, brand.due[priority]))

function dueReply(input: TurnInput, dueAt: number) {
  // Nobody is told a minute: the next five are near enough.
  const rounded = Math.ceil(dueAt / (5 * MINUTE_MS)) * 5 * MINUTE_MS
  return cannedReply(input, 'waiting-time', { due: localTime(input.content.brand, rounded, input.now) })
}
