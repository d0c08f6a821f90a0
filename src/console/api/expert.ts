// Endpoints of experts outside: an agent asks one by a link, and whoever has the link reads and answers, without an account.
import type { IncomingMessage } from 'node:http'
import type { AgentDesk } from '#handoff'
import { ProblemError, readAddress } from '#http'
import { type Endpoint, endpoint } from '../endpoint.ts'
import * as shape from './expert.schema.ts'
import { agentOf, granted, type OwnTicket, ownTicket, type TicketApi } from './tickets/ticket-endpoint.ts'
import { ticket } from './tickets.schema.ts'

const DEFAULT_HOURS = 72

export const expertEndpoints = (api: TicketApi, publicUrl: string): Endpoint[] => [
  endpoint({
    method: 'post',
    path: '/api/tickets/:id/experts',
    does: 'Asks an expert outside by a signed link, which holds for a while, for one answer. I copy the link and send it.',
    access: 'tickets',
    problems: [403, 404, 409, 422],
    body: shape.askBody,
    answer: shape.asked,
    run: async ({ params, account, body }): Promise<{ ticket: OwnTicket; link: string }> => {
      const { name, question, messages = [], unmasked = false, hours = DEFAULT_HOURS } = body
      const asking = { name, question, messages, unmasked, hours }
      const asked = granted(await api.desk.askExpert(params.id ?? '', agentOf(account), asking))
      // After `#`, so that it reaches no server's log on its way.
      return { ticket: await ownTicket(api, asked.ticket, account), link: `${publicUrl}/expert#${asked.token}` }
    },
  }),
  endpoint({
    method: 'post',
    path: '/api/tickets/:id/experts/:question/revoke',
    does: 'Takes an expert’s link back. Agents: links of their own, and of tickets that they hold.',
    access: 'tickets',
    problems: [403, 404, 409],
    answer: ticket,
    run: async ({ params, account }): Promise<OwnTicket> => {
      const revoked = await api.desk.revokeExpert(params.id ?? '', agentOf(account), params.question ?? '')
      return ownTicket(api, revoked, account)
    },
  }),
  endpoint({
    method: 'post',
    path: '/api/expert/question',
    does: 'What an expert with a link is asked, and the messages that they may read. 409 where the link is used, taken back or old.',
    access: 'anyone',
    problems: [404, 409, 429],
    body: shape.readBody,
    answer: shape.question,
    run: async ({ request, body: { token } }) => {
      await inTime(api.desk, request)
      return granted(await api.desk.readAsExpert(token))
    },
  }),
  endpoint({
    method: 'post',
    path: '/api/expert/answer',
    does: 'The expert’s answer: a note in the ticket, once.',
    access: 'anyone',
    problems: [404, 409, 429],
    body: shape.answerBody,
    answer: shape.answered,
    run: async ({ request, body: { token, text } }) => {
      await inTime(api.desk, request)
      return granted(await api.desk.answerAsExpert(token, text))
    },
  }),
]

async function inTime(desk: Pick<AgentDesk, 'expertWait'>, request: IncomingMessage): Promise<void> {
  const wait = await desk.expertWait(readAddress(request))
  if (wait === 0) return
  const minutes = Math.ceil(wait / 60_000)
  const because = `there were too many tries from your network; try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}`
  throw new ProblemError(429, because, {}, { 'retry-after': String(Math.ceil(wait / 1000)) })
}
