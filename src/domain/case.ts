// The case of a customer, across conversations: its type and pure functions over it.

import type { Audience } from './channel.ts'
import type { ConversationRef, Customer, CustomerId, Fact, Message, Reason } from './conversation.ts'
import type { Form, FormValue } from './form.ts'
import type { Offer } from './offer.ts'
import type { Suggestion } from './suggestion.ts'
import type { Priority, TicketOutcome, TicketState } from './ticket.ts'

/** A conversation of a case, and what was last said there. */
type CaseConversation = ConversationRef & {
  /** Message id that a reply would answer. */
  readonly lastInbound?: string
  /** Milliseconds since 1970; a messaging window opens here. */
  readonly lastInboundAt?: number
  /** What was last said there was not addressed to us: whatever we say is unasked. */
  readonly undirected?: true
}

/** The case's present ticket. Messages are not in it: the history has them. */
export type CaseTicket = {
  readonly schema?: 1
  readonly id: string
  readonly state: TicketState
  readonly team: string
  readonly skills: readonly string[]
  /** What the customer writes in, ISO 639-1; absent where nobody can tell, and in records of an earlier version. */
  readonly language?: string
  readonly priority: Priority
  readonly openedAt: number
  readonly dueAt: number
  readonly reasons: readonly Reason[]
  readonly owner?: string
  readonly suggestedReply?: string
  /** Articles that an agent may answer with, best first; absent in records of an earlier version. */
  readonly suggestions?: readonly Suggestion[]
  /** Ids of the customer's messages that the suggestions answer. */
  readonly asked?: readonly string[]
  readonly closedAt?: number
  /** Until then whoever resolved it may take that back, and no turn is taken. */
  readonly undoUntil?: number
  /** Customer messages since an agent last looked. */
  readonly unread: number
  /** Since when it is in its state; absent: since it was opened. */
  readonly since?: number
  /** Alarms that have rung for it, by name. */
  readonly rang?: readonly string[]
  /** The customer is asked then whether all is well, in these words or the brand's. */
  readonly followUp?: { readonly at: number; readonly text?: string }
  /** The customer was told that a person takes over. */
  readonly told?: boolean
  /** The customer has said since that they want no person: the bot helps on until somebody claims it. */
  readonly declined?: true
  /** Put aside by whoever holds it, until a time or, without one, until the customer writes. */
  readonly snoozed?: { readonly until?: number; readonly by: string; readonly since: number }
  /** In small letters; absent: none. */
  readonly tags?: readonly string[]
  /** What became of it, and the brand's reason for the contact; from whoever resolved it. */
  readonly outcome?: TicketOutcome
  readonly contactReason?: string
  /** When an agent last answered; absent while the customer waits for an answer. */
  readonly answeredAt?: number
  /** The resolved ticket that the customer came back about soon after. */
  readonly follows?: string
  /** It went into another ticket, of another account of the same person. */
  readonly merged?: Merged
  /** The tickets that were merged into this one, and what of each has arrived here. */
  readonly parts?: readonly MergedPart[]
  /** Experts outside who were asked about it, oldest first. */
  readonly experts?: readonly ExpertQuestion[]
  /** What the case wanted, and its moods, when the ticket was resolved. */
  readonly ended?: { readonly wants: string; readonly moods: readonly number[] }
  /** Content version that decided. */
  readonly version: string
}

/** What an expert outside is asked by a link: a name, a question, and the ids of the messages that they may read. */
export type ExpertQuestion = {
  readonly id: string
  readonly name: string
  readonly question: string
  readonly messages: readonly string[]
  /** Private data in these messages is shown. */
  readonly unmasked?: boolean
  readonly by: string
  readonly at: number
  /** When the link ends, milliseconds since 1970. */
  readonly until: number
  readonly answeredAt?: number
  readonly revokedAt?: number
}

/** `was`: what it is again once it is split off. `over`: it was split off, and why if nobody asked for it. */
type Merged = {
  readonly into: string
  readonly by: string
  readonly at: number
  readonly was: Pick<CaseTicket, 'state' | 'owner' | 'snoozed'>
  readonly over?: { readonly by: string; readonly at: number; readonly because?: string }
}

/** `heard`, `reasons`: how many messages and reasons have arrived. `raised`: how urgent the ticket was without it. */
export type MergedPart = {
  readonly ticket: string
  readonly heard: number
  readonly reasons: number
  readonly answeredAt?: number
  readonly raised?: Pick<CaseTicket, 'priority' | 'dueAt'>
}

