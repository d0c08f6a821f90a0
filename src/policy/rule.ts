// The schema of a rule, and the verdicts.
import { z } from 'zod'
import { type Label, label } from '#domain'

/** From boldest to most cautious; of several rules that fire, the most cautious decides. */
export const VERDICTS = ['answer', 'acknowledge', 'ask', 'move-to-private', 'ignore', 'moderate', 'escalate'] as const
export type Verdict = (typeof VERDICTS)[number]

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const

const id = z
  .string()
  .regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, 'expected lower-case words joined by dots or dashes, such as `refunds.small`')

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: 'expected a word, a number or true/false' })

/** What one fact has to be: a value, any of several, a range, or not one of these; a set also: all of these, and none of those. */
const condition = z.union(
  [
    scalar,
    z.array(scalar).min(1),
    z
      .strictObject({ 'at-least': z.number(), 'at-most': z.number(), above: z.number(), below: z.number() })
      .partial()
      .refine((range) => Object.keys(range).length > 0, 'expected at-least, at-most, above or below'),
    z.strictObject({ not: z.union([scalar, z.array(scalar).min(1)]) }),
    z.strictObject({ all: z.array(scalar).min(1) }),
    z.strictObject({ all: z.array(scalar).min(1), not: z.union([scalar, z.array(scalar).min(1)]) }),
  ],
  {
    error:
      'expected a value, a list of values, {at-least: 0.8}, {not: value}, {all: [values]} or {all: [values], not: value}',
  },
)
export type Condition = z.infer<typeof condition>

export const rule = z.strictObject({
  id,
  /** Every named fact has to fit; an empty `when` always fires. */
  when: z.record(z.string(), condition),
  then: z.enum(VERDICTS),
  /** A sentence an agent can read. */
  because: z.string().min(8),
  owner: z.string().optional(),
  /** A saying of brand.yaml, or a text of its own, said when this rule decides. */
  say: z.string().optional(),
  /** A saying or a text that is said first where another rule decides, whatever that is. */
  'say-first': z.string().optional(),
  /** For `escalate`. */
  team: z.string().optional(),
  skills: z.array(z.string()).optional(),
  priority: z.enum(PRIORITIES).optional(),
  /** For `moderate`: the published community rule that the post breaks. */
  'community-rule': z.string().optional(),
  /** For `move-to-private`: an agent may write about it in public all the same, with a reason that stays on record. */
  'agents-may-override': z.boolean().optional(),
  channels: z.array(z.string()).optional(),
  /** Days in which it holds, as 2026-11-22; both included. */
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
})
export type Rule = z.infer<typeof rule>

export const example = z.strictObject({
  /** What a customer writes; understood by the embedded engine. */
  says: z.string().optional(),
  /** What we would write in public: `answer` if it may be sent, `move-to-private` if a rule keeps its matter private. */
  reply: z.string().optional(),
  /** Facts that are given rather than understood. */
  given: z.record(z.string(), z.union([scalar, z.array(scalar)])).default({}),
  expect: z.strictObject({ verdict: z.enum(VERDICTS), because: z.string().optional() }),
})
export type PolicyExample = z.infer<typeof example>
export const LABELS = label.keyof().options
export const isLabel = (given: Label): boolean => LABELS.some((name) => given[name] !== undefined)

/** What a customer wrote, and what it was: the bot learns to hear it. */
export const message = z
  .strictObject({ text: z.string(), ...label.shape })
  .refine(isLabel, `expected one of ${LABELS.map((name) => `\`${name}\``).join(', ')}`)
export type LabelledMessage = z.infer<typeof message>
