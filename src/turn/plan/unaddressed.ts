// Plans a post that was not addressed to us (proactive outreach): ignore, draft for an agent, or reply.
import { type Case, type HistoryEvent, type Reason, withMessage } from '#domain'
import type { Decision } from '#policy'
import type { OutreachDecision } from '#redis/store'
import type { TurnInput } from '../context.ts'
import type { TurnContext } from '../turn-context.ts'
import { articleDraft } from './article.ts'
import { cannedReply } from './canned-replies.ts'
import { escalationPlan, explain, type Plan } from './escalation.ts'
import { planReply } from './plan.ts'

const UNASKED = explain(
  'unasked',
  'They did not write to us: nothing was said to them, and whatever is said now is said unasked.',
)
const NOT_ASKED = explain('not-asked', 'It is not addressed to us, and no rule for such posts wants us to speak.')
const HAS_TICKET = explain('has-ticket', 'A person has their case, and sees it there.')
const ONLY_PEOPLE = explain('people-only', 'The network lets no automated words reach whoever did not address us.')
const DENIED: Readonly<Record<Exclude<OutreachDecision, 'granted'>, Reason>> = {
  thread: explain('approached', 'This thread has had its one approach.'),
  person: explain('person-cap', 'This person was approached as often as the brand allows.'),
  day: explain('day-cap', 'As many posts were taken up today as the brand allows.'),
  'opted-out': explain('opted-out', 'They have asked us not to write to them.'),
}

/** What the turn comes to, and why where that is not the decision alone. */
type Approach = { readonly plan: Plan; readonly reasons: readonly Reason[] }

/** `before`: the customer's case as it was; `given`: as it is if they are approached. */
export async function planUnaddressed(
  context: TurnContext,
  input: TurnInput,
  decision: Decision,
  { before, given: current }: { before: Case | undefined; given: Case },
): Promise<Approach> {
  const leave = (...why: readonly Reason[]): Approach => ({
    plan: { outcome: 'ignored', case: unmoved(input, before), drafts: [] },
    reasons: [...why, ...decision.reasons],
  })
  const { verdict } = decision
  if (verdict === 'ignore') return leave()
  if (verdict === 'moderate' && input.law.hide) {
    return { plan: await planReply({ ...input, current: current }, decision, context), reasons: decision.reasons }
  }
  const isForPeople = verdict === 'escalate' || verdict === 'moderate'
  const isUrgent = verdict === 'escalate' && decision.priority === 'urgent'
  const { proactive } = input.content.brand
  // Rules for whoever writes to us bring others to a person too; they have nothing to say to them.
  if (!isForPeople && !(proactive && isMeant(context, decision))) return leave(NOT_ASKED)
  const hasTicket = before?.ticket !== undefined && before.ticket.state !== 'resolved'
  if (!isUrgent) {
    if (input.current.optedOut) return leave(DENIED['opted-out'])
    if (hasTicket) return leave(HAS_TICKET)
    const denied = proactive && (await ask(context, input, proactive))
    if (denied) return leave(denied)
  }
  // An agent's answer goes where the customer last wrote to us.
  const there: TurnInput = { ...input, current: hasTicket ? current : input.messages.reduce(overhear, current) }
  if (!isForPeople && !input.law.unasked) {
    return { plan: await planReply(there, decision, context), reasons: decision.reasons }
  }
  const reasons = [...decision.reasons, ...(isForPeople ? [] : [ONLY_PEOPLE]), UNASKED]
  const draft = escalationPlan(there, { ...decision, reasons })
  const suggestedReply = await suggest(there, context)
  const escalation = draft.escalation && { ...draft.escalation, ...(suggestedReply ? { suggestedReply } : {}) }
  return { plan: { ...draft, ...(escalation ? { escalation } : {}) }, reasons }
}

const overhear = (current: Case, message: TurnInput['messages'][number]): Case =>
  withMessage(current, message, { directed: false })

/** The case as if nothing had been heard, but for a wish to be left alone. */
function unmoved({ current }: TurnInput, before: Case | undefined): Case {
  return { ...(before ?? current), ...(current.optedOut ? { optedOut: true } : {}) }
}

async function ask(
  context: TurnContext,
  { current, messages, said, now }: TurnInput,
  caps: NonNullable<TurnContext['content']['brand']['proactive']>,
): Promise<Reason | undefined> {
  const newest = messages.at(-1)
  if (!newest) return undefined
  const wish = { customer: current.customer.id, thread: newest.conversation.id, message: newest.id, caps, now }
  const leave = await context.approach({ ...wish, day: said.today })
  return leave === 'granted' ? undefined : DENIED[leave]
}

/** Whether one of the rules that decided says that it is for posts not addressed to us. */
const isMeant = ({ rules }: TurnContext, { verdict, reasons }: Decision): boolean =>
  rules.rules.some(
    ({ id, then, when }) => then === verdict && when.directed === false && reasons.some(({ rule }) => rule === id),
  )

/** What an agent may say: the answer that the bot would give, or the way to private messages. */
async function suggest(input: TurnInput, context: TurnContext): Promise<string | undefined> {
  const { dialog, understanding, knowledge } = input
  const isTheirOwn = (dialog?.needs.length ?? 0) > 0 || dialog?.personal === true
  if (knowledge === 'sure' && !isTheirOwn) {
    const answered = await articleDraft(input, context)
    if (answered.outcome === 'answered') return answered.draft.text
  }
  if (understanding.complaint === 'none' && !isTheirOwn) return undefined
  const words = (['complaint', 'move-to-private'] as const).map((name) => cannedReply(input, name).text)
  return understanding.complaint === 'none' ? words[1] : words.join(' ')
}

/** What was not addressed to us and cannot be understood: nobody waits for us. */
export function ignorePlan(messages: readonly string[], error: unknown, version: string, now: number): HistoryEvent {
  const what = error instanceof Error ? error.name : 'unknown error'
  const reasons = [explain('failure', `The bot failed on this turn (${what}), and nobody had addressed us.`)]
  return { at: now, type: 'turn-taken', messages, outcome: 'ignored', reasons, version }
}
