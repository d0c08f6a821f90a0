// Endpoints of sessions and accounts: sign in, sign out, add and remove people.
import type { AgentDesk } from '#handoff'
import { ProblemError, readAddress } from '#http'
import type { Account, Accounts } from '../auth/accounts.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import type { Presence, PresenceState } from '../presence.ts'
import * as shape from './common.schema.ts'

/** The cookie's name; browsers keep a `__Host-` cookie from other hosts and from plain HTTP. */
export const cookieName = (secure: boolean) => (secure ? '__Host-warmline_session' : 'warmline_session')

function cookie(token: string, secure: boolean, seconds?: number): string {
  const parts = [`${cookieName(secure)}=${token}`, 'Path=/', 'HttpOnly', 'SameSite=Lax']
  if (secure) parts.push('Secure')
  if (seconds !== undefined) parts.push(`Max-Age=${seconds}`)
  return parts.join('; ')
}

export function sessionEndpoints(
  accounts: Accounts,
  presence: Presence,
  desk: Pick<AgentDesk, 'releaseAll'>,
  secure: boolean,
): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/api/session',
      does: 'Signs in; the answer sets the session cookie.',
      access: 'anyone',
      problems: [429],
      body: shape.sessionBody,
      answer: shape.session,
      run: async ({ request, response, body: { email, password } }): Promise<{ user: Account }> => {
        const wait = await accounts.attempts.take(email.toLowerCase(), readAddress(request))
        if (wait > 0) {
          const minutes = Math.ceil(wait / 60_000)
          throw new ProblemError(
            429,
            `there were too many tries; try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}`,
            {},
            { 'retry-after': String(Math.ceil(wait / 1000)) },
          )
        }
        const user = await accounts.check(email, password)
        if (!user) throw new ProblemError(401, 'the e-mail or the password is wrong')
        await accounts.attempts.clear(user.email)
        response.setHeader('set-cookie', cookie(await accounts.sessions.start(user.email), secure))
        return { user }
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/session',
      does: 'Who is signed in, and whether they are on duty.',
      access: 'signed-in',
      answer: shape.ownSession,
      run: async ({ account }): Promise<{ user: Account; presence: PresenceState }> => ({
        user: account,
        presence: (await presence.of([account.email])).get(account.email) ?? 'off-duty',
      }),
    }),
    endpoint({
      method: 'del',
      path: '/api/session',
      does: 'Signs out.',
      access: 'signed-in',
      run: async ({ response, token }) => {
        await accounts.sessions.end(token)
        response.setHeader('set-cookie', cookie('', secure, 0))
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/people',
      does: 'Everybody who may sign in.',
      access: 'admin',
      answer: shape.people,
      run: async () => ({ people: await accounts.list() }),
    }),
    endpoint({
      method: 'post',
      path: '/api/people',
      does: 'Adds a person, or changes name, roles and (if given) password of the one with that e-mail.',
      access: 'admin',
      problems: [409],
      body: shape.personBody,
      answer: shape.people,
      run: async ({ account, body: { password, ...person } }) => {
        const known = (await accounts.list()).some(({ email }) => email === person.email.toLowerCase())
        if (!known && password === undefined) {
          throw new ProblemError(400, '`password`: a new person needs one, at least 12 characters')
        }
        if (account.email === person.email.toLowerCase() && !person.roles.includes('admin')) {
          throw new ProblemError(409, 'you cannot take the admin role from yourself; ask another admin')
        }
        await accounts.upsert(person, password)
        return { people: await accounts.list() }
      },
    }),
    endpoint({
      method: 'del',
      path: '/api/people/:email',
      does: 'Removes a person; their sessions end at once.',
      access: 'admin',
      problems: [409],
      run: async ({ account, params }) => {
        if (params.email?.toLowerCase() === account.email) {
          throw new ProblemError(409, 'you cannot remove yourself; ask another admin')
        }
        // First of all their customers: nobody waits for a person who is gone.
        await desk.releaseAll((params.email ?? '').toLowerCase(), account)
        await accounts.remove(params.email ?? '')
      },
    }),
  ]
}