/** The ticket that this one is merged into now. */
export const mergedInto = ({ merged }: Pick<CaseTicket, 'merged'>): string | undefined =>
  merged?.over ? undefined : merged?.into

/** Articles that the customer was asked to choose from, and the messages that asked for one of them. */
export type Choice = {
  readonly audience: Audience
  readonly articles: readonly string[]
  readonly messages: readonly string[]
}

export type Case = {
  readonly schema: 1
  readonly id: string
  readonly customer: Customer
  readonly openedAt: number
  readonly lastTurnAt: number
  readonly conversations: readonly CaseConversation[]
  readonly facts: readonly Fact[]
  /** Private data in what the customer wrote, by type: never repeated in public. */
  readonly said: readonly { readonly name: string; readonly value: string }[]
  readonly form?: Form
  /**
   * What they said yes to last and a person carries out, and when. Until `until` nobody does, so that it can be taken back;
   * absent in records of an earlier version.
   */
  readonly deed?: { readonly dialog: string; readonly at: number; readonly until?: number }
  readonly turns: number
  /** Turns in a row in which the bot could not help. */
  readonly failures: number
  /** Turns with abuse. */
  readonly strikes: number
  /** Mood of each turn, -1 to 1, oldest first. */
  readonly moods: readonly number[]
  /** What the bot did, one sentence each. */
  readonly tried: readonly string[]
  /** What the customer first asked for, in their words. */
  readonly wants?: string
  readonly ticket?: CaseTicket
  /** Tickets that are over, oldest first. */
  readonly past: readonly CaseTicket[]
  /** What the bot asked last, where its answer is one of these articles; none: whether a person is wanted. */
  readonly choice?: Choice
  /** What the customer was offered, on any channel. */
  readonly offers?: readonly Offer[]
  /** To whom the bot has said that it is an automated assistant. */
  readonly introduced?: readonly Audience[]
  /** What people promised when they gave the case back. */
  readonly promises: readonly { readonly by: string; readonly text: string; readonly at: number }[]
  readonly previous?: string
  /** The customer has told us not to write unasked. It holds in later cases too. */
  readonly optedOut?: true
}

/** The owner's name while the bot may speak. */
export const BOT = 'bot'

/** How many characters of what a customer wants are kept. */
export const WANTED = 500

const QUIET_MS = 14 * 86_400_000

/** The case that a new turn belongs to: the present one, or a new one after two quiet weeks. */
export function continueCase(present: Case | undefined, customer: Customer, now: number): Case {
  const open = present?.ticket && present.ticket.state !== 'resolved'
  if (present && (open || now - present.lastTurnAt < QUIET_MS)) {
    return { ...present, customer: { ...present.customer, ...definedOf(customer) } }
  }
  const number = present ? Number(present.id.slice(present.id.lastIndexOf('~') + 1)) + 1 : 1
  return {
    schema: 1,
    id: `${customer.id}~${number}`,
    customer,
    openedAt: now,
    lastTurnAt: now,
    conversations: [],
    facts: [],
    said: present?.said ?? [],
    turns: 0,
    failures: 0,
    strikes: 0,
    moods: [],
    tried: [],
    promises: [],
    past: present ? endedTickets(present) : [],
    ...(present ? { previous: present.id } : {}),
    ...(present?.optedOut ? { optedOut: true } : {}),
  }
}

/** All tickets of a case that are over, the present one included, without what an agent might have answered. */
export const endedTickets = (current: Case): readonly CaseTicket[] =>
  [...current.past, ...(current.ticket?.state === 'resolved' ? [current.ticket] : [])]
    .slice(-20)
    .map(({ suggestions: _, ...ticket }) => ticket)

/** The customer whose case it is, from the case's id. */
export const customerOf = (caseId: string): CustomerId => caseId.slice(0, caseId.lastIndexOf('~'))

const definedOf = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T

/** Notes that the customer wrote `message`, to us or not. */
export function withMessage(current: Case, message: Message, { directed = true } = {}): Case {
  const before = current.conversations.filter((one) => one.id !== message.conversation.id)
  const said = { ...message.conversation, lastInbound: message.id, lastInboundAt: message.at }
  const conversation: CaseConversation = directed ? said : { ...said, undirected: true }
  return { ...current, conversations: [...before, conversation] }
}

/** Whoever has the case should look: something of it has changed. */
export function withActivity(current: Case): Case {
  const { ticket } = current
  return ticket && ticket.state !== 'resolved'
    ? { ...current, ticket: { ...ticket, unread: ticket.unread + 1 } }
    : current
}

