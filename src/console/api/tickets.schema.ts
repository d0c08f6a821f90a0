// JSON schemas of tickets.
import { z } from 'zod'
import { ATTACHMENT_KINDS, label, TICKET_OUTCOMES } from '#domain'
import { isLabel } from '#policy'
import { finding, masked, named, teamName, time } from './common.schema.ts'

const audience = z.enum(['public', 'private'])
const states = z.enum(['waiting', 'claimed', 'resolved'])
/** Something a person typed: not blank, and no longer than any network takes. */
const words = z.string().trim().min(1, 'write something first').max(10_000, 'at most 10,000 characters')

const customer = z.object({
  id: z.string(),
  name: z.string(),
  handle: z.string(),
  channel: z.string(),
  reach: z.number().meta({ description: 'followers, 0 where the network does not say' }),
})
const reason = z.object({ rule: z.string(), because: z.string(), doubts: z.array(z.string()).readonly().optional() })
const priority = z.enum(['urgent', 'high', 'normal', 'low'])

const answeredAt = time
  .optional()
  .meta({ description: 'when an agent last answered, while the customer has written nothing since: nothing is due' })

const outcome = z.enum(TICKET_OUTCOMES)
const asideAndTags = {
  snoozed: z
    .object({ until: time.optional(), by: z.string() })
    .optional()
    .meta({ description: 'put aside, until a time or, without one, until the customer writes' }),
  tags: z.array(z.string()).readonly(),
  language: z.string().optional().meta({ description: 'what the customer writes in, ISO 639-1' }),
}

export const summary = named(
  'TicketSummary',
  z.object({
    id: z.string(),
    state: states,
    team: z.string(),
    priority,
    openedAt: time,
    dueAt: time,
    answeredAt,
    ...asideAndTags,
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
    attachmentKinds: z
      .array(z.enum(ATTACHMENT_KINDS))
      .readonly()
      .optional()
      .meta({ description: 'what came with the words, one kind for each' }),
    delivery: z
      .string()
      .optional()
      .meta({ description: '`sending`, `sent`, `refused`, `in-doubt` or `suppressed`; messages of ours only' }),
    link: z.string().optional().meta({ description: 'where a customer’s public message stands on the network' }),
    sources: z.array(z.string()).readonly().optional().meta({ description: 'ids of articles' }),
    asked: z.string().optional().meta({
      description: 'what a message of the bot’s from articles answers, as an article may list it; private data masked',
    }),
    wrong: z
      .array(z.object({ article: z.string(), by: z.string(), draft: z.string() }))
      .readonly()
      .optional()
      .meta({ description: 'of the sources, those that answered something else, by whom and in which draft' }),
    edited: z.boolean().optional(),
    before: z.string().optional().meta({ description: 'what an edited message said before, while that is kept' }),
    cutFrom: z
      .number()
      .optional()
      .meta({ description: 'how many characters it had, where it was longer than what is kept and was cut' }),
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
    part: z
      .string()
      .optional()
      .meta({ description: 'of which of `parts` it is; absent: of the ticket’s own customer' }),
    open: z.boolean(),
    closed: z.string().optional().meta({ description: 'why nothing can be written here' }),
    messages: z.array(message).readonly(),
  }),
)

const earlier = z.number().meta({ description: 'how many messages there are before these' })
export const earlierMessages = named(
  'EarlierMessages',
  z.object({ conversations: z.array(conversation).readonly(), earlier }),
)
export const messagesQuery = z.object({
  before: z.coerce.number().int().min(0).meta({ description: '`earlier` of the page after it' }),
})

const side = z.object({
  open: z.boolean(),
  closed: z.string().optional().meta({ description: 'why nothing can be written to this side' }),
})

const suggestion = named(
  'Suggestion',
  z.object({
    article: z.string(),
    title: z.string(),
    text: z.string().meta({ description: 'what the bot would say with the article, fitted to the channel' }),
    audience,
    score: z.number().meta({ description: '0 to 1' }),
    because: z.string().meta({ description: 'why it is suggested' }),
    agentsOnly: z.literal(true).optional().meta({ description: 'an internal article: its words are not sent' }),
    proposed: z
      .object({ by: z.string(), draft: z.string() })
      .optional()
      .meta({ description: 'the customer’s wording was proposed for it, in this draft' }),
    private: masked,
  }),
)

