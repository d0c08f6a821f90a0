// Keeps a merged ticket and the one that it went into in step. The merged ticket's case says whether it is merged; the other follows.
import {
  BOT,
  type Case,
  type CaseTicket,
  type CustomerChange,
  type CustomerId,
  type CustomerSnapshot,
  type DeskEvent,
  type HistoryEvent,
  type MergedPart,
  mergedInto,
} from '#domain'
import type { Outbox } from '#outbox/worker'
import { type Brand, slaDueAt } from '#policy'
import type { Runtime } from '#redis'
import { loadCustomer, updateCase } from '#redis/store'
import { endedAs, withoutAttempts, withTicket } from './ended-case.ts'
import { publishTicketState, urgent, withNewMessages } from './escalate.ts'
import { findTicket, type TicketQueue } from './ticket-queue.ts'

export type FollowContext = Pick<Runtime, 'redis' | 'now' | 'newId'> & {
  readonly queue: Pick<TicketQueue, 'whose'>
  readonly outbox: Pick<Outbox, 'note' | 'due'>
  readonly content: (customer: CustomerId) => { readonly brand: Brand }
}

/** Who splits what nobody asked to be split. */
const CLOCK = 'clock'

/** A ticket with the case that it is in. */
export type Known = CustomerSnapshot & { readonly case: Case; readonly ticket: CaseTicket }

export async function knownTicket(
  { redis, queue }: Pick<FollowContext, 'redis' | 'queue'>,
  id: string,
  history: 'recent' | 'whole' = 'recent',
): Promise<Known | undefined> {
  const customer = await queue.whose(id)
  const open = customer === undefined ? undefined : await loadCustomer(redis, customer, { history })
  const ticket = open?.case && findTicket(open.case, id)
  return open?.case && ticket ? { ...open, case: open.case, ticket } : undefined
}

/** Brings a ticket and those it is merged with up to each other. Repeating it does no harm: whoever dies in between leaves it to the next. */
export async function followMerge(context: FollowContext, id: string): Promise<void> {
  const known = await knownTicket(context, id)
  if (!known) return
  const { merged, parts = [] } = known.ticket
  if (merged) await follow(context, id, merged.into)
  for (const { ticket } of parts) await follow(context, ticket, id)
}

async function follow(context: FollowContext, part: string, whole: string): Promise<void> {
  await change(context, whole, async (open, ticket) =>
    arrived(context, open, ticket, part, await knownTicket(context, part)),
  )
  const isMoved = await change(context, part, async (open, ticket) =>
    mergedInto(ticket) === whole ? moved(context, open, ticket, whole, await knownTicket(context, whole)) : undefined,
  )
  if (isMoved) await follow(context, part, whole)
}

/** True once something was changed. */
async function change(
  { redis, queue, outbox }: FollowContext,
  id: string,
  decide: (open: CustomerSnapshot & { readonly case: Case }, ticket: CaseTicket) => Promise<CustomerChange | undefined>,
): Promise<boolean> {
  const customer = await queue.whose(id)
  if (customer === undefined) return false
  await outbox.note(customer)
  const done = await updateCase(redis, customer, async (open) => {
    const ticket = findTicket(open.case, id)
    const decided = ticket && (await decide(open, ticket))
    return decided ? { change: decided } : { instead: undefined }
  })
  await outbox.due(customer)
  return done !== undefined && 'change' in done
}

/** What of the part has to be seen in the whole. */
function arrived(
  context: FollowContext,
  open: CustomerSnapshot & { readonly case: Case },
  ticket: CaseTicket,
  id: string,
  part: Known | undefined,
): CustomerChange | undefined {
  const known = ticket.parts?.find((one) => one.ticket === id)
  if (!part || mergedInto(part.ticket) !== ticket.id) return known && left(context, open, ticket, known, part?.ticket)
  if (ticket.state === 'resolved' || mergedInto(ticket)) return undefined
  return known ? news(context, open, ticket, known, part.ticket) : joined(context, open, ticket, part.ticket)
}

