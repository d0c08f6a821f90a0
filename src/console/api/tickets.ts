// The desk over HTTP: tickets, replies, notes and the trace of a case.

import type { Refusal } from '#domain'
import type { GateFinding } from '#gate'
import type { Agent, AgentDesk, FollowUp, Ticket } from '#handoff'
import { ProblemError, type ProblemStatus } from '#http'
import type { Account } from '../auth/accounts.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import type { ReplyDrafts, UnsentReply } from '../reply-drafts.ts'
import * as shape from './tickets.schema.ts'

const STATUS: Record<Refusal['refused'], ProblemStatus> = {
  'not-found': 404,
  conflict: 409,
  'not-yours': 403,
  gate: 422,
  channel: 422,
  invalid: 422,
}

type Refused = Refusal & { readonly findings?: readonly GateFinding[] }

/** The desk's answer, or its refusal as a problem. */
function granted<T extends object>(answer: T | Refused): Exclude<T, Refused> {
  if (!('refused' in answer)) return answer as Exclude<T, Refused>
  const { refused, because, findings } = answer
  const extra = { type: `urn:warmline:problem:${refused}`, refused, ...(findings ? { findings } : {}) }
  throw new ProblemError(STATUS[refused], because, extra)
}

/** Supervisors and admins may free what others hold. */
const agentOf = ({ email, name, roles }: Account): Agent => ({
  email,
  name,
  lead: roles.some((role) => role === 'supervisor' || role === 'admin'),
})

function followUpOf(asked: { at: string; text?: string | undefined } | null | undefined): { followUp?: FollowUp } {
  if (!asked) return asked === null ? { followUp: null } : {}
  return { followUp: { at: Date.parse(asked.at), ...(asked.text ? { text: asked.text } : {}) } }
}

/** A ticket with what this agent has typed and not sent. */
type OwnTicket = Ticket & { readonly draft: UnsentReply }