/** As it was typed; nobody else sees it. */
const draftText = z.string().max(10_000, 'at most 10,000 characters').optional()
const draft = z.object({
  public: draftText,
  private: draftText,
  note: draftText,
  side: z
    .union([audience, z.literal('')])
    .optional()
    .meta({ description: 'the side that I chose to write to last' }),
})
export const draftBody = draft.extend({
  tab: z.string().max(100).meta({ description: 'names the page that writes; the event of it says so' }),
})

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
    answeredAt,
    ...asideAndTags,
    outcome: outcome.optional(),
    contactReason: z.string().optional().meta({ description: 'id of the brand’s reason' }),
    suggestedReason: z
      .string()
      .optional()
      .meta({ description: 'while none is chosen: the id of the reason that fits what was understood' }),
    mergedInto: z
      .string()
      .optional()
      .meta({ description: 'id of the ticket that this one is merged into, where it goes on' }),
    parts: z
      .array(
        z.object({
          id: z.string(),
          state: states.meta({ description: '`resolved` with the ticket, or `claimed`: answered here' }),
          customer,
          by: z.string().meta({ description: 'who merged it' }),
          at: time,
          sides: z.object({ public: side, private: side }),
        }),
      )
      .readonly()
      .optional()
      .meta({ description: 'tickets of other accounts of the same person that are merged into this one' }),
    experts: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          question: z.string(),
          messages: z.number().meta({ description: 'how many they may read' }),
          by: z.string(),
          at: time,
          until: time,
          state: z.enum(['open', 'answered', 'revoked', 'expired']),
        }),
      )
      .readonly()
      .optional()
      .meta({ description: 'experts outside who were asked by a link, oldest first' }),
    follows: z.string().optional().meta({ description: 'id of the resolved ticket that the customer came back about' }),
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
      suggestedReply: z.string().optional().meta({ description: 'the text of the best suggestion that may be sent' }),
      suggestions: z.array(suggestion).readonly(),
      wording: z
        .string()
        .optional()
        .meta({ description: 'what the customer asked, as an article may list it; private data masked' }),
      heard: label.required().optional().meta({ description: 'what the bot took these words for' }),
      labelled: label
        .extend({ by: z.string(), draft: z.string() })
        .optional()
        .meta({ description: 'what kind of message somebody says they are, and in which draft that waits' }),
      private: z.object({ wants: masked, suggestedReply: masked }).optional(),
    }),
    sides: z.object({ public: side, private: side }),
    conversations: z.array(conversation).readonly().meta({ description: 'the last messages, at most 200' }),
    earlier,
    unread: z.number().meta({ description: 'messages since the agent who holds it last looked' }),
    notes: z.array(z.object({ by: z.string(), text: z.string(), at: time })).readonly(),
    history: z
      .array(z.object({ at: time, what: z.string(), by: z.string().optional(), detail: z.string().optional() }))
      .readonly(),
    promises: z
      .array(z.object({ by: z.string(), text: z.string(), at: time }))
      .readonly()
      .meta({ description: 'what people promised when they resolved a ticket or gave it back to the bot' }),
    past: z
      .array(
        z.object({
          id: z.string(),
          team: z.string(),
          wants: z.string(),
          private: masked,
          outcome: outcome.optional(),
          openedAt: time,
          closedAt: time.optional(),
        }),
      )
      .readonly()
      .meta({ description: 'earlier tickets of this customer, newest first, at most 20' }),
    danger: z
      .literal(true)
      .optional()
      .meta({ description: 'they told of danger in which somebody may need help at once' }),
    optedOut: z.literal(true).optional().meta({ description: 'they want nothing from us that they did not ask for' }),
    owner: z.string().optional(),
    epoch: z.number(),
    version: z.string().meta({ description: 'content version that decided' }),
    draft: draft.meta({ description: 'what I have typed and not sent' }),
  }),
)

export const nextTicket = named(
  'NextTicket',
  z.object({ ticket: ticket.nullable().meta({ description: 'mine now; null: none waits for me' }) }),
)

