// Endpoints that pause the bot: for a customer, on a channel, everywhere.
import { z } from 'zod'
import type { ChannelName } from '#domain'
import type { AgentDesk, BotPause, BotPauses, PauseScope } from '#handoff'
import { ProblemError } from '#http'
import { type Call, type Endpoint, endpoint, mayCall } from '../endpoint.ts'
import * as shape from './common.schema.ts'
import { granted } from './tickets/ticket-endpoint.ts'

const LONGEST_REASON = 200

const target = z.object({
  channel: z.string().max(100).optional().meta({ description: 'on this network alone' }),
  ticket: z.string().max(100).optional().meta({ description: 'for the customer of this ticket alone' }),
})
const pauseBody = target.extend({
  because: z
    .string()
    .trim()
    .min(1, 'say why, so that your colleagues know')
    .max(LONGEST_REASON, `at most ${LONGEST_REASON} characters`),
})

export function botPauseEndpoints(
  pauses: BotPauses,
  desk: Pick<AgentDesk, 'read'>,
  channels: readonly ChannelName[],
): Endpoint[] {
  const answer = () => ({ pauses: pauses.list().map(stated), channels })

  /** Agents pause it for a customer; supervisors and admins anywhere. */
  async function scopeOf(
    { channel, ticket }: z.infer<typeof target>,
    account: Call<unknown, unknown>['account'],
  ): Promise<PauseScope> {
    if (ticket !== undefined) return `customer:${granted(await desk.read(ticket)).customer.id}`
    if (!mayCall('leads', account)) {
      throw new ProblemError(
        403,
        'you can pause the bot for one customer, from their ticket; ask a supervisor for more',
      )
    }
    if (channel === undefined) return 'everywhere'
    const known = channels.find((name) => name === channel)
    if (!known) throw new ProblemError(404, `no network called ${channel} is connected`)
    return `channel:${known}`
  }

  return [
    endpoint({
      method: 'get',
      path: '/api/bot-pauses',
      does: 'Where the bot is paused, by whom and why.',
      access: 'signed-in',
      answer: shape.botPauses,
      run: async () => answer(),
    }),
    endpoint({
      method: 'post',
      path: '/api/bot-pauses',
      does: 'Pauses the bot everywhere, on a network or for the customer of a ticket: what it would answer waits for a person.',
      access: 'tickets',
      problems: [403, 404],
      body: pauseBody,
      answer: shape.botPauses,
      run: async ({ account, body: { because, ...where } }) => {
        await pauses.pause({ scope: await scopeOf(where, account), by: account.name, because })
        return answer()
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/bot-pauses/resume',
      does: 'Lets the bot speak again there.',
      access: 'tickets',
      problems: [403, 404],
      body: target,
      answer: shape.botPauses,
      run: async ({ account, body }) => {
        await pauses.resume(await scopeOf(body, account))
        return answer()
      },
    }),
  ]
}

const stated = ({ at, ...pause }: BotPause) => ({ ...pause, at: new Date(at).toISOString() })
