// Checks quick replies (buttons): their titles must be read as a plain yes or no.
import type { Frame } from '#domain'
import { dialogueActOf } from './dialogue-act.ts'

/** Messenger's limit. */
const LONGEST = 20
const ACTS = { yes: 'affirm', no: 'deny' } as const

/** Why this title cannot stand on the button `yes` or `no` under the question of `frame`. */
export function quickReplyProblem(
  title: string,
  button: keyof typeof ACTS,
  frame: Frame = { kind: 'confirm-grave' },
): string | undefined {
  const length = [...title].length
  if (length > LONGEST) return `a button holds ${LONGEST} characters, and this has ${length}; shorten it`
  return dialogueActOf(title, frame) === ACTS[button]
    ? undefined
    : `the bot does not read \`${title}\` as a plain ${button}; expected words such as \`${button === 'yes' ? 'Yes' : 'No'}\``
}
