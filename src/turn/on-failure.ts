// Escalates a turn that keeps failing: an agent gets the case.
import {
  type Audience,
  BOT,
  type Case,
  type CustomerChange,
  type CustomerSnapshot,
  type HistoryEvent,
  type Reason,
  WANTED,
} from '#domain'
import { publicSource } from '#gate'
import { openTicket } from '#handoff'
import { openingState, slaDueAt } from '#policy'
import { composeReply } from '#reply'
import { applyMessages, nextBatch } from './context.ts'
import { withDisclosure } from './plan/escalation.ts'
import { ignorePlan } from './plan/unaddressed.ts'
import type { TurnContext } from './turn-context.ts'

/**
 * Takes the failing messages off the mailbox and gives them to a person, with what went wrong. The customer is told so,
 * unless they know, a person has the case already, or the words fail too: then the ticket is made all the same. What was not
 * addressed to us is let go.
 */
export async function resultOnFailure(
  context: TurnContext,
  open: CustomerSnapshot,
  error: unknown,
): Promise<CustomerChange> {
  const now = context.now()
  const turn = nextBatch(open.waiting)
  const current = applyMessages(open.customer, open.case, turn, now)
  const messages = turn.map((one) => one.message.id)
  if (!turn.some(({ directed }) => directed)) {
    const event = ignorePlan(messages, error, context.content.version, now)
    const optedOut = current.optedOut ? { optedOut: current.optedOut } : {}
    return { case: { ...(open.case ?? current), ...optedOut }, taken: turn.length, events: [event] }
  }
  const because = `The bot failed on this turn (${error instanceof Error ? error.name : 'unknown error'}).`
  const reasons: Reason[] = [{ rule: 'failure', because }]
  const words = turn.map((one) => one.message.text).join('\n')
  const { brand, version } = context.content
  const ticket = openTicket(
    { ...current, wants: current.wants ?? words.slice(0, WANTED) },
    { reasons, priority: 'high', version },
    { id: context.newId(), ticketId: await context.nextTicketId(), due: slaDueAt(brand, now), now },
  )
  const isPaused = context.pauseOf?.(current.customer) !== undefined
  const silent = isPaused || open.owner !== BOT || ticket.case.ticket?.told === true
  const spoken = silent
    ? undefined
    : await tell(context, ticket.case, open.history, turn.at(-1)?.message.conversation.audience ?? 'private')
  const taken: HistoryEvent = { at: now, type: 'turn-taken', messages, outcome: 'escalated', reasons, version }
  return {
    case: spoken ? { ...withDisclosure(ticket.case), ...spoken.remembered } : ticket.case,
    taken: turn.length,
    events: [taken, ...ticket.events, ...(spoken?.events ?? [])],
    effects: [ticket.effect, ...(spoken ? [spoken.effect] : [])],
  }
}

/** Whatever broke the turn may break these words too, and nothing may keep the ticket from being made. */
async function tell(context: TurnContext, current: Case, history: readonly HistoryEvent[], audience: Audience) {
  try {
    const { brand } = context.content
    const now = context.now()
    const { open: onDuty, opens } = openingState(brand, now)
    const text = onDuty ? brand.sayings['handed-over'] : brand.sayings['handed-over-closed'].replace('{opens}', opens)
    const said = await composeReply(
      current,
      { text, audience, author: 'template', sources: publicSource(text) },
      {
        content: context.content,
        law: context.law(current.customer.channel),
        keys: context.keys,
        recognise: context.recognise,
        id: context.newId(),
        by: BOT,
        now,
        history,
      },
    )
    return 'said' in said ? said.said : undefined
  } catch {
    return undefined
  }
}
