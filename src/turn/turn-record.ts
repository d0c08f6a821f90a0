import { type Case, type Facts, type HistoryEvent, type Reason, WANTED } from '#domain'
import { nudgeOf } from '#understanding'
import type { TurnInput } from './context.ts'
import type { Plan } from './plan/escalation.ts'
import { isAwaited } from './sent-texts.ts'
import type { TurnContext } from './turn-context.ts'

/** Stands for a value that was known; no text has it. */
const KNOWN = '█████'

/** Private values that a case remembers, in order to keep them private. */
const MOST_SAID = 100

/** What the case remembers of a turn, whatever is decided. */
export function note(input: TurnInput): Case {
  const { current, understanding, words, dialog } = input
  // An answer to an open form's question is no new wish.
  const opens = dialog !== undefined && dialog.id !== current.form?.dialog
  const substantial = opens || understanding.complaint !== 'none' || understanding.signals.includes('question')
  // What a person was asked to look at stays, and so does it when somebody only asks whether we are there.
  const isMore = understanding.wantsHuman || !substantial || isAwaited(current) || nudgeOf(words) !== undefined
  const wants = current.wants && isMore ? current.wants : words
  const heard = understanding.privateData
    .filter((span) => span.type !== 'handle' && !span.replaced)
    .map((span) => ({ name: span.type, value: words.slice(span.start, span.end) }))
  const fresh = heard.filter(({ value }) => !current.said.some((one) => one.value === value))
  return {
    ...current,
    said: [...current.said, ...fresh].slice(-MOST_SAID),
    wants: wants.slice(0, WANTED),
    moods: [...current.moods, understanding.sentiment].slice(-20),
    strikes: current.strikes + (understanding.signals.includes('abuse') ? 1 : 0),
  }
}

export function turnTaken(
  { content }: TurnContext,
  { messages, understanding, finding, now }: TurnInput,
  plan: Plan,
  facts: Facts,
  reasons: readonly Reason[],
): HistoryEvent {
  return {
    at: now,
    type: 'turn-taken',
    messages: messages.map((message) => message.id),
    outcome: plan.outcome,
    reasons: plan.escalation?.reasons ?? reasons,
    version: content.version,
    understanding,
    facts: withoutValues(facts),
    confidence: finding.confidence,
    ...(plan.article ? { article: plan.article } : {}),
    ...(plan.engine ? { engine: plan.engine } : {}),
  }
}

/** That something is known, not what it is: what is kept to be decided again holds no value of the customer's. */
function withoutValues(facts: Facts): Facts {
  return { ...facts, ...(facts['order-number'] === undefined ? {} : { 'order-number': KNOWN }) }
}
