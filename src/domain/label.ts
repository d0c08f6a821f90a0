// A label: what an agent says a message was; training data.
import { z } from 'zod'
import { COMPLAINTS, MOODS } from './understanding.ts'

/** What a wording is proposed as: an article's question (`wins` false: one that it must not win), or a message of a kind. */
export type TrainingExample = { article: string; wins?: false } | { label: Label }

/** What a message is. `account-specific`: helping needs what is known of this customer alone. `wants-human`: they ask for a person. */
export const label = z
  .object({
    complaint: z.enum(COMPLAINTS),
    mood: z.enum(MOODS),
    'account-specific': z.boolean(),
    'wants-human': z.boolean(),
  })
  .partial()
export type Label = z.infer<typeof label>