function joined(
  context: FollowContext,
  open: CustomerSnapshot & { readonly case: Case },
  ticket: CaseTicket,
  part: CaseTicket,
): CustomerChange {
  const { merged, answeredAt, unread, reasons, id } = part
  const { answeredAt: answered, ...awaited } = ticket
  const isAwaited = answeredAt === undefined
  const dueAt = answered === undefined ? Math.min(ticket.dueAt, part.dueAt) : part.dueAt
  const joins: MergedPart = {
    ...{ ticket: id, heard: unread, reasons: reasons.length },
    ...(isAwaited ? {} : { answeredAt }),
    raised: { priority: ticket.priority, dueAt: ticket.dueAt },
  }
  const whole: CaseTicket = {
    ...(isAwaited ? { ...awaited, dueAt } : ticket),
    priority: urgent(ticket.priority, part.priority),
    parts: [...(ticket.parts ?? []), joins],
  }
  const at = merged?.at ?? context.now()
  const by = merged?.by ?? CLOCK
  return changed(context, open, whole, 'ticket-merged', [
    { at, type: 'ticket-merged', ticket: ticket.id, by, detail: `${id} into this ticket` },
  ])
}

function left(
  context: FollowContext,
  open: CustomerSnapshot & { readonly case: Case },
  ticket: CaseTicket,
  known: MergedPart,
  part: CaseTicket | undefined,
): CustomerChange {
  const { parts = [], ...rest } = ticket
  const others = parts.filter((one) => one !== known)
  const { raised } = known
  const whole: CaseTicket = {
    ...rest,
    ...(raised && ticket.priority === part?.priority ? { priority: raised.priority } : {}),
    ...(raised && ticket.dueAt === part?.dueAt ? { dueAt: raised.dueAt } : {}),
    ...(others.length > 0 ? { parts: others } : {}),
  }
  const { by = CLOCK, at = context.now(), because } = part?.merged?.over ?? {}
  const detail = [`${known.ticket} from this ticket`, part ? because : 'its customer was erased']
    .filter(Boolean)
    .join(': ')
  return changed(context, open, whole, 'ticket-split', [{ at, type: 'ticket-split', ticket: ticket.id, by, detail }])
}

/** Messages, reasons and answers of the part since the whole last looked. */
function news(
  context: FollowContext,
  open: CustomerSnapshot & { readonly case: Case },
  ticket: CaseTicket,
  known: MergedPart,
  part: CaseTicket,
): CustomerChange | undefined {
  const { id, unread, reasons, answeredAt } = part
  const count = unread - known.heard
  const rules = new Set(ticket.reasons.map(({ rule }) => rule))
  const added = reasons.slice(known.reasons).filter(({ rule }) => !rules.has(rule))
  const isAnswered = answeredAt !== undefined && answeredAt !== known.answeredAt
  if (count === 0 && reasons.length === known.reasons && !isAnswered) return undefined
  const { brand } = context.content(open.customer)
  const answered: CaseTicket = isAnswered ? { ...ticket, answeredAt, unread: 0 } : ticket
  const heard = count > 0 ? withNewMessages(answered, count, slaDueAt(brand, context.now())) : answered
  const whole: CaseTicket = {
    ...heard,
    ...(added.length > 0
      ? { priority: urgent(heard.priority, part.priority), reasons: [...heard.reasons, ...added] }
      : {}),
    parts: (heard.parts ?? []).map((one) =>
      one === known ? { ...one, heard: unread, reasons: reasons.length, ...(isAnswered ? { answeredAt } : {}) } : one,
    ),
  }
  const detail = added[0]?.because
  const events =
    detail === undefined
      ? []
      : [{ at: context.now(), type: 'ticket-updated', ticket: ticket.id, detail: `${id}: ${detail}` } as const]
  return changed(context, open, whole, count > 0 ? 'message-received' : 'ticket-updated', events)
}

/** What becomes of the part when the whole ends, begins again or is not there. */
function moved(
  context: FollowContext,
  open: CustomerSnapshot & { readonly case: Case },
  part: CaseTicket,
  id: string,
  whole: Known | undefined,
): CustomerChange | undefined {
  const known = whole?.ticket.parts?.find((one) => one.ticket === part.id)
  const isOver = !whole || whole.ticket.state === 'resolved'
  if (part.state !== 'resolved') {
    const elsewhere = whole && mergedInto(whole.ticket)
    if (!known && elsewhere)
      return splitOff(context, open, part, { because: `${id} was merged into ${elsewhere} at the same time` })
    if (!isOver) return undefined
    if (!known)
      return splitOff(context, open, part, {
        because: whole ? `${id} was resolved at the same time` : `${id} is no more`,
      })
    if (part.unread > known.heard)
      return splitOff(context, open, part, { because: `the customer wrote while ${id} was being resolved` })
    return whole && endedWith(context, open, part, whole)
  }
  const isPresent = open.case.ticket?.id === part.id
  return isOver || !known || !isPresent ? undefined : begunWith(context, open, part, whole)
}

