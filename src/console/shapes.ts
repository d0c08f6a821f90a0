// The JSON of the console API. Requests are checked with these, and `/api/openapi.json` is generated from them.
import { z } from 'zod'

const audience = z.enum(['public', 'private'])
const states = z.enum(['waiting', 'claimed', 'resolved'])
const time = z.iso.datetime({ offset: true })
/** Something a person typed: not blank, and no longer than any network takes. */
const words = z.string().trim().min(1, 'write something first').max(10_000, 'at most 10,000 characters')

export const named = <T extends z.ZodType>(id: string, shape: T): T => shape.meta({ id }) as T

export const user = named(
  'User',
  z.object({ email: z.string(), name: z.string(), roles: z.array(z.string()).readonly() }),
)
export const sessionBody = z.object({
  email: z.string().trim().min(1, 'type your e-mail').max(254),
  password: z.string().min(1, 'type your password').max(1024),
})
export const session = named('Session', z.object({ user }))

const customer = z.object({
  id: z.string(),
  name: z.string(),
  handle: z.string(),
  channel: z.string(),
  reach: z.number().meta({ description: 'followers, 0 where the network does not say' }),
})
const reason = z.object({ rule: z.string(), because: z.string(), doubts: z.array(z.string()).readonly().optional() })
const priority = z.enum(['urgent', 'high', 'normal', 'low'])

const masked = z
  .array(z.object({ type: z.string(), start: z.number(), end: z.number() }))
  .readonly()
  .optional()
  .meta({ description: 'private data in the text beside it, which the console masks until it is shown' })

const summary = named(
  'TicketSummary',
  z.object({
    id: z.string(),
    state: states,
    team: z.string(),
    priority,
    openedAt: time,
    dueAt: time,
    customer,
    owner: z.string().optional().meta({ description: 'e-mail of the agent who holds it' }),
    wants: z.string(),
    because: z.string(),
    mood: z.string(),
    unread: z.number(),
    private: masked,
  }),
)

const message = named(
  'Message',
  z.object({
    id: z.string(),
    author: z.string(),
    authorKind: z.enum(['customer', 'bystander', 'bot', 'agent', 'brand']),
    text: z.string(),
    at: z.number().meta({ description: 'milliseconds since 1970' }),
    delivery: z
      .string()
      .optional()
      .meta({ description: '`sending`, `sent`, `refused`, `in-doubt` or `suppressed`; messages of ours only' }),
    sources: z.array(z.string()).readonly().optional(),
    edited: z.boolean().optional(),
    before: z.string().optional().meta({ description: 'what an edited message said before, while that is kept' }),
    private: masked,
    privateBefore: masked,
  }),
)

const conversation = named(
  'Conversation',
  z.object({
    id: z.string(),
    channel: z.string(),
    audience,
    open: z.boolean(),
    closed: z.string().optional().meta({ description: 'why nothing can be written here' }),
    messages: z.array(message).readonly(),
  }),
)

export const ticket = named(
  'Ticket',
  z.object({
    id: z.string(),
    caseId: z.string(),
    state: states,
    team: z.string(),
    skills: z.array(z.string()).readonly(),
    priority,
    openedAt: time,
    dueAt: time,
    customer,
    reasons: z.array(reason).readonly(),
    brief: z.object({
      wants: z.string(),
      facts: z
        .array(z.object({ name: z.string(), value: z.string(), messageId: z.string().optional(), private: masked }))
        .readonly(),
      tried: z.array(z.string()).readonly(),
      mood: z.string(),
      open: z.string(),
      suggestedReply: z.string().optional(),
      private: z.object({ wants: masked, suggestedReply: masked }).optional(),
    }),
    conversations: z.array(conversation).readonly(),
    notes: z.array(z.object({ by: z.string(), text: z.string(), at: time })).readonly(),
    history: z
      .array(z.object({ at: time, what: z.string(), by: z.string().optional(), detail: z.string().optional() }))
      .readonly(),
    owner: z.string().optional(),
    epoch: z.number(),
    version: z.string().meta({ description: 'content version that decided' }),
  }),
)

export const tickets = named('Tickets', z.object({ tickets: z.array(summary).readonly() }))
export const ticketsQuery = z.object({
  state: states.optional(),
  team: z.string().max(100).optional(),
  mine: z.stringbool().optional().meta({ description: 'only those that I hold' }),
})

export const replyBody = z.object({
  text: words,
  audience,
  override: z.string().trim().min(3, 'say why in a few words').max(1000).optional().meta({
    description: 'why it is sent despite findings that are not absolute; recorded',
  }),
})
export const noteBody = z.object({ text: words })
export const showBody = z
  .object({
    messages: z
      .array(z.string().max(300))
      .min(1)
      .max(500)
      .optional()
      .meta({ description: 'ids of messages; absent: the whole ticket' }),
  })
  .optional()
