// A turn of a case that a person has claimed: the bot is silent, and the person sees what the customer adds.
import type { Case, CaseTicket, CustomerSnapshot, PendingMessage, Reason } from '#domain'
import { publishTicketState, withNewMessages } from '#handoff'
import { decide, slaDueAt } from '#policy'
import { buildInput } from './context.ts'
import { planOfDangerHeld } from './danger.ts'
import { factsOf } from './facts.ts'
import { tellsOfDanger, withoutForm } from './plan/escalation.ts'
import { settle, type TurnResult } from './settle.ts'
import type { TurnContext } from './turn-context.ts'
import { note, turnTaken } from './turn-record.ts'
import { saidAt, withdrawalIn, withWithdrawal } from './withdrawal.ts'

/** A person has the case: the bot is silent, and they see at once what the customer adds. */
export async function listen(
  context: TurnContext,
  open: CustomerSnapshot,
  current: Case,
  turn: readonly PendingMessage[],
  now: number,
): Promise<TurnResult> {
  const { ticket } = current
  if (ticket && (await hearsDanger(context, turn))) return listenToDanger(context, open, current, ticket, turn, now)
  const because = `${open.owner} has this case`
  const reasons: Reason[] = [{ rule: 'owned', because }]
  const free = withoutForm(current)
  const words = turn.map((one) => one.message.text).join('\n')
  const withdrawal = withdrawalIn(context.content, current, words, saidAt(turn))
  const heard = withdrawal ? withWithdrawal(free, withdrawal, words) : free
  const present = heard.ticket
  const more: Case = present
    ? { ...heard, ticket: withNewMessages(present, turn.length, slaDueAt(context.content.brand, now)) }
    : heard
  const messages = turn.map((one) => one.message.id)
  return {
    outcome: 'escalated',
    drafts: [],
    reasons,
    change: {
      case: more,
      taken: turn.length,
      events: [
        { at: now, type: 'turn-taken', messages, outcome: 'escalated', reasons, version: context.content.version },
      ],
      effects: ticket ? [publishTicketState(more, ticket.id, 'message-received', context.newId(), now)] : [],
    },
  }
}

/** Whether this tells of danger; whoever has the case reads it, also where it cannot be understood. */
async function hearsDanger(context: TurnContext, turn: readonly PendingMessage[]): Promise<boolean> {
  const [first] = turn
  if (!first || !turn.some(({ directed }) => directed)) return false
  const { audience, channel } = first.message.conversation
  const text = turn.map(({ message }) => message.text).join('\n')
  try {
    return tellsOfDanger(await context.understand({ text, audience, channel, history: [] }))
  } catch {
    return false
  }
}

/** Danger is told to whoever has the case, as urgent. */
async function listenToDanger(
  context: TurnContext,
  open: CustomerSnapshot,
  current: Case,
  ticket: CaseTicket,
  turn: readonly PendingMessage[],
  now: number,
): Promise<TurnResult> {
  const due = slaDueAt(context.content.brand, now)
  const heard = { ...withoutForm(current), ticket: withNewMessages(ticket, turn.length, due) }
  const law = context.law(current.customer.channel)
  const input = await buildInput(context, context.content, law, heard, turn, open.history, now)
  const facts = { ...factsOf(input), load: await context.load() }
  const decision = decide(context.rules, facts, { today: input.said.today })
  const plan = planOfDangerHeld({ ...input, current: note(input) }, decision)
  return settle(context, input, plan, turn, turnTaken(context, input, plan, facts, decision.reasons))
}
