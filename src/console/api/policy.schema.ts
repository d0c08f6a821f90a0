// JSON schemas of policy endpoints.
import { z } from 'zod'
import { CHANNELS, label } from '#domain'
import { VERDICTS } from '#policy'
import { failedExample, named, contentProblem as problem } from './common.schema.ts'

const time = z.number().meta({ description: 'milliseconds since 1970' })
const who = z.string().meta({ description: 'an e-mail; `files`: the folder; `guard`' })
const channels = z.array(z.enum(CHANNELS)).readonly()
const list = <T extends z.ZodType>(shape: T) => z.array(shape).readonly()

const ending = named(
  'Ending',
  z.object({
    verdict: z.string(),
    outcome: z.string(),
    rule: z.string(),
    because: z.string(),
    replies: list(z.string()),
    blocked: list(z.string()).optional().meta({ description: 'why the gate stopped what was to be said' }),
  }),
)
const fileChange = named(
  'FileChange',
  z.object({
    path: z.string(),
    kind: z.enum(['added', 'removed', 'changed']),
    before: z.string().optional(),
    after: z.string().optional(),
  }),
)

const versionFields = {
  version: z.string(),
  at: time,
  by: who,
  title: z.string(),
  message: z.string(),
  parent: z.string().optional(),
  approvedBy: list(z.string()),
  state: z.enum(['live', 'rolling-out', 'was-live', 'rolled-back', 'approved']),
}
const versionHead = named('VersionHead', z.object(versionFields))
export const versions = named('Versions', z.object({ versions: list(versionHead) }))
export const version = named(
  'Version',
  z.object({
    ...versionFields,
    files: list(z.object({ path: z.string(), size: z.number(), text: z.string().optional() })).meta({
      description: 'policies with their text',
    }),
    against: z.string().optional(),
    diff: list(fileChange),
  }),
)
export const versionQuery = z.object({ against: z.string().max(100).optional() })
export const fileQuery = z.object({ path: z.string().min(1).max(500) })
export const file = named('ContentFile', z.object({ path: z.string(), text: z.string() }))

const fraction = z.number().min(0).max(1)
const riskStep = z.object({
  risk: fraction.meta({ description: 'the share of answers that may be wrong' }),
  found: z.union([
    z.object({
      threshold: fraction.meta({ description: 'the lowest confidence at which the risk is proven' }),
      answered: z.number(),
      wrong: z.number(),
      riskUpTo: fraction.meta({ description: 'with 95 % certainty no more are wrong' }),
      coverage: fraction.meta({ description: 'the share of answerable questions that is answered rightly' }),
    }),
    z.object({ needs: z.number().meta({ description: 'how many more labelled questions are missing, at least' }) }),
  ]),
})
const side = z.object({
  risk: fraction.optional().meta({ description: 'what `brand.yaml` allows' }),
  bar: z
    .object({ from: fraction, answered: z.number(), wrong: z.number(), riskUpTo: fraction })
    .optional()
    .meta({ description: 'from where the bot answers by itself, and how it did; absent: it drafts for people' }),
  steps: list(riskStep),
})
const heardSignal = z.object({
  id: z.string(),
  owner: z.string(),
  file: z.string(),
  because: z.string().optional(),
  major: z.boolean().meta({ description: 'it makes a message a major complaint' }),
  says: list(
    z.object({
      text: z.string(),
      heardLeftOut: z.boolean().meta({ description: 'it would be heard if it did not stand there' }),
    }),
  ),
  not: list(z.string()),
  taken: list(z.string()).meta({ description: 'questions of articles, and phrases of dialogs, that are taken for it' }),
  background: z
    .object({ taken: z.number(), of: z.number() })
    .meta({ description: 'of our own lines that are something else, those that are taken for it' }),
})
export const certainty = named(
  'Certainty',
  z.discriminatedUnion('state', [
    z.object({ version: z.string(), state: z.literal('measuring'), done: z.number(), all: z.number() }),
    z.object({
      version: z.string(),
      state: z.literal('measured'),
      listed: z.number().meta({ description: 'questions that the articles list' }),
      tried: z.number().meta({ description: 'of these, each also without its article' }),
      engine: z.string().meta({ description: '`lexical`, or the sentence model' }),
      barsFor: z.string().meta({ description: 'the sentence model that the bars are for' }),
      public: side,
      private: side,
      signals: list(heardSignal)
        .optional()
        .meta({ description: 'that policies teach; absent where the sentence model could not learn them' }),
    }),
  ]),
)

