// The policy desk over HTTP: drafts, what they would change, approvals, rollouts and the way back.
import type { PolicyDesk } from '#releases'
import type { Endpoint } from '../endpoint.ts'
import { draftEndpoints } from './policy/drafts.ts'
import { overviewEndpoints } from './policy/overview.ts'
import { rolloutEndpoints } from './policy/rollouts.ts'
import { sandboxEndpoints } from './policy/sandbox.ts'
import { versionEndpoints } from './policy/versions.ts'

export const policyEndpoints = (desk: PolicyDesk): Endpoint[] => [
  ...overviewEndpoints(desk),
  ...versionEndpoints(desk),
  ...draftEndpoints(desk),
  ...sandboxEndpoints(desk),
  ...rolloutEndpoints(desk),
]
