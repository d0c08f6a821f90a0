// Roles for policy endpoints, and how the policy desk's refusals become problems.
import { ProblemError, type ProblemStatus } from '#http'
import type { Refusal } from '#releases'

const STATUS: Record<Refusal['refused'], ProblemStatus> = { 'not-found': 404, conflict: 409, invalid: 422 }

/** A file of 256 KiB, in JSON that may need two bytes for one. */
export const LONGEST_FILE = 520 * 1024

/** The desk's answer, or its refusal as a problem. */
export function granted<T extends object>(answer: T | Refusal): Exclude<T, Refusal> {
  if (!('refused' in answer)) return answer as Exclude<T, Refusal>
  const { refused, because, ...more } = answer as Refusal
  throw new ProblemError(STATUS[refused], because, { type: `urn:warmline:problem:${refused}`, refused, ...more })
}

export const READ = { access: 'policy-read' } as const
export const WRITE = { access: 'policy-write', method: 'post', problems: [404, 409, 422] } as const
/** What only looks: whoever approves a draft has to see what it would do. */
export const LOOK = { access: 'policy-read', method: 'post', problems: [404, 409, 422] } as const
export const APPROVE = { access: 'policy-approve', method: 'post', problems: [404, 409, 422] } as const

export const draftPath = (path: string) => `/api/policy/drafts/:id${path}`
