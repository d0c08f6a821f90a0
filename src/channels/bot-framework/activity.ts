// The schema of a Bot Framework activity, as far as it is read.
// Unknown fields pass, and a field of the wrong kind counts as missing (Activity protocol A2005).

import { z } from 'zod'

const word = z.string().optional().catch(undefined)
/** Half a surrogate pair cannot be escaped, nor told from another half once it is stored. */
const id = z
  .string()
  .refine((text) => text.isWellFormed())
  .optional()
  .catch(undefined)
const account = z.looseObject({ id, name: word, role: word }).optional().catch(undefined)
const things = z.array(z.unknown()).optional().catch(undefined)

export const Activity = z.looseObject({
  type: z.string().min(1),
  id,
  timestamp: id,
  localTimestamp: word,
  serviceUrl: word,
  channelId: id,
  from: account,
  recipient: account,
  conversation: z
    .looseObject({ id, isGroup: z.boolean().optional().catch(undefined), conversationType: word })
    .optional()
    .catch(undefined),
  replyToId: id,
  text: word,
  name: word,
  attachments: things,
  reactionsAdded: things,
  reactionsRemoved: things,
})
export type Activity = z.infer<typeof Activity>
