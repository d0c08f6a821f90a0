// What an area of attacks is: it sends, and takes down what came back and what should not have.
import type { Exchange } from './raw-socket.ts'
import type { Target } from './target.ts'

/** Takes down one exchange; `wrong`: why it is a finding. */
export type Note = (what: string, got: Exchange, wrong?: string | false) => void
type Asked = { readonly target: Target; readonly count: number; readonly seed: number; readonly note: Note }
export type Area = (asked: Asked) => Promise<void>

export const WIDTH = 32
export const JSON_TYPE = { 'content-type': 'application/json' }

/** Answers that say more than they should, whatever was asked. */
export function tells({ status, answer }: Exchange): string | false {
  if (status !== undefined && status >= 500) return 'answered as an error of ours'
  if (/node_modules|\bat \S+ \(|\/src\/\S+\.ts/.test(answer)) return 'shows our insides'
  return /^access-control-allow-/im.test(answer) && 'lets other sites read'
}
