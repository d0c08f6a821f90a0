// Agent action: an expert outside is asked by a signed link, reads what the agent chose, and answers once. And the expert's side.
import { randomBytes } from 'node:crypto'
import type { Audience, CaseTicket, CustomerChange, ExpertQuestion, HistoryEvent, Refusal } from '#domain'
import { redact, replaceSecrets } from '#privacy'
import { withTicket } from '../ended-case.ts'
import type { ExpertLink } from '../expert-links.ts'
import { type ExpertState, expertState } from '../expert-state.ts'
import { knownTicket } from '../merged-tickets.ts'
import type { Ticket } from '../ticket-view.ts'
import {
  type Agent,
  changeTicket,
  type DeskContext,
  notHeldBy,
  type OpenCase,
  partsOf,
  ticketEffect,
  viewTicket,
} from './context.ts'

const HOUR_MS = 3_600_000
/** Questions of one ticket that wait for an answer. */
const MOST_OPEN = 10
/** Of those that are over, so many are kept. */
const KEPT = 20

export type AskedExpert = {
  readonly name: string
  readonly question: string
  /** Ids of the messages that they may read. */
  readonly messages: readonly string[]
  /** Private data in them is shown. */
  readonly unmasked?: boolean
  readonly hours: number
}

/** What an expert sees. */
export type ExpertView = {
  readonly name: string
  readonly brand: string
  readonly question: string
  readonly until: string
  readonly messages: readonly {
    readonly author: 'customer' | 'assistant' | 'team' | 'other'
    readonly audience: Audience
    readonly text: string
    readonly at: number
  }[]
}

/** Asks somebody outside. Resolves to the ticket and the token of their link, which is kept nowhere. */
export async function askExpert(
  desk: DeskContext,
  id: string,
  agent: Agent,
  { name, question, messages, unmasked = false, hours }: AskedExpert,
): Promise<{ readonly ticket: Ticket; readonly token: string } | Refusal> {
  const asked = randomBytes(12).toString('base64url')
  const until = desk.now() + hours * HOUR_MS
  const ticket = await changeTicket(desk, id, async (open, before) => {
    const refusal = notTheirs(agent, open, before) ?? (await unknownMessage(desk, open, before, messages))
    if (refusal) return refusal
    const { experts = [] } = before
    const at = desk.now()
    if (experts.filter((one) => expertState(one, at) === 'open').length >= MOST_OPEN)
      return {
        refused: 'conflict',
        because: `${MOST_OPEN} experts have not answered yet; take one of these links back first`,
      }
    const put: ExpertQuestion = {
      ...{ id: asked, by: agent.email, at, until, messages },
      name: replaceSecrets(name)
        .text.replaceAll(/[\s@]+/g, ' ')
        .trim(),
      question: replaceSecrets(question).text,
      ...(unmasked ? { unmasked } : {}),
    }
    const shown = `${messages.length} ${messages.length === 1 ? 'message' : 'messages'}`
    const detail = `${put.name}: ${shown}${messages.length > 0 ? `, private data ${unmasked ? 'included' : 'masked'}` : ''}, until ${new Date(until).toISOString()}`
    const next = { ...before, experts: [...experts, put].slice(-KEPT) }
    return changed(desk, open, next, { at, type: 'expert-asked', ticket: id, by: agent.email, detail })
  })
  return 'refused' in ticket
    ? ticket
    : { ticket, token: await desk.experts.sign({ ticket: id, question: asked, until }) }
}

/** Takes a link back: it says so to whoever opens it. */
export const revokeExpert = (desk: DeskContext, id: string, agent: Agent, asked: string): Promise<Ticket | Refusal> =>
  changeTicket(desk, id, (open, before) => {
    const question = before.experts?.find((one) => one.id === asked)
    if (!question) return { refused: 'not-found', because: 'no expert was asked by this link' }
    const at = desk.now()
    const state = expertState(question, at)
    if (state === 'revoked') return { case: open.case }
    if (state === 'answered') return { refused: 'conflict', because: `${question.name} has answered already` }
    const refusal = question.by === agent.email ? undefined : notTheirs(agent, open, before)
    if (refusal) return refusal
    const next = withQuestion(before, { ...question, revokedAt: at })
    return changed(desk, open, next, { at, type: 'expert-revoked', ticket: id, by: agent.email, detail: question.name })
  })

