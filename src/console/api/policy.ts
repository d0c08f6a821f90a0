// The policy desk over HTTP: drafts, what they would change, approvals, rollouts and the way back.

import { ProblemError, type ProblemStatus } from '#http'
import { type PolicyDesk, type Refusal, tarOf } from '#releases'
import { type Endpoint, endpoint } from '../endpoint.ts'
import * as shape from './policy.schema.ts'

const STATUS: Record<Refusal['refused'], ProblemStatus> = { 'not-found': 404, conflict: 409, invalid: 422 }

/** A file of 256 KiB, in JSON that may need two bytes for one. */
const LONGEST_FILE = 520 * 1024

/** The desk's answer, or its refusal as a problem. */
function granted<T extends object>(answer: T | Refusal): Exclude<T, Refusal> {
  if (!('refused' in answer)) return answer as Exclude<T, Refusal>
  const { refused, because, ...more } = answer as Refusal
  throw new ProblemError(STATUS[refused], because, { type: `urn:warmline:problem:${refused}`, refused, ...more })
}

const READ = { access: 'policy-read' } as const
const WRITE = { access: 'policy-write', method: 'post', problems: [404, 409, 422] } as const
/** What only looks: whoever approves a draft has to see what it would do. */
const LOOK = { access: 'policy-read', method: 'post', problems: [404, 409, 422] } as const
const APPROVE = { access: 'policy-approve', method: 'post', problems: [404, 409, 422] } as const

export function policyEndpoints(desk: PolicyDesk): Endpoint[] {
  const draft = (path: string) => `/api/policy/drafts/:id${path}`
  return [
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
    endpoint({
      ...READ,
      method: 'get',
      path: '/api/policy/versions',
      does: 'Versions, newest first. At most 200.',
      answer: shape.versions,
      run: async () => ({ versions: await desk.versions() }),
    }),
    endpoint({
      ...READ,
      method: 'get',
      path: '/api/policy/versions/:version',
      does: 'A version, and what it changes against its parent or another one.',
      problems: [404],
      query: shape.versionQuery,
      answer: shape.version,
      run: async ({ params, query }) => granted(await desk.version(params.version ?? '', query.against)),
    }),
    endpoint({
      ...READ,
      method: 'get',
      path: '/api/policy/versions/:version/file',
      does: 'One file of a version.',
      problems: [404],
      query: shape.fileQuery,
      answer: shape.file,
      run: async ({ params, query }) => {
        const { files } = granted(await desk.files(params.version ?? ''))
        const file = files.find(({ path }) => path === query.path)
        if (!file) throw new ProblemError(404, `there is no \`${query.path}\` in this version`)
        return file
      },
    }),
    endpoint({
      ...READ,
      method: 'get',
      path: '/api/policy/versions/:version/export',
      does: 'The folder of a version as a tar archive, byte for byte.',
      problems: [404],
      stream: 'application/x-tar',
      run: async ({ params, response }) => {
        const { version = '' } = params
        const { files, at } = granted(await desk.files(version))
        response.writeHead(200, {
          'content-type': 'application/x-tar',
          'content-disposition': `attachment; filename="content-${version}.tar"`,
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        })
        response.end(tarOf(files, at))
      },
    }),
    endpoint({
      ...READ,
      method: 'get',
      path: '/api/policy/audit',
      does: 'Who did what, newest first. At most 200.',
      answer: shape.audit,
      run: async () => ({ entries: await desk.audit() }),
    }),
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
      path: draft(''),
      does: 'A draft with its policies, what it changes, and what is wrong with it.',
      problems: [404],
      answer: shape.draft,
      run: async ({ params }) => granted(await desk.draft(params.id ?? '')),
    }),
    endpoint({
      ...WRITE,
      path: draft('/file'),
      does: 'Saves a file of a draft, or removes it. Whatever was approved of the draft is void.',
      longest: LONGEST_FILE,
      body: shape.saveBody,
      answer: shape.draft,
      run: async ({ params, body, account }) => granted(await desk.save(params.id ?? '', account.email, body)),
    }),
    endpoint({
      ...LOOK,
      path: draft('/check'),
      does: 'Every problem of a draft by file and line, and every example tried.',
      answer: shape.checked,
      run: async ({ params }) => granted(await desk.check(params.id ?? '')),
    }),
    endpoint({
      ...LOOK,
      path: draft('/lint'),
      does: 'The same for words that are not saved, with the examples of that file alone.',
      longest: LONGEST_FILE,
      body: shape.lintBody,
      answer: shape.checked,
      run: async ({ params, body }) => granted(await desk.lint(params.id ?? '', body)),
    }),
    endpoint({
      ...LOOK,
      path: draft('/try'),
      does: 'Which rule decides about a customer’s words, in the live version and in the draft.',
      longest: LONGEST_FILE,
      body: shape.tryBody,
      answer: shape.tried,
      run: async ({ params, body }) => granted(await desk.try(params.id ?? '', body)),
    }),
    endpoint({
      ...LOOK,
      path: draft('/replay'),
      does: `Which of the last turns would end otherwise. At most ${shape.MOST_REPLAYED}; nothing is sent or looked up.`,
      body: shape.replayBody,
      answer: shape.replayed,
      run: async ({ params, body }) => granted(await desk.replay(params.id ?? '', body.last)),
    }),
    endpoint({
      ...WRITE,
      path: draft('/propose'),
      does: 'Asks for approval. 422 with `problems` or `failed` examples when something is wrong.',
      body: shape.proposeBody,
      answer: shape.draft,
      run: async ({ params, body, account }) =>
        granted(await desk.propose(params.id ?? '', account.email, body.message)),
    }),
    endpoint({
      ...WRITE,
      path: draft('/withdraw'),
      does: 'Gives a draft up.',
      answer: shape.draft,
      run: async ({ params, account }) => granted(await desk.withdraw(params.id ?? '', account.email)),
    }),
    endpoint({
      ...APPROVE,
      path: draft('/approve'),
      does: 'Approves a proposed draft of somebody else.',
      body: shape.approveBody,
      answer: shape.draft,
      run: async ({ params, body, account }) =>
        granted(await desk.approve(params.id ?? '', account.email, body?.comment)),
    }),
    endpoint({
      ...APPROVE,
      path: draft('/reject'),
      does: 'Sends a draft back to be edited.',
      body: shape.rejectBody,
      answer: shape.draft,
      run: async ({ params, body, account }) =>
        granted(await desk.reject(params.id ?? '', account.email, body.comment)),
    }),
    endpoint({
      ...APPROVE,
      path: draft('/release'),
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
}