const count = z.number().int()
export const counts = named(
  'TicketCounts',
  z.object({
    waiting: count,
    claimed: count,
    mine: count,
    resolved: count,
    late: count.meta({ description: 'should have been answered by now' }),
    snoozed: count.meta({ description: 'of those that I put aside' }),
    myTeams: count.meta({ description: 'waiting for a team of mine' }),
  }),
)
export const tickets = named(
  'Tickets',
  z.object({
    tickets: z.array(summary).readonly(),
    next: z.string().optional().meta({ description: '`cursor` of the next page; absent where there is none' }),
    counts: counts.meta({ description: 'how many tickets each list has' }),
  }),
)
export const ticketsQuery = z.object({
  state: states.optional(),
  team: z.string().max(100).optional().meta({ description: 'as `teams`, for one' }),
  teams: z.string().max(1000).optional().meta({ description: 'names with commas between them' }),
  channel: z.string().max(100).optional(),
  language: z.string().max(10).optional().meta({ description: 'ISO 639-1' }),
  tag: z.string().max(40).optional(),
  late: z.stringbool().optional().meta({ description: 'only those that should have been answered by now' }),
  snoozed: z.stringbool().optional().meta({ description: 'only those that are put aside' }),
  mine: z.stringbool().optional().meta({ description: 'only those that I hold' }),
  cursor: z.string().max(100).optional().meta({ description: '`next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(200).optional().meta({ description: 'tickets of a page, 200 if absent' }),
})

const part = z.string().max(40).optional().meta({
  description:
    'to whom, where others are merged into the ticket: one of `parts`, or the ticket itself; absent: where the customer wrote last',
})
const macroSteps = z
  .object({
    tag: z
      .array(z.string().trim().min(1).max(40))
      .min(1)
      .max(20)
      .readonly()
      .optional()
      .meta({ description: 'added to those that it has' }),
    transfer: z.string().min(1).max(60).optional().meta({ description: 'the team that has the ticket then' }),
    resolve: z.object({ outcome: outcome.optional(), reason: z.string().max(40).optional() }).optional(),
    snooze: z
      .union([z.number().positive().max(2160), z.literal('until-they-write')])
      .optional()
      .meta({ description: 'hours, or until the customer writes' }),
  })
  .meta({ description: 'steps of a macro, done to the ticket with the reply' })
export const replyBody = z.object({
  also: macroSteps.optional(),
  text: words,
  audience,
  part,
  invite: z.boolean().optional().meta({
    description: 'a public reply has the network’s button to write privately, where there is one',
  }),
  override: z.string().trim().min(3, 'say why in a few words').max(1000).optional().meta({
    description: 'why it is sent despite findings that are not absolute; recorded',
  }),
})
export const checkBody = z.object({ text: z.string().max(10_000, 'at most 10,000 characters'), audience, part })
export const replyCheck = named(
  'ReplyCheck',
  z.object({
    findings: z.array(finding).readonly(),
    length: z.number().meta({ description: 'as the network counts' }),
    limit: z
      .number()
      .optional()
      .meta({ description: 'the longest that the network takes; absent where it names none' }),
  }),
)
export const savedRepliesQuery = z.object({ ticket: z.string().min(1).max(100) })
export const savedReplies = named(
  'SavedReplies',
  z.object({
    savedReplies: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          shortcut: z.string().optional().meta({ description: 'a short word to find it by' }),
          audience: z.enum(['public', 'private', 'both']),
          text: z.string(),
          private: masked,
          also: macroSteps.optional(),
        }),
      )
      .readonly(),
  }),
)
export const wordingBody = z.object({
  article: z.string().trim().min(1, 'name an article').max(200),
  answer: z
    .string()
    .max(300)
    .optional()
    .meta({ description: 'id of the bot’s message that answered something else from this article' }),
})
export const labelBody = label.refine(isLabel, 'say what kind of message it is')
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
const note = z.string().trim().max(10_000).optional()
const promises = z
  .union([z.string().trim().max(10_000), z.array(z.string().trim().max(2000)).max(50)])
  .optional()
  .meta({ description: 'what the bot keeps to when the customer writes again' })
export const resolveBody = z
  .object({
    followUp,
    note,
    outcome: outcome.optional(),
    reason: z.string().max(40).optional().meta({ description: 'id of one of the brand’s contact reasons' }),
    promises,
  })
  .optional()
export const transferBody = z
  .object({
    team: teamName.optional().meta({ description: 'it waits there' }),
    to: z.string().max(254).optional().meta({ description: 'e-mail of the colleague who has it then' }),
    note,
  })
  .refine(({ team, to }) => (team === undefined) !== (to === undefined), 'name a `team`, or a colleague in `to`')
export const snoozeBody = z
  .object({ until: time.optional().meta({ description: 'absent: until the customer writes' }) })
  .optional()
export const tagsBody = z.object({
  tags: z.array(z.string().trim().min(1).max(40, 'at most 40 characters')).max(20, 'at most 20 tags'),
})
export const returnBody = z
  .object({
    followUp,
    note,
    promises,
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
