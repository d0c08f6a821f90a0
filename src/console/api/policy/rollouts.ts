// Endpoints of release, rollout and roll back.
import type { PolicyDesk } from '#releases'
import { type Endpoint, endpoint } from '../../endpoint.ts'
import * as shape from '../policy.schema.ts'
import { APPROVE, draftPath, granted } from './access.ts'

export const rolloutEndpoints = (desk: PolicyDesk): Endpoint[] => [
  endpoint({
    ...APPROVE,
    path: draftPath('/release'),
    does: 'Gives an approved draft to everybody, to some, or has it decide silently.',
    body: shape.releaseBody,
    answer: shape.overview,
    run: async ({ params, body = {}, account }) => granted(await desk.release(params.id ?? '', account.email, body)),
  }),
  endpoint({
    ...APPROVE,
    path: '/api/policy/rollout',
    does: 'Changes whom the running rollout is given to.',
    body: shape.rolloutBody,
    answer: shape.overview,
    run: async ({ body, account }) => granted(await desk.widen(account.email, body)),
  }),
  endpoint({
    ...APPROVE,
    path: '/api/policy/rollout/complete',
    does: 'Gives the version of the running rollout to everybody.',
    answer: shape.overview,
    run: async ({ account }) => granted(await desk.complete(account.email)),
  }),
  endpoint({
    ...APPROVE,
    path: '/api/policy/rollback',
    does: 'Back: to `to`, or what the running rollout replaces, or the version before.',
    body: shape.rollbackBody,
    answer: shape.overview,
    run: async ({ body, account }) => granted(await desk.rollBack(account.email, body.because, body.to)),
  }),
]
