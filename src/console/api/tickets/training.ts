// Endpoints of training: proposes a wording or a label from a ticket, in a draft.
import { type Endpoint, endpoint } from '../../endpoint.ts'
import * as shape from '../tickets.schema.ts'
import { agentOf, type OwnTicket, ownTicket, type TicketApi } from './ticket-endpoint.ts'

export const trainingEndpoints = (api: TicketApi): Endpoint[] => [
  endpoint({
    method: 'post',
    path: '/api/tickets/:id/wordings',
    does: 'Proposes the customer’s wording for an article, or, with `answer`, as what the article does not answer, in a draft that somebody else approves. Twice is once.',
    access: 'tickets',
    problems: [404, 409, 422],
    body: shape.wordingBody,
    answer: shape.ticket,
    run: async ({ params, account, body }): Promise<OwnTicket> =>
      ownTicket(api, await api.desk.learn(params.id ?? '', agentOf(account), body), account),
  }),
  endpoint({
    method: 'post',
    path: '/api/tickets/:id/labels',
    does: 'Proposes the customer’s wording as a message of a kind, in a draft that somebody else approves: the bot learns to hear it. Twice is once.',
    access: 'tickets',
    problems: [404, 409, 422],
    body: shape.labelBody,
    answer: shape.ticket,
    run: async ({ params, account, body }): Promise<OwnTicket> =>
      ownTicket(api, await api.desk.learn(params.id ?? '', agentOf(account), { label: body }), account),
  }),
]
