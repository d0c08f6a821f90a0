// JSON schemas of the console API: session, outbox, retention, events. `/api/openapi.json` is generated from them.
import { z } from 'zod'

export const time = z.iso.datetime({ offset: true })
export const named = <T extends z.ZodType>(id: string, shape: T): T => shape.meta({ id }) as T

export const user = named(
  'User',
  z.object({
    email: z.string(),
    name: z.string(),
    roles: z.array(z.string()).readonly(),
    teams: z.array(z.string()).readonly().meta({ description: 'whose tickets they take; none: any team’s' }),
    languages: z.array(z.string()).readonly().meta({ description: 'in which they answer, ISO 639-1; none: any' }),
    capacity: z.number().int().meta({ description: 'how many tickets they may hold before they are assigned no more' }),
  }),
)
export const sessionBody = z.object({
  email: z.string().trim().min(1, 'type your e-mail').max(254),
  password: z.string().min(1, 'type your password').max(1024),
})
const presence = z.enum(['on-duty', 'break', 'off-duty'])
export const session = named('Session', z.object({ user }))
export const ownSession = named('OwnSession', z.object({ user, presence }))
export const colleagues = named(
  'Colleagues',
  z.object({
    colleagues: z
      .array(
        user
          .omit({ roles: true })
          .extend({ presence, holding: z.number().int().meta({ description: 'tickets that they hold' }) }),
      )
      .readonly(),
  }),
)

export const masked = z
  .array(z.object({ type: z.string(), start: z.number(), end: z.number() }))
  .readonly()
  .optional()
  .meta({ description: 'private data in the text beside it, which the console masks until it is shown' })

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
    teams: z.array(z.string()).readonly().meta({ description: 'teams that rules name' }),
    contactReasons: z
      .array(z.object({ id: z.string(), name: z.string() }))
      .readonly()
      .meta({ description: 'why customers write; for whoever resolves a ticket' }),
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

/** As rules name it. */
export const teamName = z
  .string()
  .regex(/^[\p{Ll}\p{N}][\p{Ll}\p{N} _-]{0,59}$/u, 'expected small letters, digits and dashes, such as `customer-care`')

const role = z.enum(['agent', 'supervisor', 'policy-owner', 'editor', 'admin'])
export const people = named('People', z.object({ people: z.array(user).readonly() }))
export const personBody = z.object({
  email: z.email('type an e-mail address').max(254),
  name: z.string().trim().min(1, 'type a name').max(100),
  roles: z.array(role).min(1, 'choose at least one role'),
  password: z.string().min(12, 'at least 12 characters').max(1024).optional(),
  teams: z.array(teamName).max(50).optional(),
  languages: z
    .array(z.string().regex(/^[a-z]{2}$/, 'expected two small letters, such as `en`'))
    .max(50)
    .optional(),
  capacity: z.number().int().min(1, 'at least 1').max(100, 'at most 100').optional(),
})

export const finding = z.object({
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
      'ticket-reopened',
      'ticket-transferred',
      'ticket-snoozed',
      'ticket-merged',
      'ticket-split',
      'expert-answered',
      'ticket-updated',
      'ticket-warning',
      'message-received',
      'message-sent',
    ]),
    ticket: z.string(),
    at: time,
  }),
)

/** Told to the pages of the agent who writes it; `tab` is the page that did. */
export const draftEvent = named(
  'DraftEvent',
  z.object({ type: z.literal('draft-changed'), ticket: z.string(), tab: z.string(), at: time }),
)

const viewer = z.object({
  email: z.string(),
  name: z.string(),
  typing: z.enum(['public', 'private', 'note']).optional().meta({ description: 'where they type' }),
})
export const viewers = named('Viewers', z.object({ viewers: z.array(viewer).readonly() }))

/** Who looks at a ticket now, each person once. */
export const viewersEvent = named(
  'ViewersEvent',
  viewers.extend({ type: z.literal('viewers-changed'), ticket: z.string(), at: time }),
)

const botPause = z.object({
  scope: z.string().meta({ description: '`everywhere`, `channel:NAME` or `customer:ID`' }),
  by: z.string(),
  because: z.string(),
  at: time,
})
export const botPauses = named(
  'BotPauses',
  z.object({
    pauses: z.array(botPause).readonly(),
    channels: z.array(z.string()).readonly().meta({ description: 'the networks that are connected' }),
  }),
)
export const botPausesEvent = named('BotPausesEvent', z.object({ type: z.literal('bot-pauses-changed'), at: time }))

const notification = z.object({
  id: z.string(),
  kind: z.enum([
    'assigned',
    'transferred',
    'customer-wrote',
    'mentioned',
    'note',
    'due-soon',
    'late',
    'back',
    'danger',
  ]),
  ticket: z.string(),
  customer: z.string().meta({ description: 'the name of the ticket’s customer' }),
  by: z.string().optional().meta({ description: 'name of the colleague who did it' }),
  at: time,
  read: z.boolean(),
})
export const notifications = named('Notifications', z.object({ notifications: z.array(notification).readonly() }))
/** Told to the pages of the person whose notifications have changed. */
export const notificationsEvent = named(
  'NotificationsEvent',
  z.object({ type: z.literal('notifications-changed'), at: time }),
)

export const presenceEvent = named(
  'PresenceEvent',
  z.object({ type: z.literal('presence-changed'), email: z.string(), presence, at: time }),
)

/** What happens to policies and what is released; whoever hears it asks again. */
export const policyEvent = named('PolicyEvent', z.object({ type: z.literal('policy-changed'), at: time }))