/** The ticket as it was before it was merged; without an owner it waits, whoever had it. */
export function splitOff(
  context: Pick<FollowContext, 'now' | 'newId'>,
  open: CustomerSnapshot & { readonly case: Case },
  part: CaseTicket,
  {
    by = CLOCK,
    owner,
    because,
  }: { readonly by?: string; readonly owner?: string | undefined; readonly because?: string },
): CustomerChange {
  const at = context.now()
  const { merged, ...rest } = part
  if (!merged) return { case: open.case }
  const over = { by, at, ...(because === undefined ? {} : { because }) }
  const { snoozed } = merged.was
  const back: CaseTicket =
    part.state === 'resolved'
      ? { ...rest, merged: { ...merged, over } }
      : {
          ...rest,
          ...(owner === undefined
            ? { state: 'waiting' }
            : { state: 'claimed', owner, ...(snoozed ? { snoozed } : {}) }),
          since: at,
          merged: { ...merged, over },
        }
  const detail = [`from ${merged.into}`, because].filter(Boolean).join(': ')
  const isPresent = open.case.ticket?.id === part.id && part.state !== 'resolved'
  return {
    ...changed(context, open, back, 'ticket-split', [
      { at, type: 'ticket-split', ticket: part.id, by, detail, ...(owner === undefined ? {} : { to: owner }) },
    ]),
    ...(isPresent ? { owner: owner ?? BOT } : {}),
  }
}

const ENDS = new Set<HistoryEvent['type']>(['ticket-resolved', 'ticket-returned'])

function endedWith(
  context: FollowContext,
  open: CustomerSnapshot & { readonly case: Case },
  part: CaseTicket,
  { ticket: whole, case: of, history }: Known,
): CustomerChange {
  const { owner, closedAt = context.now(), undoUntil, outcome, contactReason } = whole
  const resolved: CaseTicket = {
    ...part,
    state: 'resolved',
    ...(owner === undefined ? {} : { owner }),
    closedAt,
    ...(undoUntil === undefined ? {} : { undoUntil }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(contactReason === undefined ? {} : { contactReason }),
    since: closedAt,
    ended: endedAs(open.case),
  }
  const end = history.findLast((event) => ENDS.has(event.type) && 'ticket' in event && event.ticket === whole.id)
  const by = end && 'by' in end && end.by ? end.by : CLOCK
  const type = end?.type === 'ticket-returned' ? 'ticket-returned' : 'ticket-resolved'
  const promised = of.promises.filter(({ at }) => at === closedAt)
  const current = withoutAttempts({ ...open.case, promises: [...open.case.promises, ...promised] })
  return {
    ...changed(context, { ...open, case: current }, resolved, type, [
      { at: context.now(), type, ticket: part.id, by, detail: `with ${whole.id}` },
    ]),
    ...(open.case.ticket?.id === part.id ? { owner: BOT } : {}),
  }
}

function begunWith(
  context: FollowContext,
  open: CustomerSnapshot & { readonly case: Case },
  part: CaseTicket,
  { ticket: whole, history }: Known,
): CustomerChange {
  const { owner: _, closedAt, undoUntil: __, ended: ___, outcome: ____, contactReason: _____, ...rest } = part
  const again = history.findLast((event) => event.type === 'ticket-reopened' && event.ticket === whole.id)
  const by = again && 'by' in again && again.by ? again.by : CLOCK
  const current = { ...open.case, promises: open.case.promises.filter(({ at }) => at !== closedAt) }
  const at = context.now()
  return {
    ...changed(context, { ...open, case: current }, { ...rest, state: 'claimed', since: at }, 'ticket-reopened', [
      { at, type: 'ticket-reopened', ticket: part.id, by, detail: `with ${whole.id}` },
    ]),
    owner: whole.id,
  }
}

function changed(
  { now, newId }: Pick<FollowContext, 'now' | 'newId'>,
  open: { readonly case: Case },
  ticket: CaseTicket,
  event: DeskEvent['type'],
  events: readonly HistoryEvent[],
): CustomerChange {
  const next = withTicket(open.case, ticket)
  return { case: next, events, effects: [publishTicketState(next, ticket.id, event, newId(), now())] }
}
