// Endpoints of drafts, from the first change to approval.
import type { PolicyDesk } from '#releases'
import { type Endpoint, endpoint } from '../../endpoint.ts'
import * as shape from '../policy.schema.ts'
import { APPROVE, draftPath, granted, LONGEST_FILE, READ, WRITE } from './access.ts'

export const draftEndpoints = (desk: PolicyDesk): Endpoint[] => [
  endpoint({
    ...WRITE,
    path: '/api/policy/drafts',
    does: 'Begins a draft from the live version.',
    body: shape.draftBody,
    answer: shape.draft,
    run: async ({ body, account }) => granted(await desk.begin(body.title, account.email)),
  }),
  endpoint({
    ...READ,
    method: 'get',
    path: draftPath(''),
    does: 'A draft with its policies, what it changes, and what is wrong with it.',
    problems: [404],
    answer: shape.draft,
    run: async ({ params }) => granted(await desk.draft(params.id ?? '')),
  }),
  endpoint({
    ...WRITE,
    path: draftPath('/file'),
    does: 'Saves a file of a draft, or removes it. Whatever was approved of the draft is void.',
    longest: LONGEST_FILE,
    body: shape.saveBody,
    answer: shape.draft,
    run: async ({ params, body, account }) => granted(await desk.save(params.id ?? '', account.email, body)),
  }),
  endpoint({
    ...WRITE,
    path: draftPath('/propose'),
    does: 'Asks for approval. 422 with `problems` or `failed` examples when something is wrong.',
    body: shape.proposeBody,
    answer: shape.draft,
    run: async ({ params, body, account }) => granted(await desk.propose(params.id ?? '', account.email, body.message)),
  }),
  endpoint({
    ...WRITE,
    path: draftPath('/withdraw'),
    does: 'Gives a draft up.',
    answer: shape.draft,
    run: async ({ params, account }) => granted(await desk.withdraw(params.id ?? '', account.email)),
  }),
  endpoint({
    ...APPROVE,
    path: draftPath('/approve'),
    does: 'Approves a proposed draft of somebody else.',
    body: shape.approveBody,
    answer: shape.draft,
    run: async ({ params, body, account }) =>
      granted(await desk.approve(params.id ?? '', account.email, body?.comment)),
  }),
  endpoint({
    ...APPROVE,
    path: draftPath('/reject'),
    does: 'Sends a draft back to be edited.',
    body: shape.rejectBody,
    answer: shape.draft,
    run: async ({ params, body, account }) => granted(await desk.reject(params.id ?? '', account.email, body.comment)),
  }),
]
