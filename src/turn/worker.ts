// The turn worker: takes turns and commits them; turns failed deliveries into tickets.
import type { CustomerId, CustomerSnapshot, DeliveryFailure } from '#domain'
import { openTicket, type TicketQueue } from '#handoff'
import type { Metrics } from '#http/metrics'
import { type InboxEvents, sentByPersonBefore } from '#inbox'
import { bind, stackFrames } from '#lib'
import type { Outbox } from '#outbox/worker'
import { slaDueAt } from '#policy'
import { type Runtime, withDeadline } from '#redis'
import type { JobAttempt } from '#redis/queue'
import { type ContactCaps, commitChange, type FingerprintIndex, loadCustomer, updateCase } from '#redis/store'
import { resultOnFailure } from './on-failure.ts'
import { resultOnOverload } from './on-overload.ts'
import type { TurnResult } from './settle.ts'
import { takeTurn } from './turn.ts'
import type { TurnContext } from './turn-context.ts'

/** What others have to know of turns. */
export type TurnEvents = Pick<InboxEvents, 'agentSpokeElsewhere'> & {
  /** A turn was committed, by which version; never rejects. */
  turnTaken(done: { customer: CustomerId; open: CustomerSnapshot; thought: TurnResult; version: string }): Promise<void>
}

export type TurnWorker = {
  /** Answers a customer's waiting messages, one turn after the other; see CustomerQueue.work for what it returns. */
  takeTurns(customer: CustomerId, attempt: JobAttempt): Promise<number | undefined>
  /** What could not be sent becomes a person's. */
  mishap(mishap: DeliveryFailure): Promise<void>
}

/** How soon somebody who was put off is looked at again. */
const PUT_OFF_MS = 10_000

/** A turn took longer than it may; whatever it still comes to is dropped. */
class TooSlow extends Error {
  override name = 'TooSlow'
}

type TurnWorkerOptions = Pick<Runtime, 'redis' | 'log'> & {
  tickets: TicketQueue
  outbox: Pick<Outbox, 'note' | 'due'>
  others: Pick<FingerprintIndex, 'learn'>
  approaches: Pick<ContactCaps, 'leaveAlone'>
  contextOf: (customer: CustomerId) => TurnContext
  events: TurnEvents
  figures: Metrics
  debounceMs: number
  /** How long one turn may take. */
  turnMs?: number
}
type WorkerContext = TurnWorkerOptions & Required<Pick<TurnWorkerOptions, 'turnMs'>>

export function openTurnWorker(options: TurnWorkerOptions): TurnWorker {
  const context: WorkerContext = { turnMs: 30_000, ...options }
  return { takeTurns: bind(takeTurns, context), mishap: bind(escalateFailure, context) }
}

async function takeTurns(
  context: WorkerContext,
  customer: CustomerId,
  attempt: JobAttempt,
): Promise<number | undefined> {
  const { redis, outbox, contextOf, events, debounceMs } = context
  const seen = new Set<string>()
  let taken = false
  for (;;) {
    const open = await loadCustomer(redis, customer)
    const newest = open.waiting.at(-1)
    if (!newest) {
      // Whoever died between a commit and this line is made good.
      await outbox.due(customer)
      return undefined
    }
    // What came while we were thinking waits for the customer's pause, like anything else.
    const rest = debounceMs - Math.max(0, contextOf(customer).now() - newest.receivedAt)
    if (seen.size > 0 && !seen.has(newest.message.id) && rest > 0) return rest
    // Whoever has more to say lets the others go first.
    if (taken) return 0
    const undo = (open.case?.ticket?.undoUntil ?? 0) - contextOf(customer).now()
    if (undo > 0) return undo
    if ((await contextOf(customer).load()) === 'high' && (await putOff(context, open))) return PUT_OFF_MS
    for (const { message } of open.waiting) seen.add(message.id)
    const wroteAt = sentByPersonBefore(open)
    if (wroteAt !== undefined) await events.agentSpokeElsewhere(customer, wroteAt, 'wrote')
    taken = wroteAt === undefined && (await commitTurn(context, open, attempt))
  }
}

/** Takes one turn; returns false when the case moved meanwhile and it has to be taken again. */
async function commitTurn(context: WorkerContext, open: CustomerSnapshot, attempt: JobAttempt): Promise<boolean> {
  const { redis, outbox, others, approaches, contextOf, events, figures } = context
  const from = performance.now()
  // One context for the whole turn: whatever is released meanwhile is for the next one.
  const present = contextOf(open.customer)
  const thought = await resultInTime(context, present, open, attempt)
  await outbox.note(open.customer)
  await others.learn(open.customer, thought.change.case)
  if (thought.change.case.optedOut) await approaches.leaveAlone(open.customer)
  if (!(await commitChange(redis, open, thought.change))) return false
  figures.turn(thought.outcome, (performance.now() - from) / 1000)
  await outbox.due(open.customer)
  await events.turnTaken({ customer: open.customer, open, thought, version: present.content.version })
  return true
}

/** What a turn comes to; one that fails or hangs goes to a person, once there are no tries left. */
async function resultInTime(
  { turnMs, figures, log }: WorkerContext,
  present: TurnContext,
  open: CustomerSnapshot,
  attempt: JobAttempt,
): Promise<TurnResult> {
  const tooSlow = () => new TooSlow(`a turn took longer than ${turnMs} ms`)
  return withDeadline(takeTurn(present, open), turnMs, tooSlow).catch(async (error: Error) => {
    figures.failed()
    // The message of an error may quote what the customer wrote; where it happened does not.
    log.error({ error: error.name, at: stackFrames(error).slice(0, 8), attempt }, 'a turn failed')
    // Whoever waits for a turn that hangs has waited for long.
    const isLast = attempt.last || (error instanceof TooSlow && attempt.before > 0)
    if (!isLast) throw error
    const change = await resultOnFailure(present, open, error)
    return { outcome: 'escalated', drafts: [], reasons: [], change } satisfies TurnResult
  })
}

/** Whether the customer's messages wait until there is less to do; the customer knows then. */
async function putOff({ redis, outbox, contextOf }: WorkerContext, open: CustomerSnapshot): Promise<boolean> {
  const change = await resultOnOverload(contextOf(open.customer), open)
  if (!change || change === 'told') return change === 'told'
  await outbox.note(open.customer)
  const done = await commitChange(redis, open, change)
  await outbox.due(open.customer)
  return done
}

/** Opens a ticket for what could not be sent. */
async function escalateFailure(
  { redis, tickets, outbox, contextOf, log }: WorkerContext,
  { customer, effect, channel, because }: DeliveryFailure,
): Promise<void> {
  const { content, newId, now } = contextOf(customer)
  const ticketId = await tickets.nextId()
  await outbox.note(customer)
  await updateCase(redis, customer, (open) => {
    const reasons = [{ rule: 'send-failed', because: `A message could not be sent: ${because}.` }]
    const why = { reasons, priority: 'high', version: content.version } as const
    const made = openTicket(open.case, why, {
      id: newId(),
      ticketId,
      due: slaDueAt(content.brand, now()),
      now: now(),
    })
    return { change: { case: made.case, events: made.events, effects: [made.effect] } }
  })
  log.warn({ effect, channel, because }, 'a message could not be sent')
  await outbox.due(customer)
}