/** What the expert with this link may read, as it stands now. */
export async function readAsExpert(desk: DeskContext, token: string): Promise<ExpertView | Refusal> {
  const link = await desk.experts.read(token)
  const open = link && (await knownTicket(desk, link.ticket, 'whole'))
  const question = open?.ticket.experts?.find((one) => one.id === link?.question)
  const refusal = refusalOf(link, question, desk.now())
  if (refusal || !open || !question) return refusal ?? GONE
  const { conversations } = viewTicket(desk, open, open.ticket, question.messages, await partsOf(desk, open.ticket))
  const shown = conversations.flatMap(({ audience, messages }) =>
    messages.map(({ authorKind, text, at }) => ({
      ...{ author: AUTHORS[authorKind], audience, at },
      text: question.unmasked ? text : redact(text).text,
    })),
  )
  return {
    name: question.name,
    brand: desk.content(open.customer).brand.name,
    question: question.question,
    until: new Date(question.until).toISOString(),
    messages: shown.toSorted((one, other) => one.at - other.at),
  }
}

/** The expert's answer is a note of the ticket, once, whatever has become of the ticket. */
export async function answerAsExpert(
  desk: DeskContext,
  token: string,
  text: string,
): Promise<{ done: true } | Refusal> {
  const link = await desk.experts.read(token)
  if (!link) return FORGED
  const answered = await changeTicket(
    desk,
    link.ticket,
    (open, before) => {
      const question = before.experts?.find((one) => one.id === link.question)
      const at = desk.now()
      const refusal = refusalOf(link, question, at)
      if (refusal || !question) return refusal ?? GONE
      const { snoozed: _, ...awake } = withQuestion(before, { ...question, answeredAt: at })
      const next: CaseTicket = before.state === 'resolved' ? awake : { ...awake, unread: Math.max(1, before.unread) }
      const by = `expert ${question.name}`
      return changed(
        desk,
        open,
        next,
        { at, type: 'expert-answered', ticket: link.ticket, by, detail: question.name },
        { at, type: 'note-added', ticket: link.ticket, by, text: replaceSecrets(text).text },
      )
    },
    { evenMerged: true },
  )
  if (!('refused' in answered)) return { done: true }
  return answered.refused === 'not-found' ? GONE : answered
}

const FORGED: Refusal = {
  refused: 'not-found',
  because: 'this link is not valid; check that you copied all of it, or ask whoever sent it for a new one',
}
const GONE: Refusal = {
  refused: 'not-found',
  because: 'what this link was about is no longer here; no answer is needed',
}

const CLOSED: Record<Exclude<ExpertState, 'open'>, string> = {
  answered: 'this question has been answered; write to whoever sent you the link if you want to add something',
  revoked: 'this link was taken back; ask whoever sent it whether they still need your answer',
  expired: 'this link has expired; ask whoever sent it for a new one',
}

function refusalOf(
  link: ExpertLink | undefined,
  question: ExpertQuestion | undefined,
  now: number,
): Refusal | undefined {
  if (!link) return FORGED
  if (!question) return link.until <= now ? { refused: 'conflict', because: CLOSED.expired } : GONE
  const state = expertState(question, now)
  return state === 'open' ? undefined : { refused: 'conflict', because: CLOSED[state] }
}

const AUTHORS = {
  customer: 'customer',
  bystander: 'other',
  bot: 'assistant',
  agent: 'team',
  brand: 'team',
} as const

const withQuestion = (ticket: CaseTicket, question: ExpertQuestion): CaseTicket => ({
  ...ticket,
  experts: (ticket.experts ?? []).map((one) => (one.id === question.id ? question : one)),
})

/** What customers wrote leaves the house by the hands of whoever holds the ticket, or of a supervisor. */
const notTheirs = (agent: Agent, open: OpenCase, ticket: CaseTicket): Refusal | undefined =>
  agent.lead ? undefined : notHeldBy(agent, open, ticket)

async function unknownMessage(
  desk: DeskContext,
  open: OpenCase,
  { id }: CaseTicket,
  messages: readonly string[],
): Promise<Refusal | undefined> {
  const whole = await knownTicket(desk, id, 'whole')
  if (!whole) return { refused: 'not-found', because: 'there is no such ticket' }
  const { conversations } = viewTicket(
    desk,
    { ...open, ...whole },
    whole.ticket,
    messages,
    await partsOf(desk, whole.ticket),
  )
  const known = new Set(conversations.flatMap((one) => one.messages.map((message) => message.id)))
  return messages.every((message) => known.has(message))
    ? undefined
    : { refused: 'invalid', because: 'one of these messages is not in this ticket; choose them again' }
}

function changed(
  desk: DeskContext,
  open: OpenCase,
  ticket: CaseTicket,
  event: HistoryEvent & { readonly type: 'expert-asked' | 'expert-answered' | 'expert-revoked' },
  ...more: readonly HistoryEvent[]
): CustomerChange {
  const next = withTicket(open.case, ticket)
  const type = event.type === 'expert-answered' ? event.type : 'ticket-updated'
  return { case: next, events: [event, ...more], effects: [ticketEffect(desk, next, ticket.id, type, event.at)] }
}

/** How many milliseconds somebody has to wait before they may use a link again. */
export const expertWait = (desk: DeskContext, address: string): Promise<number> => desk.experts.wait(address)
