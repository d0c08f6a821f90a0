// JSON schemas of merging tickets.
import { z } from 'zod'
import { named } from '../common.schema.ts'
import { summary } from '../tickets.schema.ts'

export const mergeBody = z.object({
  into: z.string().trim().min(1, 'name the ticket that it goes into').max(40),
})
export const duplicates = named(
  'Duplicates',
  z.object({
    duplicates: z
      .array(
        z.object({
          ticket: summary,
          because: z.array(z.string()).readonly().meta({ description: 'what both have, without private data' }),
        }),
      )
      .readonly(),
  }),
)
