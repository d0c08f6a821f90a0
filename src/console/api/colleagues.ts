// Endpoints of who works here: colleagues with their teams, and my own presence.
import { z } from 'zod'
import type { AgentDesk } from '#handoff'
import type { Accounts } from '../auth/accounts.ts'
import { type Endpoint, endpoint, mayCall } from '../endpoint.ts'
import { PRESENCES, type Presence } from '../presence.ts'
import * as shape from './common.schema.ts'

export function colleagueEndpoints(
  accounts: Pick<Accounts, 'list'>,
  presence: Presence,
  desk: Pick<AgentDesk, 'held'>,
): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/colleagues',
      does: 'Who may hold tickets: their teams and languages, whether they are on duty, how many they hold.',
      access: 'tickets',
      answer: shape.colleagues,
      run: async () => {
        const people = (await accounts.list()).filter((account) => mayCall('tickets', account))
        const states = await presence.of(people.map(({ email }) => email))
        const colleagues = await Promise.all(
          people.map(async ({ email, name, teams, languages, capacity }) => ({
            ...{ email, name, teams, languages, capacity },
            presence: states.get(email) ?? ('off-duty' as const),
            holding: await desk.held(email),
          })),
        )
        return { colleagues }
      },
    }),
    endpoint({
      method: 'put',
      path: '/api/session/presence',
      does: 'Says whether I am on duty. It ends when my last page is closed.',
      access: 'tickets',
      body: z.object({ presence: z.enum(PRESENCES) }),
      run: async ({ account, body }): Promise<void> => presence.set(account.email, body.presence),
    }),
  ]
}
