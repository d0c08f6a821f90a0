// The agent desk: what agents do with tickets. Each action is one commit, and each reply passes the gate.
import type { DeskEvent } from '#domain'
import { bind } from '#lib'
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
    list: bind(listTickets, desk),
    counts: bind(countTickets, desk),
    read: (id: string) => readTicket(desk, id),
    messages: bind(readMessages, desk),
    seen: bind(markRead, desk),
    show: bind(revealPrivateData, desk),
    trace: bind(traceCase, desk),
    claim: bind(claim, desk),
    release: bind(release, desk),
    releaseAll: bind(releaseAll, desk),
    resolve: bind(resolve, desk),
    return: bind(returnToBot, desk),
    reopen: bind(reopen, desk),
    reply: bind(reply, desk),
    note: bind(addNote, desk),
    learn: bind(proposeExample, desk),
    /** Calls back for every event, of any process, until the returned function is called. */
    listen: (listener: (event: DeskEvent) => void) => desk.queue.listen(listener),
  }
}
