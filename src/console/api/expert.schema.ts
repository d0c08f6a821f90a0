// JSON schemas of experts outside: how they are asked, and what they read and answer.
import { z } from 'zod'
import { named, time } from './common.schema.ts'
import { ticket } from './tickets.schema.ts'

export const askBody = z.object({
  name: z.string().trim().min(1, 'say whom you ask').max(60, 'at most 60 characters'),
  question: z.string().trim().min(1, 'write a question').max(4000, 'at most 4,000 characters'),
  messages: z
    .array(z.string().max(300))
    .max(200, 'at most 200 messages')
    .optional()
    .meta({ description: 'ids of those that they may read; absent: none' }),
  unmasked: z.boolean().optional().meta({ description: 'private data in these messages is shown; else it is masked' }),
  hours: z
    .number()
    .int()
    .min(1)
    .max(336, 'at most 14 days')
    .optional()
    .meta({ description: 'how long the link holds; 72 if absent' }),
})
export const asked = named(
  'AskedExpert',
  z.object({
    ticket,
    link: z.string().meta({ description: 'for the expert; it is told this once and kept nowhere' }),
  }),
)

const token = z.string().min(1).max(400).meta({ description: 'what stands in the link after `#`' })
export const readBody = z.object({ token })
export const answerBody = z.object({
  token,
  text: z.string().trim().min(1, 'write an answer').max(10_000, 'at most 10,000 characters'),
})
export const question = named(
  'ExpertQuestion',
  z.object({
    name: z.string(),
    brand: z.string(),
    question: z.string(),
    until: time,
    messages: z
      .array(
        z.object({
          author: z.enum(['customer', 'assistant', 'team', 'other']),
          audience: z.enum(['public', 'private']),
          text: z.string(),
          at: z.number().meta({ description: 'milliseconds since 1970' }),
        }),
      )
      .readonly(),
  }),
)
export const answered = named('ExpertAnswered', z.object({ done: z.literal(true) }))
