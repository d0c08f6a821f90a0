// Refusals of release steps: conflicts and what is wrong with a draft.
import type { Problem } from '#content'

/** An example that shows otherwise than it says. */
export type FailedExample = {
  readonly file: string
  readonly line: number
  readonly title: string
  readonly problem: string
}

/** Why something is not done, in the words of whoever wanted it. */
export type Refusal = {
  readonly refused: 'not-found' | 'conflict' | 'invalid'
  readonly because: string
  readonly problems?: readonly Problem[]
  readonly failed?: readonly FailedExample[]
}

export const conflict = (because: string): Refusal => ({ refused: 'conflict', because })
export const notFound = (because: string): Refusal => ({ refused: 'not-found', because })
export const invalid = (because: string): Refusal => ({ refused: 'invalid', because })
export const isRefusal = (value: object): value is Refusal => 'refused' in value
