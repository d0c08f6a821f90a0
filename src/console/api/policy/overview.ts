// Endpoints of what is released, and of what a policy may say.
import type { PolicyDesk } from '#releases'
import { type Endpoint, endpoint } from '../../endpoint.ts'
import * as shape from '../policy.schema.ts'
import { granted, READ } from './access.ts'

export const overviewEndpoints = (desk: PolicyDesk): Endpoint[] => [
  endpoint({
    ...READ,
    method: 'get',
    path: '/api/policy',
    does: 'What is released and to whom, the drafts newest first, and what is wrong with the folder.',
    answer: shape.overview,
    run: () => desk.overview(),
  }),
  endpoint({
    ...READ,
    method: 'get',
    path: '/api/policy/words',
    does: 'What a policy may say, with meanings: facts, verdicts, sayings, keys of a rule, and the words of the live version.',
    answer: shape.words,
    run: async () => desk.words(),
  }),
  endpoint({
    ...READ,
    method: 'get',
    path: '/api/policy/certainty',
    does: 'How sure the bot has to be of an answer, and what the live articles’ own questions prove of that. The first question begins to measure it, which may take a minute.',
    answer: shape.certainty,
    run: async () => granted(await desk.certainty()),
  }),
]