export function ticketEndpoints(desk: AgentDesk, drafts: ReplyDrafts): Endpoint[] {
  async function own(answer: Ticket | Refused, { email }: Account): Promise<OwnTicket> {
    const ticket = granted(answer)
    return { ...ticket, draft: await drafts.read(ticket.id, email) }
  }
  const step = (name: 'claim' | 'release' | 'reopen' | 'seen', does: string) =>
    endpoint({
      method: 'post',
      path: `/api/tickets/:id/${name}`,
      does,
      access: 'tickets',
      problems: [403, 404, 409],
      answer: shape.ticket,
      run: async ({ params, account }): Promise<OwnTicket> =>
        own(await desk[name](params.id ?? '', agentOf(account)), account),
    })
  return [
    endpoint({
      method: 'get',
      path: '/api/tickets',
      does: 'Lists tickets, a page at a time: waiting and claimed by priority, then age; resolved newest first.',
      access: 'tickets',
      query: shape.ticketsQuery,
      answer: shape.tickets,
      run: async ({ query: { state, team, mine, cursor, limit }, account }) => {
        const [page, counts] = await Promise.all([
          desk.list({
            ...(state ? { state } : {}),
            ...(team ? { team } : {}),
            ...(mine ? { owner: account.email } : {}),
            ...(cursor ? { cursor } : {}),
            ...(limit ? { limit } : {}),
          }),
          desk.counts(agentOf(account)),
        ])
        return { ...page, counts }
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/tickets/:id',
      does: 'A ticket with its brief, both sides of the conversation, notes and history.',
      access: 'tickets',
      problems: [404],
      answer: shape.ticket,
      run: async ({ params, account }): Promise<OwnTicket> => own(await desk.read(params.id ?? ''), account),
    }),
    endpoint({
      method: 'get',
      path: '/api/tickets/:id/messages',
      does: 'The messages of a ticket before those of a page, at most 200.',
      access: 'tickets',
      problems: [404],
      query: shape.messagesQuery,
      answer: shape.earlierMessages,
      run: async ({ params, query: { before } }) => granted(await desk.messages(params.id ?? '', before)),
    }),
    step('seen', 'Notes that I, who hold it, have read what the customer wrote.'),
    step('claim', 'Takes the case from the queue: from now on the bot is silent in it.'),
    step('release', 'Puts a ticket that I hold back into the queue.'),
    step('reopen', 'Makes a resolved ticket mine again: from now on the bot is silent in it.'),
    endpoint({
      method: 'post',
      path: '/api/tickets/:id/resolve',
      does: 'Closes a ticket that I hold. For 10 seconds the customer is not written to, so that `reopen` takes it back.',
      access: 'tickets',
      problems: [403, 404, 409],
      body: shape.resolveBody,
      answer: shape.ticket,
      run: async ({ params, account, body }): Promise<OwnTicket> =>
        own(
          await desk.resolve(params.id ?? '', agentOf(account), {
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
        return own(await desk.return(params.id ?? '', agentOf(account), back), account)
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/tickets/:id/replies',
      does: 'Writes to the customer, through the gate. 422 with findings when the gate says no.',
      access: 'tickets',
      problems: [403, 404, 409, 422],
      body: shape.replyBody,
      answer: shape.ticket,
      run: async ({ params, account, body: { text, audience, override, invite } }): Promise<OwnTicket> => {
        const reply = { text, audience, ...(override ? { override } : {}), ...(invite ? { invite } : {}) }
        const sent = granted(await desk.reply(params.id ?? '', account, reply))
        await drafts.write(sent.id, account.email, { [audience]: '' }, '')
        return own(sent, account)
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/tickets/:id/notes',
      does: 'Adds a note for colleagues; customers never see it.',
      access: 'tickets',
      problems: [403, 404],
      body: shape.noteBody,
      answer: shape.ticket,
      run: async ({ params, account, body }): Promise<OwnTicket> => {
        const noted = granted(await desk.note(params.id ?? '', account, body.text))
        await drafts.write(noted.id, account.email, { note: '' }, '')
        return own(noted, account)
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/tickets/:id/show',
      does: 'Records that I have private data shown that the console masks, and of which kinds; the history says so.',
      access: 'tickets',
      problems: [404],
      body: shape.showBody,
      answer: shape.ticket,
      run: async ({ params, account, body }): Promise<OwnTicket> =>
        own(await desk.show(params.id ?? '', agentOf(account), body?.messages), account),
    }),
    endpoint({
      method: 'post',
      path: '/api/tickets/:id/wordings',
      does: 'Proposes the customer’s wording for an article, or, with `answer`, as what the article does not answer, in a draft that somebody else approves. Twice is once.',
      access: 'tickets',
      problems: [404, 409, 422],
      body: shape.wordingBody,
      answer: shape.ticket,
      run: async ({ params, account, body }): Promise<OwnTicket> =>
        own(await desk.learn(params.id ?? '', agentOf(account), body), account),
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
        own(await desk.learn(params.id ?? '', agentOf(account), { label: body }), account),
    }),
    endpoint({
      method: 'put',
      path: '/api/tickets/:id/draft',
      does: 'Keeps what I have typed and not sent, so that it survives a reload; parts that are absent stay. Sending removes it.',
      access: 'tickets',
      problems: [404],
      longest: 128 * 1024,
      body: shape.draftBody,
      run: async ({ params, account, body: { tab, ...parts } }): Promise<void> => {
        const { id } = granted(await desk.read(params.id ?? ''))
        await drafts.write(id, account.email, parts, tab)
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/cases/:id',
      does: 'The full trace of a case: messages, decisions with reasons and version, gate verdicts, effects.',
      access: 'tickets',
      problems: [404],
      answer: shape.trace,
      run: async ({ params }) => granted(await desk.trace(params.id ?? '')),
    }),
  ]
}
