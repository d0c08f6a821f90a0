// Endpoints of what an agent writes: replies, notes, reply drafts.
import { type Endpoint, endpoint, mayCall } from '../../endpoint.ts'
import { findMentions } from '../../mentions.ts'
import * as shape from '../tickets.schema.ts'
import { granted, type OwnTicket, ownTicket, type TicketApi } from './ticket-endpoint.ts'

export const replyEndpoints = (api: TicketApi): Endpoint[] => {
  const mentionsIn = async (text: string) =>
    text.includes('@')
      ? findMentions(
          text,
          (await api.accounts.list()).filter((one) => mayCall('tickets', one)),
        )
      : []
  return [
    endpoint({
      method: 'post',
      path: '/api/tickets/:id/replies',
      does: 'Writes to the customer, through the gate, with the steps of a macro. 422 with findings when the gate says no.',
      access: 'tickets',
      problems: [403, 404, 409, 422],
      body: shape.replyBody,
      answer: shape.ticket,
      run: async ({ params, account, body: { text, audience, override, invite, part, also } }): Promise<OwnTicket> => {
        const reply = {
          text,
          audience,
          ...(override ? { override } : {}),
          ...(invite ? { invite } : {}),
          ...(part ? { part } : {}),
          ...(also ? { also } : {}),
        }
        const sent = granted(await api.desk.reply(params.id ?? '', account, reply))
        await api.drafts.write(sent.id, account.email, { [audience]: '' }, '')
        return ownTicket(api, sent, account)
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/tickets/:id/check',
      does: 'Says what the gate would say to a reply, and how long it is as the network counts. Nothing is sent or kept.',
      access: 'tickets',
      problems: [403, 404, 422],
      body: shape.checkBody,
      answer: shape.replyCheck,
      run: async ({ params, account, body: { text, audience, part } }) =>
        granted(await api.desk.check(params.id ?? '', account, { text, audience, ...(part ? { part } : {}) })),
    }),
    endpoint({
      method: 'post',
      path: '/api/tickets/:id/notes',
      does: 'Adds a note for colleagues; customers never see it. Whoever it names, as in `@Mia Okafor`, is notified.',
      access: 'tickets',
      problems: [403, 404],
      body: shape.noteBody,
      answer: shape.ticket,
      run: async ({ params, account, body }): Promise<OwnTicket> => {
        const noted = granted(await api.desk.note(params.id ?? '', account, body.text, await mentionsIn(body.text)))
        await api.drafts.write(noted.id, account.email, { note: '' }, '')
        return ownTicket(api, noted, account)
      },
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
        const { id } = granted(await api.desk.read(params.id ?? ''))
        await api.drafts.write(id, account.email, parts, tab)
      },
    }),
  ]
}