/** Notes that `message` is gone; `others` are the customer's that stand, oldest first. */
export function withoutMessage(current: Case, message: string, others: readonly Message[]): Case {
  const conversations = current.conversations.flatMap((one): readonly CaseConversation[] => {
    if (one.lastInbound !== message) return [one]
    const { lastInbound: _, ...rest } = one
    const last = others.findLast((other) => other.conversation.id === one.id)
    if (last) return [{ ...rest, lastInbound: last.id }]
    // In public there is nothing left to answer.
    return one.audience === 'public' ? [] : [rest]
  })
  return { ...current, conversations }
}

/** What was learnt from messages that are gone, and how to tell. */
type Gone = {
  /** Whether something noted as said by this message may come from a gone one. */
  readonly isTouched: (message: string) => boolean
  /** The message that says this value and stays. */
  readonly elsewhere: (value: string) => string | undefined
  /** Whether only gone messages say this value. */
  readonly isLost: (value: string) => boolean
  /** The texts that are gone. */
  readonly lost: readonly string[]
}

/** The case without what only gone messages said, and the values that it has forgotten. */
export function withoutMessages(
  current: Case,
  gone: Gone,
): { readonly case: Case; readonly values: readonly string[] } {
  const values: string[] = []
  /** The thing as it stays: noted as said by a message that is still there, or undefined. */
  function keep<T extends { readonly value: string; readonly message?: string }>(said: T): T | undefined {
    if (said.message === undefined || !gone.isTouched(said.message)) return said
    const message = gone.elsewhere(said.value)
    if (message !== undefined || said.value === '') return { ...said, ...(message !== undefined && { message }) }
    values.push(said.value)
    return undefined
  }
  const facts = current.facts.flatMap((fact) => keep(fact) ?? [])
  const said = current.said.filter(({ value }) => {
    if (gone.isLost(value)) values.push(value)
    return !gone.isLost(value)
  })
  const { form, wants, ...rest } = current
  const words = wants === undefined ? '' : without(wants, gone.lost)
  const forgotten = (ticket: CaseTicket): CaseTicket =>
    ticket.ended ? { ...ticket, ended: { ...ticket.ended, wants: without(ticket.ended.wants, gone.lost) } } : ticket
  return {
    case: {
      ...rest,
      ...(rest.ticket ? { ticket: forgotten(rest.ticket) } : {}),
      past: rest.past.map(forgotten),
      facts,
      said,
      ...(words ? { wants: words } : {}),
      ...(form ? { form: withoutValues(form, keep) } : {}),
    },
    values,
  }
}

/** What the customer wants, a line or more for each message, without these messages' words. */
function without(wants: string, texts: readonly string[]): string {
  let left = `\n${wants}\n`
  const words = texts.map((text) => text.trim()).toSorted((a, b) => b.length - a.length)
  for (const text of words) left = left.replaceAll(`\n${text}\n`, '\n')
  // The end may have been cut off, so that only the beginning of a message is there.
  const starts = wants.length < WANTED ? [] : [...left.matchAll(/\n(?=.)/gs)].map((match) => match.index)
  const cut = starts.find((at) => words.some((text) => text.startsWith(left.slice(at + 1, -1))))
  return left.slice(0, cut).trim()
}

/** What is forgotten is asked for again, in its turn. */
function withoutValues(form: Form, keep: (said: FormValue) => FormValue | undefined): Form {
  const kept = Object.entries(form.values).map(([name, value]) => [name, keep(value)] as const)
  const missing = kept.find(([, value]) => value === undefined)?.[0]
  if (missing === undefined) return form
  const values = Object.fromEntries(kept.flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return { dialog: form.dialog, values, asking: form.asking ?? missing, tries: form.tries }
}

/** Adds a conversation that we opened ourselves, such as a private reply. */
export function withConversation(current: Case, conversation: ConversationRef): Case {
  if (current.conversations.some((one) => one.id === conversation.id)) return current
  return { ...current, conversations: [...current.conversations, conversation] }
}

/** Adds facts; a later value replaces an earlier one of the same name, which stays private. */
export function withFacts(current: Case, facts: readonly Fact[]): Case {
  if (facts.length === 0) return current
  const names = new Set(facts.map((fact) => fact.name))
  const values = new Set([...facts, ...current.said].map(({ value }) => value))
  const replaced = current.facts.filter(({ name, value }) => names.has(name) && !values.has(value))
  return {
    ...current,
    facts: [...current.facts.filter((fact) => !names.has(fact.name)), ...facts],
    said: [...current.said, ...replaced.map(({ name, value }) => ({ name, value }))],
  }
}
