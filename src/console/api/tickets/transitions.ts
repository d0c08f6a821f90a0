// Endpoints of a ticket's state: claim, release, resolve, return, reopen.
import type { FollowUp } from '#handoff'
import { type Endpoint, endpoint } from '../../endpoint.ts'
import * as shape from '../tickets.schema.ts'
import { agentAction, agentOf, type OwnTicket, ownTicket, type TicketApi } from './ticket-endpoint.ts'

function followUpOf(asked: { at: string; text?: string | undefined } | null | undefined): { followUp?: FollowUp } {
  if (!asked) return asked === null ? { followUp: null } : {}
  return { followUp: { at: Date.parse(asked.at), ...(asked.text ? { text: asked.text } : {}) } }
}

export const transitionEndpoints = (api: TicketApi): Endpoint[] => [
  agentAction(api, 'claim', 'Takes the case from the queue: from now on the bot is silent in it.'),
  agentAction(api, 'release', 'Puts a ticket that I hold back into the queue.'),
  agentAction(api, 'reopen', 'Makes a resolved ticket mine again: from now on the bot is silent in it.'),
  endpoint({
    method: 'post',
    path: '/api/tickets/:id/resolve',
    does: 'Closes a ticket that I hold. For 10 seconds the customer is not written to, so that `reopen` takes it back.',
    access: 'tickets',
    problems: [403, 404, 409],
    body: shape.resolveBody,
    answer: shape.ticket,
    run: async ({ params, account, body }): Promise<OwnTicket> =>
      ownTicket(
        api,
        await api.desk.resolve(params.id ?? '', agentOf(account), {
          ...followUpOf(body?.followUp),
          ...(body?.note ? { note: body.note } : {}),
        }),
        account,
      ),
  }),
  endpoint({
    method: 'post',
    path: '/api/tickets/:id/return',
    does: 'Gives the case back to the bot, which is told what was promised.',
    access: 'tickets',
    problems: [403, 404, 409],
    body: shape.returnBody,
    answer: shape.ticket,
    run: async ({ params, account, body }): Promise<OwnTicket> => {
      const promises = [body?.promises ?? []].flat().filter(Boolean).join('; ')
      const more = { ...(body?.note ? { note: body.note } : {}), ...(promises ? { promises } : {}) }
      const back = { ...more, ...followUpOf(body?.followUp) }
      return ownTicket(api, await api.desk.return(params.id ?? '', agentOf(account), back), account)
    },
  }),
]
