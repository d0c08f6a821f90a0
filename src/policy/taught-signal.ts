// Signals that an owner teaches by examples: what customers say that is one, and what only sounds like it.
import { z } from 'zod'
import { isSignal, TEACHABLE } from '#domain'

/** Fewer lines say too little of how else it may be said. */
const FEWEST = 3

export const taughtSignal = z.strictObject({
  /** One of TEACHABLE, or a name of the owner's own. */
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case words joined by dashes, such as `outage`')
    .refine(
      (id) => !isSignal(id) || TEACHABLE.some((name) => name === id),
      `this signal cannot be taught; expected a name of your own or one of ${TEACHABLE.map((name) => `\`${name}\``).join(', ')}`,
    ),
  says: z.array(z.string().min(1)).min(FEWEST, `expected at least ${FEWEST} lines that customers say`),
  not: z.array(z.string().min(1)).default([]),
  /** Whoever says it complains of something grave. */
  major: z.boolean().optional(),
  because: z.string().min(8).optional(),
})
export type TaughtSignal = z.infer<typeof taughtSignal>
