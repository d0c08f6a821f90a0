// Agent actions that write: replies to the customer, each checked by the gate, and notes.
import type { Audience, CaseTicket, Refusal } from '#domain'
import type { GateFinding } from '#gate'
import { textLength } from '#lib'
import { replaceSecrets } from '#privacy'
import { loadCustomer } from '#redis/store'
import { composeReply } from '#reply'
import { findTicket } from '../ticket-queue.ts'
import type { Ticket } from '../ticket-view.ts'
import {
  type Agent,
  changeTicket,
  type DeskContext,
  NOT_FOUND,
  notHeldBy,
  type OpenCase,
  ticketEffect,
  withTicket,
} from './context.ts'

/** `invite`: in public, with the network's way to write privately. */
export type AgentReply = {
  readonly text: string
  readonly audience: Audience
  readonly override?: string
  readonly invite?: boolean
}

/** Sends through the gate. `findings` are what it objects to, when it refuses. */
export async function reply(
  desk: DeskContext,
  id: string,
  agent: Agent,
  written: AgentReply,
): Promise<Ticket | (Refusal & { findings?: readonly GateFinding[] })> {
  let findings: readonly GateFinding[] | undefined
  const result = await changeTicket(desk, id, async (open, ticket) => {
    const refusal = notHeldBy(agent, open, ticket)
    if (refusal) return refusal
    const composed = await composeAgentReply(desk, open, agent, written)
    if ('closed' in composed) return { refused: 'channel', because: composed.closed }
    if ('blocked' in composed) {
      findings = composed.blocked
      return { refused: 'gate', because: composed.blocked.map((one) => one.because).join(' ') }
    }
    const { effect, events, remembered } = composed.said
    // Whoever answers has read it; the time to answer by is kept until the customer writes again.
    const answered: CaseTicket = { ...ticket, unread: 0, answeredAt: desk.now() }
    const next = withTicket({ ...open.case, ...remembered }, answered)
    return { case: next, events, effects: [effect, ticketEffect(desk, next, id, 'message-sent')] }
  })
  return 'refused' in result && findings ? { ...result, findings } : result
}

/** What the gate would say to a text, and how long it is as the network counts. */
export type ReplyCheck = {
  readonly findings: readonly GateFinding[]
  readonly length: number
  /** Absent where the network names none. */
  readonly limit?: number
}

/** Composes as a reply would be, and changes nothing. */
export async function checkReply(
  desk: DeskContext,
  id: string,
  agent: Agent,
  written: Pick<AgentReply, 'text' | 'audience'>,
): Promise<ReplyCheck | Refusal> {
  const customer = await desk.queue.whose(id)
  const open = customer ? await loadCustomer(desk.redis, customer) : undefined
  const ticket = open?.case && findTicket(open.case, id)
  if (!ticket || !open.case) return NOT_FOUND
  const refusal = notHeldBy(agent, open, ticket)
  if (refusal) return refusal
  const composed = await composeAgentReply(desk, { ...open, case: open.case }, agent, written)
  if ('closed' in composed) return { refused: 'channel', because: composed.closed }
  const size = desk.channels.get(open.case.customer.channel)?.law[written.audience]
  return {
    findings: 'blocked' in composed ? composed.blocked : [],
    length: textLength(written.text, size?.unit ?? 'characters'),
    ...(size ? { limit: size.limit } : {}),
  }
}

function composeAgentReply(
  { channels, content, keys, recognise, newId, now }: DeskContext,
  open: OpenCase,
  agent: Agent,
  { text, audience, override, invite }: AgentReply,
): ReturnType<typeof composeReply> | { readonly closed: string } {
  const law = channels.get(open.case.customer.channel)?.law
  if (!law) return { closed: 'this channel is switched off' }
  return composeReply(
    open.case,
    { text, audience, author: 'agent', sources: [] },
    {
      content: content(open.customer),
      law,
      keys,
      recognise,
      id: newId(),
      by: agent.email,
      now: now(),
      history: open.history,
      ...(override ? { override } : {}),
      ...(invite ? { inviteToPrivate: true } : {}),
    },
  )
}

export const addNote = (desk: DeskContext, id: string, agent: Agent, text: string): Promise<Ticket | Refusal> =>
  changeTicket(desk, id, ({ case: current }) => ({
    case: current,
    events: [{ at: desk.now(), type: 'note-added', ticket: id, by: agent.email, text: replaceSecrets(text).text }],
    effects: [ticketEffect(desk, current, id, 'ticket-updated')],
  }))
