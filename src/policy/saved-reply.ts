// A saved reply: a text for agents, filled in for a ticket. With `also` it is a macro, which names steps that belong to it.
import { z } from 'zod'
import { CHANNELS, TICKET_OUTCOMES } from '#domain'

const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case words joined by dashes, such as `late-parcel`')

/** What belongs to a macro beside the text. A ticket goes one way: it is transferred, resolved or put aside. */
const also = z
  .strictObject({
    /** Added to the tags that the ticket has. */
    tag: z.array(z.string().trim().toLowerCase().min(1).max(40)).min(1).max(20).readonly().optional(),
    /** The team that has the ticket then. */
    transfer: z.string().optional(),
    /** `reason`: id of one of the brand's contact reasons. */
    resolve: z.strictObject({ outcome: z.enum(TICKET_OUTCOMES).optional(), reason: z.string().optional() }).optional(),
    /** Hours, 90 days at most, or until the customer writes. */
    snooze: z.union([z.number().positive().max(2160), z.literal('until-they-write')]).optional(),
  })
  .refine((own) => Object.keys(own).length > 0, 'expected at least one of `tag`, `transfer`, `resolve`, `snooze`')
  .refine(
    ({ transfer, resolve, snooze }) => [transfer, resolve, snooze].filter((way) => way !== undefined).length < 2,
    'expected one of `transfer`, `resolve` and `snooze`; a ticket goes one way',
  )

export const savedReply = z.strictObject({
  id: slug.max(60),
  name: z.string().trim().min(3).max(60),
  /** A short word to find it by. */
  shortcut: slug.max(30).optional(),
  /** `{customer}`, `{agent}` and, in private, facts by name are filled in. */
  text: z.string().trim().min(1, 'the text is empty'),
  /** Who reads it. */
  audience: z.enum(['public', 'private', 'both']),
  /** Absent: every network. */
  channels: z.array(z.enum(CHANNELS)).min(1).optional(),
  /** ISO 639-1; absent: whatever the customer writes in. */
  language: z.string().length(2).optional(),
  /** Who answers for it; absent: the file's owner. */
  owner: z.string().optional(),
  reviewed: z.iso.date().optional(),
  also: also.optional(),
})
export type SavedReply = z.infer<typeof savedReply>
