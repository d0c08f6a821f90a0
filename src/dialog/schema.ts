// The schema of a dialog file: phrases, slots (`needs`), action, texts.
import { z } from 'zod'
import { WEEKDAYS } from '#lib'

const NEED_TYPES = [
  'order',
  'email',
  'phone',
  'postcode',
  'amount',
  'date',
  'name',
  'text',
  'choice',
  'yes-no',
] as const

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected a lower-case word such as `order-number`')

/** One thing a form has to know. It is asked for in private only. */
const need = z.strictObject({
  name,
  type: z.enum(NEED_TYPES),
  ask: z.string(),
  /** Said when the answer does not fit. */
  invalid: z.string(),
  /** A regular expression (RE2: no look-around, no back-references) that the whole value matches; for `order` and `text`. */
  pattern: z.string().optional(),
  /** For `choice`: value -> words that mean it, in any inflection; `07:00-11:00` is any time from 7 to 11. */
  choices: z.record(z.string(), z.array(z.string())).optional(),
  /** For `date`: whether the day lies before or after today; `Friday` is the last one or the next one. */
  direction: z.enum(['past', 'future']).optional(),
  /** For `date`: the weekdays that do; default: all. */
  days: z.array(z.enum(WEEKDAYS)).min(1).optional(),
  /** For `date`: said of a day that does not do, on the wrong side of today or none of `days`; `{date}` is that day. */
  'day-refused': z.string().optional(),
  optional: z.boolean().default(false),
  /** For `order`: said of a few digits of it; default: `invalid`. */
  partial: z.string().optional(),
  /** Said once to whoever does not have it: where to find it, or what would do instead. */
  cannot: z.string().optional(),
})
export type Need = z.infer<typeof need>

/** An HTTP GET declared in content. `{name}` in the path is filled with collected values, URL-encoded. */
export const action = z.strictObject({
  /** Name of the environment variable that holds the service's base URL. */
  'url-from': z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  path: z.string().startsWith('/'),
  'timeout-ms': z.number().int().min(100).max(20_000).default(4000),
  /** Fields of the JSON answer that we use; anything else is dropped, a missing or mistyped one is a failure. */
  expects: z.record(name, z.enum(['text', 'number', 'date', 'yes-no'])),
  /** Said when the service answers 404. `{name}` as in `say`. */
  'not-found': z.string(),
})
export type Action = z.infer<typeof action>

/** Last words for a case of its own. */
const saidWhen = z.strictObject({
  /** Names of needs and of fields of the answer, each with the values that it may have; all of them have to hold. */
  when: z.record(name, z.array(z.string()).min(1)),
  say: z.string(),
})

/** One line of an example transcript. */
const line = z.union([
  z.strictObject({ customer: z.string() }),
  /** What the bot's text has to contain. */
  z.strictObject({ bot: z.string() }),
  z.strictObject({ outcome: z.string() }),
])

/** One file of `dialogs/`: one thing customers may want; its id is the file's name. */
export const dialogFile = z.strictObject({
  title: z.string(),
  topic: z.string(),
  owner: z.string(),
  /** What customers say when they want it; at least eight, in their own words. */
  phrases: z.array(z.string()).min(8),
  /** Whether helping needs data of this one customer, and so a private conversation. */
  personal: z.boolean(),
  needs: z.array(need).default([]),
  /** Read back before acting; `{name}` is filled in. */
  confirm: z.string().optional(),
  /** The same question, shorter: said when the answer was neither yes nor no. */
  'confirm-again': z.string().optional(),
  /** Whether only a plain yes to `confirm` will do; default: yes, where a person carries it out (`then: escalate`). */
  consequential: z.boolean().optional(),
  action: action.optional(),
  /** Said at the end; `{name}` of needs and of the action's answer. Absent: the article or policy speaks. */
  say: z.string().optional(),
  /** Said in place of `say` where its `when` holds; the first that does. */
  'say-when': z.array(saidWhen).default([]),
  /** After `say`: `done`, or a person takes over with the facts. */
  then: z.enum(['done', 'escalate']).default('done'),
  team: z.string().optional(),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).optional(),
  /** Private transcripts that it must pass. */
  examples: z
    .array(
      z.strictObject({
        title: z.string(),
        audience: z.enum(['public', 'private']).default('private'),
        /** What the action's service answers in this example: JSON, or 404, or `down`. */
        service: z.union([z.record(z.string(), z.unknown()), z.literal(404), z.literal('down')]).optional(),
        lines: z.array(line).min(2),
      }),
    )
    .min(1),
})
type DialogFile = z.infer<typeof dialogFile>
export type Dialog = DialogFile & { readonly id: string }
