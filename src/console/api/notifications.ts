// Endpoints of the bell: what concerns me, and that I have read it.
import { z } from 'zod'
import type { Notifications } from '#handoff'
import type { Accounts } from '../auth/accounts.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import * as shape from './common.schema.ts'

export function notificationEndpoints(notifications: Notifications, accounts: Pick<Accounts, 'list'>): Endpoint[] {
  async function listOf(email: string) {
    const [told, people] = await Promise.all([notifications.list(email), accounts.list()])
    const names = new Map(people.map((one) => [one.email, one.name]))
    return { notifications: told.map(({ by, ...one }) => ({ ...one, ...(by ? { by: names.get(by) ?? by } : {}) })) }
  }
  return [
    endpoint({
      method: 'get',
      path: '/api/notifications',
      does: 'What concerns me, newest first, for 30 days: tickets that became mine, what customers wrote in them, notes that name me.',
      access: 'tickets',
      answer: shape.notifications,
      run: ({ account }) => listOf(account.email),
    }),
    endpoint({
      method: 'post',
      path: '/api/notifications/read',
      does: 'Says that I have read those of a ticket, or all.',
      access: 'tickets',
      body: z.object({
        until: shape.time.meta({ description: 'the newest that I have seen' }),
        ticket: z.string().min(1).max(100).optional(),
      }),
      answer: shape.notifications,
      run: async ({ account, body }) => {
        await notifications.read(account.email, Date.parse(body.until), body.ticket)
        return listOf(account.email)
      },
    }),
  ]
}