const followUp = z
  .object({ at: time, text: words.optional() })
  .nullable()
  .optional()
  .meta({ description: 'when the customer is asked whether all is well; null: never; absent: as the brand says' })
export const resolveBody = z.object({ followUp }).optional()
export const returnBody = z
  .object({
    followUp,
    note: z.string().trim().max(10_000).optional(),
    promises: z.union([z.string().trim().max(10_000), z.array(z.string().trim().max(2000)).max(50)]).optional(),
  })
  .optional()

export const trace = named(
  'Trace',
  z.object({
    id: z.string(),
    events: z.array(z.record(z.string(), z.unknown())).readonly(),
    private: z
      .array(z.object({ type: z.string(), value: z.string() }))
      .readonly()
      .meta({ description: 'what the console masks wherever it stands in the events' }),
  }),
)

const heldLine = z.object({
  id: z.string(),
  customer: z.string(),
  caseId: z.string(),
  kind: z.string().meta({
    description: '`public-reply`, `private-message`, `private-reply`, `hide`, `announce` or `unknown`',
  }),
  channel: z.string().optional(),
  by: z.string().meta({ description: '`bot`, or an agent’s e-mail' }),
  state: z.enum(['refused', 'in-doubt', 'poisoned', 'retried', 'limited', 'looked-for']).meta({
    description: 'the first three are stuck, the others on their way',
  }),
  since: time,
  because: z.string(),
  attempts: z.number(),
})
export const outbox = named('Outbox', z.object({ effects: z.array(heldLine).readonly() }))
export const held = named('HeldEffect', heldLine.extend({ text: z.string().optional(), private: masked }))
export const outboxStep = named(
  'OutboxStep',
  z.object({ done: z.enum(['again', 'suppressed', 'dropped']), because: z.string() }),
)

export const contentProblem = named(
  'ContentProblem',
  z.object({ file: z.string(), line: z.number(), problem: z.string(), severity: z.enum(['error', 'warning']) }),
)
export const failedExample = named(
  'FailedExample',
  z.object({ file: z.string(), line: z.number(), title: z.string(), problem: z.string() }),
)
export const contentState = named(
  'Content',
  z.object({
    version: z.string(),
    problems: z.array(contentProblem).readonly(),
    playground: z.boolean().meta({ description: 'whether /playground is served' }),
  }),
)

const counts = z.record(z.string(), z.number()).meta({ description: 'how much was removed, by kind' })
const fingerprint = z.string().meta({ description: 'SHA-256 of the customer’s id, in hexadecimal' })
const removed = { at: z.number().meta({ description: 'milliseconds since 1970' }) }
export const receipts = named(
  'Receipts',
  z.object({
    receipts: z
      .array(
        z.discriminatedUnion('what', [
          z.object({
            ...removed,
            what: z.literal('message-purged'),
            message: z.string(),
            customer: fingerprint,
            counts,
          }),
          z.object({ ...removed, what: z.literal('customer-erased'), customer: fingerprint, by: z.string(), counts }),
          z.object({ ...removed, what: z.literal('disk-rewritten') }),
          z.object({ ...removed, what: z.literal('disk-not-rewritten'), because: z.string() }),
        ]),
      )
      .readonly(),
  }),
)

const role = z.enum(['agent', 'supervisor', 'policy-owner', 'editor', 'admin'])
export const people = named('People', z.object({ people: z.array(user).readonly() }))
export const personBody = z.object({
  email: z.email('type an e-mail address').max(254),
  name: z.string().trim().min(1, 'type a name').max(100),
  roles: z.array(role).min(1, 'choose at least one role'),
  password: z.string().min(12, 'at least 12 characters').max(1024).optional(),
})

const finding = z.object({
  rule: z.string(),
  because: z.string(),
  start: z.number(),
  end: z.number(),
  absolute: z.boolean().meta({ description: 'cannot be overridden' }),
})
/** RFC 9457. */
export const problem = named(
  'Problem',
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string().meta({ description: 'what is wrong, for the person who tried' }),
    refused: z.enum(['not-found', 'conflict', 'not-yours', 'gate', 'channel', 'invalid']).optional(),
    findings: z.array(finding).readonly().optional(),
    problems: z.array(contentProblem).readonly().optional().meta({ description: 'of content, by file and line' }),
    failed: z.array(failedExample).readonly().optional().meta({ description: 'examples that do not hold' }),
  }),
)

export const deskEvent = named(
  'DeskEvent',
  z.object({
    type: z.enum([
      'ticket-opened',
      'ticket-claimed',
      'ticket-released',
      'ticket-resolved',
      'ticket-returned',
      'ticket-updated',
      'ticket-warning',
      'message-received',
      'message-sent',
    ]),
    ticket: z.string(),
    at: time,
  }),
)

/** What happens to policies and what is released; whoever hears it asks again. */
export const policyEvent = named('PolicyEvent', z.object({ type: z.literal('policy-changed'), at: time }))
