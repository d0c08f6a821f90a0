// Describes an endpoint: one value that is both served and documented, with the roles that may call it.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { z } from 'zod'
import { type ProblemStatus, parse } from '#http'
import type { Account, Role } from './auth/accounts.ts'

/** Who may call it. `tickets`: agents, supervisors and admins; `leads`: the latter two; `policy-…`: by what they do. */
export type Access = 'anyone' | 'signed-in' | keyof typeof MAY

const MAY = {
  tickets: ['agent', 'supervisor', 'admin'],
  leads: ['supervisor', 'admin'],
  admin: ['admin'],
  'policy-read': ['policy-owner', 'editor', 'supervisor', 'admin'],
  'policy-write': ['policy-owner', 'editor', 'admin'],
  'policy-approve': ['policy-owner', 'supervisor', 'admin'],
} as const satisfies Record<string, readonly Role[]>

export function mayCall(access: Access, account: Account): boolean {
  return access === 'anyone' || access === 'signed-in' || MAY[access].some((role) => account.roles.includes(role))
}

/** Whether they may hold tickets. */
export const maySeeTickets = (account: Account): boolean => mayCall('tickets', account)

/** One request, after its checks. */
export type Call<Body, Query> = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly params: Readonly<Record<string, string>>
  readonly body: Body
  readonly query: Query
  /** Who is signed in, and the token that says so; both empty for `anyone`. */
  readonly account: Account
  readonly token: string
}

type Description = {
  readonly method: 'get' | 'post' | 'put' | 'del'
  readonly path: string
  readonly does: string
  readonly access: Access
  /** Statuses of the problems it may answer with, beside those every endpoint has. */
  readonly problems?: readonly ProblemStatus[]
  /** Bytes that the body may have; 64 KiB unless told. */
  readonly longest?: number
  readonly body?: z.ZodType
  readonly query?: z.ZodType
  /** Absent: 204, or a stream that `run` writes itself. */
  readonly answer?: z.ZodType
  /** The media type of a stream that `run` writes itself. */
  readonly stream?: string
}

export type Endpoint = Description & { run(call: Call<unknown, unknown>): Promise<unknown> }

/** Ties the shapes to what `run` receives and returns, so that the description cannot differ from the code. */
export function endpoint<Body = undefined, Query = undefined, Answer = void>(
  one: Description & {
    readonly body?: z.ZodType<Body>
    readonly query?: z.ZodType<Query>
    readonly answer?: z.ZodType<unknown, Answer>
    run(call: Call<Body, Query>): Promise<Answer>
  },
): Endpoint {
  const { body, query, run } = one
  return {
    ...one,
    run: (call) =>
      run({
        ...call,
        body: body ? parse(body, call.body) : (undefined as Body),
        query: query ? parse(query, call.query) : (undefined as Query),
      }),
  }
}
