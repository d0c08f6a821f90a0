// Endpoints of a ticket's state: claim, release, resolve, return, reopen.
import type { FollowUp } from '#handoff'
import { type Endpoint, endpoint } from '../../endpoint.ts'
import * as shape from '../tickets.schema.ts'
import { agentAction, agentOf, type OwnTicket, ownTicket, type TicketApi } from './ticket-endpoint.ts'

function followUpOf(asked: { at: string; text?: string | undefined } | null | undefined): { followUp?: FollowUp } {
  if (!asked) return asked === null ? { followUp: null } : {}
  return { followUp: { at: Date.parse(asked.at), ...(asked.text ? { text: asked.text } : {}) } }
}

type LastWords = { note?: string | undefined; promises?: string | string[] | undefined }

/** What the agent leaves for the history and for the bot; what is empty is left out. */
function lastWordsOf(body: LastWords | undefined): { note?: string; promises?: string } {
  const promises = [body?.promises ?? []].flat().filter(Boolean).join('; ')
  return { ...(body?.note ? { note: body.note } : {}), ...(promises ? { promises } : {}) }
}

export const transitionEndpoints = (api: TicketApi): Endpoint[] => [
  agentAction(api, 'claim', 'Takes the case from the queue: from now on the bot is silent in it.'),
  agentAction(api, 'release', 'Puts a ticket that I hold back into the queue.'),
  agentAction(api, 'reopen', 'Makes a resolved ticket mine again: from now on the bot is silent in it.'),
  endpoint({
    method: 'post',
    path: '/api/tickets/next',
    does: 'Claims for me the most urgent ticket, then the oldest, that waits for a team of mine in a language of mine.',
    access: 'tickets',
    answer: shape.nextTicket,
    run: async ({ account }) => {
      const next = await api.desk.next(agentOf(account))
      return { ticket: next ? await ownTicket(api, next, account) : null }
    },
  }),
  endpoint({
    method: 'post',
    path: '/api/tickets/:id/transfer',
    does: 'Hands a ticket to a team, where it waits, or to a colleague, who has it at once. Agents: what they hold and what waits.',
    access: 'tickets',
    problems: [403, 404, 409, 422],
    body: shape.transferBody,
    answer: shape.ticket,
    run: async ({ params, account, body: { team, to, note } }): Promise<OwnTicket> => {
      const where = to === undefined ? { team: team ?? '' } : { to }
      const moved = await api.desk.transfer(params.id ?? '', agentOf(account), { ...where, ...(note ? { note } : {}) })
      return ownTicket(api, moved, account)
    },
  }),
  endpoint({
    method: 'post',
    path: '/api/tickets/:id/snooze',
    does: 'Puts a ticket that I hold aside until a time, or until the customer writes.',
    access: 'tickets',
    problems: [403, 404, 409, 422],
    body: shape.snoozeBody,
    answer: shape.ticket,
    run: async ({ params, account, body }): Promise<OwnTicket> => {
      const until = body?.until === undefined ? undefined : Date.parse(body.until)
      return ownTicket(api, await api.desk.snooze(params.id ?? '', agentOf(account), until), account)
    },
  }),
  agentAction(api, 'unsnooze', 'Takes a ticket up again that I had put aside.'),
  endpoint({
    method: 'put',
    path: '/api/tickets/:id/tags',
    does: 'Puts these tags in place of those that a ticket has.',
    access: 'tickets',
    problems: [404],
    body: shape.tagsBody,
    answer: shape.ticket,
    run: async ({ params, account, body }): Promise<OwnTicket> =>
      ownTicket(api, await api.desk.tag(params.id ?? '', agentOf(account), body.tags), account),
  }),
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
          ...lastWordsOf(body),
          ...(body?.outcome ? { outcome: body.outcome } : {}),
          ...(body?.reason ? { reason: body.reason } : {}),
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
      const back = { ...lastWordsOf(body), ...followUpOf(body?.followUp) }
      return ownTicket(api, await api.desk.return(params.id ?? '', agentOf(account), back), account)
    },
  }),
]
