// The schema of a recorded turn: what was said, understood and known, without customers' values.
import { z } from 'zod'
import { CHANNELS, COMPLAINTS, LEAVE_ALONE } from '#domain'

/** Of `facts`, those stand that were understood or known then; the others follow from the content. */
export const recordedTurn = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  audience: z.enum(['public', 'private']),
  channel: z.enum(CHANNELS).default('playground'),
  /** Milliseconds since 1970; absent: now. */
  at: z.number().optional(),
  facts: z
    .object({
      intent: z.string(),
      complaint: z.enum(COMPLAINTS),
      sentiment: z.number(),
      urgency: z.number(),
      language: z.string(),
      signals: z.array(z.string()),
      'wants-human': z.boolean(),
      directed: z.boolean(),
      'leave-alone': z.array(z.enum(LEAVE_ALONE)),
      reach: z.number(),
      contacts: z.number(),
      failures: z.number(),
      strikes: z.number(),
      promised: z.boolean(),
      'opted-out': z.boolean(),
      offered: z.number(),
      load: z.enum(['normal', 'high']),
      'order-number': z.string(),
      amount: z.number(),
    })
    .partial()
    .default({}),
})
export type RecordedTurn = z.infer<typeof recordedTurn>
