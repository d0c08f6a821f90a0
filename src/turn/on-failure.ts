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
  mind: TurnContext,
  open: CustomerSnapshot,
  error: unknown,
): Promise<CustomerChange> {
  const now = mind.now()
  const turn = nextBatch(open.waiting)
  const given = applyMessages(open.customer, open.case, turn, now)
  const messages = turn.map((one) => one.message.id)
  if (!turn.some(({ directed }) => directed)) {
    const event = ignorePlan(messages, error, mind.content.version, now)
    const optedOut = given.optedOut ? { optedOut: given.optedOut } : {}
    return { case: { ...(open.case ?? given), ...optedOut }, taken: turn.length, events: [event] }
  }
  const because = `The bot failed on this turn (${error instanceof Error ? error.name : 'unknown error'}).`
  const reasons: Reason[] = [{ rule: 'failure', because }]
  const words = turn.map((one) => one.message.text).join('\n')
  const { brand, version } = mind.content
  const ticket = openTicket(
    { ...given, wants: given.wants ?? words.slice(0, WANTED) },
    { reasons, priority: 'high', version },
    { id: mind.newId(), ticketId: await mind.nextTicketId(), due: slaDueAt(brand, now), now },
  )
  const silent = open.owner !== BOT || ticket.case.ticket?.told === true
  const spoken = silent
    ? undefined
    : await tell(mind, ticket.case, open.history, turn.at(-1)?.message.conversation.audience ?? 'private')
  const taken: HistoryEvent = { at: now, type: 'turn-taken', messages, outcome: 'escalated', reasons, version }
  return {
    case: spoken ? { ...withDisclosure(ticket.case), ...spoken.remembered } : ticket.case,
    taken: turn.length,
    events: [taken, ...ticket.events, ...(spoken?.events ?? [])],
    effects: [ticket.effect, ...(spoken ? [spoken.effect] : [])],
  }
}

/** Whatever broke the turn may break these words too, and nothing may keep the ticket from being made. */
async function tell(mind: TurnContext, given: Case, history: readonly HistoryEvent[], audience: Audience) {
  try {
    const { brand } = mind.content
    const now = mind.now()
    const { open: onDuty, opens } = openingState(brand, now)
    const text = onDuty ? brand.sayings['handed-over'] : brand.sayings['handed-over-closed'].replace('{opens}', opens)
    const said = await composeReply(
      given,
      { text, audience, author: 'template', sources: publicSource(text) },
      {
        content: mind.content,
        law: mind.law(given.customer.channel),
        keys: mind.keys,
        recognise: mind.recognise,
        id: mind.newId(),
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
