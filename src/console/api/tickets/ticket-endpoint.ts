// What ticket endpoints share: the agent, and how the desk's refusals become problems.
import type { Refusal } from '#domain'
import type { GateFinding } from '#gate'
import type { Agent, AgentDesk, Ticket } from '#handoff'
import { ProblemError, type ProblemStatus } from '#http'
import type { Account, Accounts } from '../../auth/accounts.ts'
import { endpoint } from '../../endpoint.ts'
import type { ReplyDrafts, UnsentReply } from '../../reply-drafts.ts'
import * as shape from '../tickets.schema.ts'

export type TicketApi = {
  readonly desk: AgentDesk
  readonly drafts: ReplyDrafts
  readonly accounts: Pick<Accounts, 'list'>
}

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
export function granted<T extends object>(answer: T | Refused): Exclude<T, Refused> {
  if (!('refused' in answer)) return answer as Exclude<T, Refused>
  const { refused, because, findings } = answer
  const extra = { type: `urn:warmline:problem:${refused}`, refused, ...(findings ? { findings } : {}) }
  throw new ProblemError(STATUS[refused], because, extra)
}

/** Supervisors and admins may free what others hold. */
export const agentOf = ({ email, name, roles, teams, languages }: Account): Agent => ({
  ...{ email, name, teams, languages },
  lead: roles.some((role) => role === 'supervisor' || role === 'admin'),
})

/** A ticket with what this agent has typed and not sent. */
export type OwnTicket = Ticket & { readonly draft: UnsentReply }

export async function ownTicket(
  { drafts }: Pick<TicketApi, 'drafts'>,
  answer: Ticket | Refused,
  { email }: Account,
): Promise<OwnTicket> {
  const ticket = granted(answer)
  return { ...ticket, draft: await drafts.read(ticket.id, email) }
}

/** An action that takes nothing but the ticket and the agent. */
export const agentAction = (api: TicketApi, name: 'claim' | 'release' | 'reopen' | 'seen' | 'unsnooze', does: string) =>
  endpoint({
    method: 'post',
    path: `/api/tickets/:id/${name}`,
    does,
    access: 'tickets',
    problems: [403, 404, 409],
    answer: shape.ticket,
    run: async ({ params, account }): Promise<OwnTicket> =>
      ownTicket(api, await api.desk[name](params.id ?? '', agentOf(account)), account),
  })
