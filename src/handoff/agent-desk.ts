// The desk where people take over; the console's API is this, over HTTP. Every action is one commit of the customer's case.
import type { DeskEvent } from '#domain'
import { type DeskContext, readTicket } from './desk/context.ts'
import { proposeExample } from './desk/propose-example.ts'
import { countTickets, listTickets, markRead, readMessages, revealPrivateData, traceCase } from './desk/reading.ts'
import { addNote, reply } from './desk/reply.ts'
import { claim, release, releaseAll, reopen, resolve, returnToBot } from './desk/transitions.ts'

/** For how long an agent may take back that a ticket is resolved. */
const UNDO_MS = 10_000

export type AgentDesk = ReturnType<typeof openAgentDesk>

export function openAgentDesk(options: Omit<DeskContext, 'undoMs'> & Partial<Pick<DeskContext, 'undoMs'>>) {
  const desk: DeskContext = { undoMs: UNDO_MS, ...options }
  return {
    list: bind(desk, listTickets),
    counts: bind(desk, countTickets),
    read: (id: string) => readTicket(desk, id),
    messages: bind(desk, readMessages),
    seen: bind(desk, markRead),
    show: bind(desk, revealPrivateData),
    trace: bind(desk, traceCase),
    claim: bind(desk, claim),
    release: bind(desk, release),
    releaseAll: bind(desk, releaseAll),
    resolve: bind(desk, resolve),
    return: bind(desk, returnToBot),
    reopen: bind(desk, reopen),
    reply: bind(desk, reply),
    note: bind(desk, addNote),
    learn: bind(desk, proposeExample),
    /** Calls back for every event, of any process, until the returned function is called. */
    listen: (listener: (event: DeskEvent) => void) => desk.queue.listen(listener),
  }
}

const bind =
  <Context, Args extends unknown[], Result>(context: Context, action: (context: Context, ...args: Args) => Result) =>
  (...args: Args): Result =>
    action(context, ...args)
