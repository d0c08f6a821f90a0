// Withdrawal: a customer takes back what they have just agreed to.

import type { Content } from '#content'
import { confirmationFrame, dialogueActOf, isFarewell, refusesDeed } from '#dialog'
import {
  type ActReading,
  type Case,
  type CaseTicket,
  type DialogueAct,
  type Frame,
  type PendingMessage,
  type Reason,
  WANTED,
} from '#domain'
import type { TurnInput } from './context.ts'
import { cannedReply } from './plan/canned-replies.ts'
import { attemptsMade, explain, type Plan } from './plan/escalation.ts'

/** How long a yes could be taken back in records of an earlier version. */
const BEFORE_MS = 10_000
/** So sure of what they mean later, in their own words. */
const SURE = 0.9
/** Right after the yes, these are about it as well. */
const TAKES_BACK_AT_ONCE: ReadonlySet<DialogueAct> = new Set(['stop', 'deny', 'wait', 'correct'])

export type Withdrawal = {
  readonly title: string
  /** Nobody has the ticket, and it is about nothing else. */
  readonly isInTime: boolean
  readonly ticket: CaseTicket
}

/** What these words, said `at`, take back; undefined where they do not. */
export function withdrawalIn(
  content: Content,
  current: Case,
  words: string,
  at: number,
  reading?: ActReading,
): Withdrawal | undefined {
  const { deed, ticket } = current
  const dialog = content.dialogs.find(({ id }) => id === deed?.dialog)
  if (!deed || !dialog || !ticket || ticket.state === 'resolved') return undefined
  const isAtOnce = at <= (deed.until ?? deed.at + BEFORE_MS)
  if (!takesBack(words, confirmationFrame(dialog), reading, isAtOnce)) return undefined
  const isInTime = isAtOnce && ticket.state === 'waiting' && ticket.openedAt === deed.at
  return { title: dialog.title, isInTime, ticket }
}

function takesBack(words: string, frame: Frame, reading: ActReading | undefined, isAtOnce: boolean): boolean {
  const closed = dialogueActOf(words, frame)
  if (isFarewell(words) || closed === 'affirm') return false
  if (isAtOnce) return TAKES_BACK_AT_ONCE.has(dialogueActOf(words, frame, reading))
  if (closed !== 'unclear') return closed === 'stop' || refusesDeed(words)
  return reading !== undefined && reading.chance >= SURE && (reading.act === 'stop' || reading.act === 'deny')
}

/** In time the ticket is closed; later whoever has it, or will, sees first of all that it was taken back. */
export function withdrawalPlan(input: TurnInput, withdrawal: Withdrawal): Plan {
  const { title, isInTime } = withdrawal
  const current = withWithdrawal(input.current, withdrawal, input.words)
  if (isInTime)
    return {
      outcome: 'acknowledged',
      case: current,
      drafts: [cannedReply(input, 'withdrawn')],
      resolved: `the customer took back “${title}”`,
    }
  return {
    outcome: 'escalated',
    case: current,
    drafts: [cannedReply(input, 'withdrawn-late')],
    escalation: { reasons: [reasonOf(title)], priority: 'urgent' },
  }
}

const reasonOf = (title: string): Reason =>
  explain('withdrawn', `The customer took back “${title}”: do not carry it out.`)

/** The case with that at the top of everything that an agent reads. */
export function withWithdrawal(current: Case, { title, ticket }: Withdrawal, words: string): Case {
  const { deed: _, ...rest } = attemptsMade(current, `Heard that the customer takes back “${title}”.`)
  const before = current.wants ? ` Before that: “${current.wants}”` : ''
  return {
    ...rest,
    wants: `Taken back: “${words}”.${before}`.slice(0, WANTED),
    ticket: { ...ticket, reasons: [reasonOf(title), ...ticket.reasons] },
  }
}

/** When the last message of a turn was said, in milliseconds since 1970. */
export const saidAt = (turn: readonly PendingMessage[]): number => turn.at(-1)?.message.at ?? 0
