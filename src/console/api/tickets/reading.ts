// Endpoints that read tickets: lists, a ticket with its messages, the trace of a case.
import { withoutUndefined } from '#lib'
import { type Endpoint, endpoint } from '../../endpoint.ts'
import * as shape from '../tickets.schema.ts'
import { agentAction, agentOf, granted, type OwnTicket, ownTicket, type TicketApi } from './ticket-endpoint.ts'

export const readingEndpoints = (api: TicketApi): Endpoint[] => [
  endpoint({
    method: 'get',
    path: '/api/tickets',
    does: 'Lists tickets, a page at a time: waiting and claimed by priority, then age; resolved newest first.',
    access: 'tickets',
    query: shape.ticketsQuery,
    answer: shape.tickets,
    run: async ({ query: { team, teams = team, mine, ...query }, account }) => {
      const [page, counts] = await Promise.all([
        api.desk.list({
          ...withoutUndefined(query),
          ...(teams ? { teams: teams.split(',') } : {}),
          ...(mine ? { owner: account.email } : {}),
        }),
        api.desk.counts(agentOf(account)),
      ])
      return { ...page, counts }
    },
  }),
  endpoint({
    method: 'get',
    path: '/api/tickets/counts',
    does: 'How many tickets each list has, for me.',
    access: 'tickets',
    answer: shape.counts,
    run: async ({ account }) => api.desk.counts(agentOf(account)),
  }),
  endpoint({
    method: 'get',
    path: '/api/tickets/:id',
    does: 'A ticket with its brief, both sides of the conversation, notes and history.',
    access: 'tickets',
    problems: [404],
    answer: shape.ticket,
    run: async ({ params, account }): Promise<OwnTicket> =>
      ownTicket(api, await api.desk.read(params.id ?? ''), account),
  }),
  endpoint({
    method: 'get',
    path: '/api/tickets/:id/messages',
    does: 'The messages of a ticket before those of a page, at most 200.',
    access: 'tickets',
    problems: [404],
    query: shape.messagesQuery,
    answer: shape.earlierMessages,
    run: async ({ params, query: { before } }) => granted(await api.desk.messages(params.id ?? '', before)),
  }),
  agentAction(api, 'seen', 'Notes that I, who hold it, have read what the customer wrote.'),
  endpoint({
    method: 'post',
    path: '/api/tickets/:id/show',
    does: 'Records that I have private data shown that the console masks, and of which kinds; the history says so.',
    access: 'tickets',
    problems: [404],
    body: shape.showBody,
    answer: shape.ticket,
    run: async ({ params, account, body }): Promise<OwnTicket> =>
      ownTicket(api, await api.desk.show(params.id ?? '', agentOf(account), body?.messages), account),
  }),
  endpoint({
    method: 'get',
    path: '/api/cases/:id',
    does: 'The full trace of a case: messages, decisions with reasons and version, gate verdicts, effects.',
    access: 'tickets',
    problems: [404],
    answer: shape.trace,
    run: async ({ params }) => granted(await api.desk.trace(params.id ?? '')),
  }),
]
