// The agent desk over HTTP: tickets, replies, notes and the trace of a case.
import type { AgentDesk } from '#handoff'
import type { Accounts } from '../auth/accounts.ts'
import type { Endpoint } from '../endpoint.ts'
import type { ReplyDrafts } from '../reply-drafts.ts'
import type { Viewers } from '../viewers.ts'
import { mergingEndpoints } from './tickets/merging.ts'
import { readingEndpoints } from './tickets/reading.ts'
import { replyEndpoints } from './tickets/replies.ts'
import { savedReplyEndpoints } from './tickets/saved-replies.ts'
import { trainingEndpoints } from './tickets/training.ts'
import { transitionEndpoints } from './tickets/transitions.ts'
import { viewingEndpoints } from './tickets/viewing.ts'

export function ticketEndpoints(
  desk: AgentDesk,
  drafts: ReplyDrafts,
  viewers: Viewers,
  accounts: Pick<Accounts, 'list'>,
): Endpoint[] {
  const api = { desk, drafts, accounts }
  return [
    ...readingEndpoints(api),
    ...transitionEndpoints(api),
    ...mergingEndpoints(api),
    ...replyEndpoints(api),
    ...savedReplyEndpoints(api),
    ...trainingEndpoints(api),
    ...viewingEndpoints(viewers),
  ]
}