const draftFields = {
  id: z.string(),
  title: z.string(),
  by: who,
  at: time,
  changedBy: who,
  changedAt: time,
  revision: z.number(),
  state: z.enum(['editing', 'proposed', 'approved', 'released', 'withdrawn']),
  base: z.string().meta({ description: 'the version that it changes' }),
  version: z.string().meta({ description: 'the version that it would be' }),
  message: z.string().optional(),
  approvals: list(z.object({ by: who, at: time, comment: z.string().optional() })),
  rejected: z
    .object({ by: who, at: time, comment: z.string() })
    .optional()
    .meta({ description: 'why it was sent back, until it is proposed again' }),
  changes: z.number().meta({ description: 'how many files it changes' }),
  learnt: list(
    z.object({
      wording: z.string(),
      article: z.string().optional().meta({ description: 'whose questions list it' }),
      wins: z.literal(false).optional().meta({ description: 'the article does not answer it' }),
      label: label.optional().meta({ description: 'what kind of message it is' }),
      by: who,
      ticket: z.string(),
      at: time,
    }),
  )
    .optional()
    .meta({ description: 'customers’ wordings that it adds to articles and to messages, and from which tickets' }),
}
const draftHead = named('DraftHead', z.object(draftFields))
export const draft = named(
  'Draft',
  z.object({
    ...draftFields,
    files: list(z.object({ path: z.string(), text: z.string().optional(), changed: z.boolean() })).meta({
      description: 'policies, and whatever else the draft changes, with their text',
    }),
    diff: list(fileChange),
    problems: list(problem),
  }),
)
export const draftBody = z.object({ title: z.string().trim().min(1, 'give it a title').max(200) })
export const saveBody = z.object({
  path: z.string().min(1).max(500),
  text: z.string().nullable().meta({ description: 'null removes the file' }),
  revision: z.number().int().meta({ description: 'of the draft as you saw it' }),
})
export const lintBody = z.object({ path: z.string().min(1).max(500), text: z.string() })
export const checked = named(
  'Checked',
  z.object({
    problems: list(problem),
    examples: z.object({ tried: z.number(), failed: list(failedExample) }),
  }),
)
export const tryBody = z.object({
  text: z.string().trim().min(1, 'write what a customer might say').max(10_000),
  audience: z.enum(['public', 'private']),
  channel: z.enum(CHANNELS),
  path: z.string().min(1).max(500).optional().meta({ description: 'with `content`: a file that is not saved yet' }),
  content: z.string().optional(),
})
const reason = z.object({ rule: z.string(), because: z.string(), doubts: list(z.string()).optional() })
export const tried = named(
  'Tried',
  z.object({
    facts: list(
      z.object({ fact: z.string(), value: z.union([z.string(), z.number(), z.boolean(), list(z.string())]) }),
    ),
    before: ending,
    after: ending,
    others: list(reason).meta({ description: 'rules that fired beside the one that decides' }),
  }),
)
export const MOST_REPLAYED = 1000
export const replayBody = z.object({ last: z.number().int().min(1).max(MOST_REPLAYED) })
export const replayed = named(
  'Replayed',
  z.object({
    turns: z.number(),
    changed: list(
      z.object({
        case: z.string(),
        at: time,
        text: z.string().meta({ description: 'private data masked' }),
        audience: z.enum(['public', 'private']),
        channel: z.string(),
        customer: z.string(),
        before: ending,
        after: ending,
      }),
    ),
    notReplayed: z.number().meta({ description: 'in the middle of a form, or with words that are gone' }),
  }),
)
export const proposeBody = z.object({ message: z.string().trim().min(1, 'say what it is for').max(2000) })
export const approveBody = z.object({ comment: z.string().trim().max(2000).optional() }).optional()
export const rejectBody = z.object({ comment: z.string().trim().min(1, 'say what has to change').max(2000) })
const share = {
  percent: z.number().min(1).max(100).optional().meta({ description: 'of customers; by default all' }),
  channels: channels.optional().meta({ description: 'by default all' }),
  shadow: z.boolean().optional().meta({ description: 'decides silently, and serves nobody' }),
}
export const releaseBody = z
  .object({ ...share, channels: share.channels.refine((some) => some?.length !== 0, 'name a channel') })
  .optional()
export const rolloutBody = z
  .object({ ...share, channels: share.channels.refine((some) => some?.length !== 0, 'name a channel') })
  .refine((some) => Object.values(some).some((one) => one !== undefined), 'say what is to change')
export const rollbackBody = z.object({
  to: z.string().max(100).optional().meta({ description: 'absent: the rollout ends, or the version before serves' }),
  because: z.string().trim().min(1, 'say why').max(2000),
})

const figures = z.object({
  turns: z.number(),
  escalated: z.number(),
  blocked: z.number(),
  complaints: z.number(),
  negative: z.number(),
})
const rollout = named(
  'Rollout',
  z.object({
    id: z.string(),
    version: z.string(),
    base: z.string(),
    percent: z.number(),
    channels: channels.optional(),
    shadow: z.boolean(),
    startedAt: time,
    by: who,
    stopped: z.object({ at: time, because: z.string() }).optional(),
    figures: z.record(z.string(), figures).meta({ description: 'by version, since the rollout began' }),
    agreement: z
      .object({
        turns: z.number(),
        same: z.number(),
        leftOut: z
          .number()
          .meta({ description: 'not compared: something outside would have had to be asked a second time' }),
        differing: list(z.object({ case: z.string(), at: time, before: ending, after: ending })).meta({
          description: 'the last 20; their words are kept with the customer only',
        }),
      })
      .optional(),
    guard: z
      .object({ minTurns: z.number(), worse: z.object({ points: z.number(), sigmas: z.number() }) })
      .meta({ description: 'when the rollout is ended by itself' }),
  }),
)
export const overview = named(
  'Policy',
  z.object({
    source: z.enum(['folder', 'store']),
    approvalsNeeded: z.number(),
    live: versionHead,
    rollout: rollout.optional(),
    drafts: list(draftHead),
    problems: list(problem).meta({ description: 'of the folder as it is now' }),
  }),
)
const explained = z.object({ means: z.string() })
const names = list(z.string())
export const words = named(
  'PolicyWords',
  z.object({
    facts: list(
      explained.extend({
        fact: z.string(),
        values: z.string(),
        unknown: z.string(),
        kind: z.string(),
        options: names.optional(),
      }),
    ),
    verdicts: list(explained.extend({ verdict: z.enum(VERDICTS) })),
    sayings: list(explained.extend({ name: z.string() })),
    keys: list(explained.extend({ key: z.string() })),
    intents: names,
    topics: names,
    articles: names,
    channels: names,
    teams: names,
  }),
)
export const audit = named(
  'PolicyAudit',
  z.object({
    entries: list(
      z.object({
        at: time,
        by: who,
        what: z.string(),
        version: z.string().optional(),
        draft: z.string().optional(),
        detail: z.string(),
      }),
    ),
  }),
)
