// Adds examples, labels and questions to content files, where their owner would write them.

import { FRONT_MATTER } from '../read/articles.ts'
import { type Item, withItem } from './yaml-list.ts'

/** Where messages are kept that people label. */
export const MESSAGES_FILE = 'policies/messages.yaml'
const NO_MESSAGES = 'topic: Messages and what they are\nowner: customer-care\n'

/** The text of an article with one more of the questions that it must win, or must `not`; undefined where it cannot be added. */
export function withQuestion(
  text: string,
  question: string,
  list: 'questions' | 'not' = 'questions',
): string | undefined {
  const [whole, inside = ''] = FRONT_MATTER.exec(text) ?? []
  if (whole === undefined) return undefined
  const start = whole.indexOf('\n') + 1
  const end = start + inside.length
  // With the end of its last line.
  const head = text[end] === '\n' ? `${inside}\n` : inside
  const longer = withItem(head, list, question)
  return longer === undefined ? undefined : text.slice(0, start) + longer + text.slice(start + head.length)
}

/** The text of a file of policies with one more labelled message; a file that is not there is begun. */
export function withMessage(text: string | undefined, message: Exclude<Item, string>): string | undefined {
  const whole = text ?? NO_MESSAGES
  return withItem(whole.endsWith('\n') ? whole : `${whole}\n`, 'messages', message)
}
