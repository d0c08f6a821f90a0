// Endpoints that check, try and replay a draft; nothing is sent.
import type { PolicyDesk } from '#releases'
import { type Endpoint, endpoint } from '../../endpoint.ts'
import * as shape from '../policy.schema.ts'
import { draftPath, granted, LONGEST_FILE, LOOK } from './access.ts'

export const sandboxEndpoints = (desk: PolicyDesk): Endpoint[] => [
  endpoint({
    ...LOOK,
    path: draftPath('/check'),
    does: 'Every problem of a draft by file and line, and every example tried.',
    answer: shape.checked,
    run: async ({ params }) => granted(await desk.check(params.id ?? '')),
  }),
  endpoint({
    ...LOOK,
    path: draftPath('/lint'),
    does: 'The same for words that are not saved, with the examples of that file alone.',
    longest: LONGEST_FILE,
    body: shape.lintBody,
    answer: shape.checked,
    run: async ({ params, body }) => granted(await desk.lint(params.id ?? '', body)),
  }),
  endpoint({
    ...LOOK,
    path: draftPath('/try'),
    does: 'Which rule decides about a customer’s words, in the live version and in the draft.',
    longest: LONGEST_FILE,
    body: shape.tryBody,
    answer: shape.tried,
    run: async ({ params, body }) => granted(await desk.try(params.id ?? '', body)),
  }),
  endpoint({
    ...LOOK,
    path: draftPath('/replay'),
    does: `Which of the last turns would end otherwise. At most ${shape.MOST_REPLAYED}; nothing is sent or looked up.`,
    body: shape.replayBody,
    answer: shape.replayed,
    run: async ({ params, body }) => granted(await desk.replay(params.id ?? '', body.last)),
  }),
]
