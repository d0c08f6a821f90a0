// Agent actions that write: replies to the customer, each checked by the gate, and notes.
import { type Audience, type Case, type CaseTicket, mergedInto, type Refusal } from '#domain'
import type { GateFinding } from '#gate'
import { textLength } from '#lib'
import { replaceSecrets } from '#privacy'
import { composeReply } from '#reply'
import { withTicket } from '../ended-case.ts'
import { knownTicket } from '../merged-tickets.ts'
import type { Ticket } from '../ticket-view.ts'
import {
  type Agent,
  changeTicket,
  type DeskContext,
  NOT_FOUND,
  notHeldBy,
  type OpenCase,
  partsOf,
  readTicket,
  ticketEffect,
} from './context.ts'
import { type MacroSteps, withSteps } from './macro-steps.ts'

/** `invite`: in public, with the network's way to write privately. */
export type AgentReply = {
  readonly text: string
  readonly audience: Audience
  readonly override?: string
  readonly invite?: boolean
  /** Of a ticket with others merged into it: to which of them, or the ticket itself. Absent: where the customer wrote last. */
  readonly part?: string
  /** Done to the ticket in the commit that sends the reply. */
  readonly also?: MacroSteps
}

type Replied = Ticket | (Refusal & { findings?: readonly GateFinding[] })

/** Sends through the gate. `findings` are what it objects to, when it refuses. */
export async function reply(desk: DeskContext, id: string, agent: Agent, written: AgentReply): Promise<Replied> {
  const part = await partFor(desk, id, written)
  if (typeof part === 'object') return part
  const { also } = written
  const hindered = also && part !== id ? await stepsRefused(desk, id, agent, also) : undefined
  if (hindered) return hindered
  let findings: readonly GateFinding[] | undefined
  const result = await changeTicket(
    desk,
    part,
    async (open, ticket) => {
      const refusal = await notAnsweredBy(desk, agent, open, ticket, id)
      if (refusal) return refusal
      const composed = await composeAgentReply(desk, open, agent, written)
      if ('closed' in composed) return { refused: 'channel', because: composed.closed }
      if ('blocked' in composed) {
        findings = composed.blocked
        return { refused: 'gate', because: composed.blocked.map((one) => one.because).join(' ') }
      }
      const { effect, events, remembered } = composed.said
      // Whoever answers has read it; the time to answer by is kept until the customer writes again. A part goes on counting.
      const answered: CaseTicket = { ...ticket, ...(part === id ? { unread: 0 } : {}), answeredAt: desk.now() }
      const next = withTicket({ ...open.case, ...remembered }, answered)
      const sent = { case: next, events, effects: [effect, ticketEffect(desk, next, part, 'message-sent')] }
      return also && part === id ? withSteps(desk, open, id, agent, also, sent) : sent
    },
    { evenMerged: part !== id },
  )
  if ('refused' in result) return findings ? { ...result, findings } : result
  if (part === id) return result
  // The ticket is another case than its part: its steps are a commit of their own.
  if (!also) return readTicket(desk, id)
  const done = await changeTicket(desk, id, (open, ticket) => {
    return notHeldBy(agent, open, ticket) ?? withSteps(desk, open, id, agent, also, { case: open.case })
  })
  return 'refused' in done ? { ...done, because: `the reply is sent, its steps are not done: ${done.because}` } : done
}

/** Why the steps could not be done to the ticket as it is now: known before a reply goes to another part of it. */
async function stepsRefused(
  desk: DeskContext,
  id: string,
  agent: Agent,
  also: MacroSteps,
): Promise<Refusal | undefined> {
  const whole = await knownTicket(desk, id)
  if (!whole) return NOT_FOUND
  const change = notHeldBy(agent, whole, whole.ticket) ?? withSteps(desk, whole, id, agent, also, { case: whole.case })
  return 'refused' in change ? change : undefined
}

/** Which of the tickets that are merged here is answered: the one that is named, or where the customer wrote last. */
async function partFor(
  desk: DeskContext,
  id: string,
  { part, audience }: Pick<AgentReply, 'part' | 'audience'>,
): Promise<string | Refusal> {
  if (part === id) return id
  const known = await knownTicket(desk, id)
  if (!known) return NOT_FOUND
  const parts = await partsOf(desk, known.ticket)
  if (part !== undefined) {
    const because = `${part} is not merged into ${id} any more; look again`
    return parts.some(({ ticket }) => ticket.id === part) ? part : { refused: 'conflict', because }
  }
  const wroteAt = (current: Case) =>
    Math.max(
      0,
      ...current.conversations.filter((one) => one.audience === audience).map((one) => one.lastInboundAt ?? 0),
    )
  const open = [known, ...parts.filter(({ ticket }) => ticket.state !== 'resolved')]
  const last = open.reduce((one, other) => (wroteAt(other.case) > wroteAt(one.case) ? other : one))
  return last.ticket.id
}

/** Why an agent may not answer a ticket, or one that is merged into the one that they hold. */
async function notAnsweredBy(
  desk: DeskContext,
  agent: Agent,
  open: OpenCase,
  ticket: CaseTicket,
  id: string,
): Promise<Refusal | undefined> {
  if (ticket.id === id) return notHeldBy(agent, open, ticket)
  const whole = await knownTicket(desk, id)
  if (!whole || mergedInto(ticket) !== id)
    return { refused: 'conflict', because: `${ticket.id} is not merged into ${id} any more; look again` }
  if (ticket.state === 'resolved' && whole.ticket.state !== 'resolved')
    return { refused: 'conflict', because: `${ticket.id} is over; the customer has a newer ticket there` }
  return notHeldBy(agent, whole, whole.ticket)
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
  written: Pick<AgentReply, 'text' | 'audience' | 'part'>,
): Promise<ReplyCheck | Refusal> {
  const part = await partFor(desk, id, written)
  if (typeof part === 'object') return part
  const open = await knownTicket(desk, part)
  if (!open) return NOT_FOUND
  const refusal = await notAnsweredBy(desk, agent, open, open.ticket, id)
  if (refusal) return refusal
  const composed = await composeAgentReply(desk, open, agent, written)
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

/** `mentions`: e-mails of the colleagues whom it names. */
export const addNote = (
  desk: DeskContext,
  id: string,
  agent: Agent,
  text: string,
  mentions: readonly string[] = [],
): Promise<Ticket | Refusal> =>
  changeTicket(desk, id, ({ case: current }) => {
    const at = desk.now()
    const note = { type: 'note-added', ticket: id, by: agent.email, text: replaceSecrets(text).text } as const
    return {
      case: current,
      events: [{ at, ...note, ...(mentions.length > 0 ? { mentions } : {}) }],
      effects: [ticketEffect(desk, current, id, 'ticket-updated', at)],
    }
  })
