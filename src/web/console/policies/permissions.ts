// What an account may do with policies; the API enforces it.
import type { User } from '../api-client.ts'

const has =
  (...roles: readonly string[]) =>
  (user: User): boolean =>
    user.roles.some((role) => roles.includes(role))

export const mayReadPolicy = has('policy-owner', 'editor', 'supervisor', 'admin')
export const mayWritePolicy = has('policy-owner', 'editor', 'admin')
export const mayApprovePolicy = has('policy-owner', 'supervisor', 'admin')
export const mayReadTickets = has('agent', 'supervisor', 'admin')
