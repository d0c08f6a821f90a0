// Checks of a draft: why a text or the whole draft must not serve. Pure.
import { MAX_BYTES, type Problem } from '#content'
import type { CheckResult } from '../policy-sandbox.ts'
import type { Refusal } from '../refusal.ts'

const isError = ({ severity }: Problem) => severity === 'error'

/** Why what was checked must not serve. */
export function objectionTo({ problems, examples: { failed } }: CheckResult): Refusal | undefined {
  const errors = problems.filter(isError)
  if (errors.length > 0)
    return { refused: 'invalid', because: `mend ${counted(errors.length, 'problem')} first`, problems: errors }
  if (failed.length > 0)
    return { refused: 'invalid', because: `${counted(failed.length, 'example')} would no longer hold`, failed }
  return undefined
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

/** Why a text cannot be a file of the content. */
export function textProblem(text: string): string | undefined {
  if (text.trim() === '') return 'the file would be empty; remove it instead'
  if (!text.isWellFormed()) return 'the text has half a character in it; type it again'
  return Buffer.byteLength(text) > MAX_BYTES ? `the file is longer than ${MAX_BYTES / 1024} KiB` : undefined
}
