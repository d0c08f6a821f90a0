// Calls the API. Every failure is a `Problem` whose message is for people.
import type { z } from 'zod'
import type * as shape from '../../console/api/common.schema.ts'
import type * as expertShape from '../../console/api/expert.schema.ts'
import type * as mergingShape from '../../console/api/tickets/merging.schema.ts'
import type * as ticketShape from '../../console/api/tickets.schema.ts'
import { setClock } from '../ui/clock.ts'

export type User = z.infer<typeof shape.user>
export type Ticket = z.infer<typeof ticketShape.ticket>
export type Tickets = z.infer<typeof ticketShape.tickets>
export type TicketSummary = Tickets['tickets'][number]
export type AskedExpert = z.infer<typeof expertShape.asked>
export type Duplicates = z.infer<typeof mergingShape.duplicates>
export type EarlierMessages = z.infer<typeof ticketShape.earlierMessages>
type Conversation = Ticket['conversations'][number]
export type Message = Conversation['messages'][number]
export type SavedReply = z.infer<typeof ticketShape.savedReplies>['savedReplies'][number]
export type ReplyCheck = z.infer<typeof ticketShape.replyCheck>
export type Audience = Conversation['audience']
export type DeskEvent = z.infer<typeof shape.deskEvent>
export type DraftEvent = z.infer<typeof shape.draftEvent>
export type ViewersEvent = z.infer<typeof shape.viewersEvent>
export type Viewer = ViewersEvent['viewers'][number]
export type BotPauses = z.infer<typeof shape.botPauses>
export type BotPausesEvent = z.infer<typeof shape.botPausesEvent>
export type Colleague = z.infer<typeof shape.colleagues>['colleagues'][number]
export type Notifications = z.infer<typeof shape.notifications>
export type NotificationsEvent = z.infer<typeof shape.notificationsEvent>
export type PresenceEvent = z.infer<typeof shape.presenceEvent>
export type PolicyEvent = z.infer<typeof shape.policyEvent>
export type ContentState = z.infer<typeof shape.contentState>
export type Trace = z.infer<typeof ticketShape.trace>
export type Outbox = z.infer<typeof shape.outbox>
export type Held = z.infer<typeof shape.held>
export type OutboxStep = z.infer<typeof shape.outboxStep>
export type People = z.infer<typeof shape.people>['people']
type ProblemDocument = z.infer<typeof shape.problem>
export type Finding = NonNullable<ProblemDocument['findings']>[number]
/** Something wrong in a file, and where. */
export type Place = { readonly file: string; readonly line: number; readonly problem: string; readonly title?: string }

export class Problem extends Error {
  override name = 'Problem'
  /** 0: no answer came. */
  readonly status: number
  readonly findings: readonly Finding[]
  /** What is wrong with content, and which of its examples do not hold. */
  readonly places: readonly Place[]

  constructor(
    status: number,
    detail: string,
    { findings = [], problems = [], failed = [] }: Partial<ProblemDocument> = {},
  ) {
    super(detail)
    this.status = status
    this.findings = findings
    this.places = [...problems, ...failed]
  }
}

/** Called when an answer says that the session has ended. */
let signedOut: () => void = () => {}
export function onSignedOut(listener: () => void): void {
  signedOut = listener
}

export async function ask<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const json = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await fetch(path, { method, ...json }).catch(() => undefined)
  if (!answer) throw new Problem(0, 'Warmline cannot be reached. Check your connection and try again.')
  setClock(answer.headers.get('date'))
  const text = await answer.text()
  if (answer.ok) return (text ? JSON.parse(text) : undefined) as T
  if (answer.status === 401 && path !== '/api/session') signedOut()
  throw readProblem(answer.status, text)
}

function readProblem(status: number, text: string): Problem {
  try {
    const said = JSON.parse(text) as Partial<ProblemDocument>
    if (said.detail) return new Problem(status, sentence(said.detail), said)
  } catch {
    // Not a problem document: a proxy between us and the service speaks.
  }
  return new Problem(status, `Warmline answered with an error (${status}). Try again in a moment.`)
}

/** With a capital letter, unless it begins with a name, and a full stop. */
export const sentence = (text: string): string =>
  text.replace(/^[a-z]+(?=[\s,])/, (word) => word.charAt(0).toUpperCase() + word.slice(1)) +
  (/[.!?]$/.test(text) ? '' : '.')

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem(0, 'Something broke in this page. Reload it and try again.')
