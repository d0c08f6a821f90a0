// The endpoint of saved replies, filled in for a ticket.
import { type Endpoint, endpoint } from '../../endpoint.ts'
import * as shape from '../tickets.schema.ts'
import { granted, type TicketApi } from './ticket-endpoint.ts'

export const savedReplyEndpoints = ({ desk }: Pick<TicketApi, 'desk'>): Endpoint[] => [
  endpoint({
    method: 'get',
    path: '/api/saved-replies',
    does: 'The saved replies that fit a ticket’s network and language, with what is known filled in. What is not known is a gap, such as `[order number]`; no reply is sent with one.',
    access: 'tickets',
    problems: [404],
    query: shape.savedRepliesQuery,
    answer: shape.savedReplies,
    run: async ({ query: { ticket }, account }) => ({
      savedReplies: granted(await desk.savedReplies(ticket, account)),
    }),
  }),
]
