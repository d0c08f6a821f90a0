// The agent desk: what agents do with tickets. Each action is one commit, and each reply passes the gate.
import type { DeskEvent } from '#domain'
import { bind } from '#lib'
import { type Agent, type DeskContext, readTicket } from './desk/context.ts'
import { likelyDuplicates } from './desk/duplicates.ts'
import { answerAsExpert, askExpert, expertWait, readAsExpert, revokeExpert } from './desk/expert.ts'
import { merge, split } from './desk/merge.ts'
import { nextTicket } from './desk/next-ticket.ts'
import { proposeExample } from './desk/propose-example.ts'
import {
  countTickets,
  listTickets,
  markRead,
  readMessages,
  revealPrivateData,
  savedReplies,
  traceCase,
} from './desk/reading.ts'
import { addNote, checkReply, reply } from './desk/reply.ts'
import { snooze, unsnooze } from './desk/snooze.ts'
import { setTags } from './desk/tags.ts'
import { transfer } from './desk/transfer.ts'
import { claim, release, releaseAll, reopen, resolve, returnToBot } from './desk/transitions.ts'
import { openExpertLinks } from './expert-links.ts'
import { followMerge } from './merged-tickets.ts'

/** For how long an agent may take back that a ticket is resolved. */
const UNDO_MS = 10_000

export type AgentDesk = ReturnType<typeof openAgentDesk>

export function openAgentDesk(options: Omit<DeskContext, 'undoMs' | 'experts'> & Partial<Pick<DeskContext, 'undoMs'>>) {
  const desk: DeskContext = { undoMs: UNDO_MS, experts: openExpertLinks(options.redis), ...options }
  return {
    list: bind(listTickets, desk),
    counts: bind(countTickets, desk),
    /** How many tickets somebody holds, those put aside not counted. */
    held: (email: string) => desk.queue.count({ owner: email }),
    read: (id: string) => readTicket(desk, id),
    messages: bind(readMessages, desk),
    seen: bind(markRead, desk),
    show: bind(revealPrivateData, desk),
    trace: bind(traceCase, desk),
    claim: (id: string, agent: Agent) => claim(desk, id, agent),
    next: bind(nextTicket, desk),
    transfer: bind(transfer, desk),
    snooze: bind(snooze, desk),
    unsnooze: bind(unsnooze, desk),
    tag: bind(setTags, desk),
    merge: bind(merge, desk),
    split: bind(split, desk),
    duplicates: bind(likelyDuplicates, desk),
    askExpert: bind(askExpert, desk),
    revokeExpert: bind(revokeExpert, desk),
    readAsExpert: bind(readAsExpert, desk),
    answerAsExpert: bind(answerAsExpert, desk),
    expertWait: bind(expertWait, desk),
    /** Brings a ticket and those it is merged with up to each other; repeating it does no harm. */
    follow: (id: string) => followMerge(desk, id),
    release: bind(release, desk),
    releaseAll: bind(releaseAll, desk),
    resolve: bind(resolve, desk),
    return: bind(returnToBot, desk),
    reopen: bind(reopen, desk),
    reply: bind(reply, desk),
    check: bind(checkReply, desk),
    savedReplies: bind(savedReplies, desk),
    note: bind(addNote, desk),
    learn: bind(proposeExample, desk),
    /** Calls back for every event, of any process, until the returned function is called. */
    listen: (listener: (event: DeskEvent) => void) => desk.queue.listen(listener),
  }
}
