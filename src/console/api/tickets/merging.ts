// Endpoints of merging: likely duplicates, merge, split.
import { type Endpoint, endpoint } from '../../endpoint.ts'
import { ticket } from '../tickets.schema.ts'
import * as shape from './merging.schema.ts'
import { agentOf, granted, type OwnTicket, ownTicket, type TicketApi } from './ticket-endpoint.ts'

export const mergingEndpoints = (api: TicketApi): Endpoint[] => [
  endpoint({
    method: 'get',
    path: '/api/tickets/:id/duplicates',
    does: 'At most three open tickets of other accounts that may be the same person’s, the likeliest first, with what both have.',
    access: 'tickets',
    problems: [404],
    answer: shape.duplicates,
    run: async ({ params }) => ({ duplicates: granted(await api.desk.duplicates(params.id ?? '')) }),
  }),
  endpoint({
    method: 'post',
    path: '/api/tickets/:id/merge',
    does: 'Merges a ticket into another, where both are answered from then on, and returns that one. Agents: what they hold and what waits.',
    access: 'tickets',
    problems: [403, 404, 409, 422],
    body: shape.mergeBody,
    answer: ticket,
    run: async ({ params, account, body: { into } }): Promise<OwnTicket> =>
      ownTicket(api, await api.desk.merge(params.id ?? '', agentOf(account), into), account),
  }),
  endpoint({
    method: 'post',
    path: '/api/tickets/:id/split',
    does: 'Splits a merged ticket off again, as it was, with what was written since; returns the ticket that it was merged into.',
    access: 'tickets',
    problems: [403, 404, 409],
    answer: ticket,
    run: async ({ params, account }): Promise<OwnTicket> =>
      ownTicket(api, await api.desk.split(params.id ?? '', agentOf(account)), account),
  }),
]
