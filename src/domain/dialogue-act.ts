// What a customer does with a message, and the question it is read against.

/** Dialogue acts: what is done with a message in its frame. */
export const DIALOGUE_ACTS = [
  'affirm',
  'deny',
  /** Yes with a condition, a limit or a further wish. */
  'affirm-if',
  /** Something that was said or read back is wrong. */
  'correct',
  /** One of two titles that were offered. */
  'choose',
  'value',
  /** They do not have it, or do not know it. */
  'cannot',
  'ask',
  'wait',
  /** They no longer want it, or no longer need it. */
  'stop',
  /** They want something else done, in place of it or as well. */
  'wish',
  'thanks',
  'greet',
  'complain',
  'unclear',
] as const
export type DialogueAct = (typeof DIALOGUE_ACTS)[number]

/** What a language model may read beside them, also where nothing was asked. */
export const ACTS = [...DIALOGUE_ACTS, 'solved', 'praise', 'side-talk', 'nothing'] as const
export type Act = (typeof ACTS)[number]

/** The likeliest act, and how likely it is, from 0 to 1. */
export type ActReading = { readonly act: DialogueAct; readonly chance: number }

/** What was asked last. */
export type Frame = {
  /** `confirm-grave`: the yes has consequences. `slot:`: the type of the value that is asked for. */
  readonly kind: 'confirm-grave' | 'confirm-plain' | 'choose' | 'none' | `slot:${string}`
  /** The question as its owner wrote it, with `{name}` for a value; without an open question, the bot's last words. */
  readonly question?: string
  /** The values that it reads back, or the titles that it offers. */
  readonly values?: readonly string[]
}
