// While people have paused the bot it says and does nothing: what it would have answered is theirs. Pure.
import type { Reason } from '#domain'
import type { BotPause } from '#handoff'
import type { TurnInput } from './context.ts'
import { explain, type Plan, withoutForm } from './plan/escalation.ts'

/** What is left of a plan: public talk that asks nothing stays alone, everything else waits for a person, without a word. */
export function planWhilePaused(
  input: TurnInput,
  { plan, reasons }: { readonly plan: Plan; readonly reasons: readonly Reason[] },
  { by, because }: Pick<BotPause, 'by' | 'because'>,
): { readonly plan: Plan; readonly reasons: readonly Reason[] } {
  const paused = explain('bot-paused', `${by} has paused the bot: ${because}`)
  const quiet = { case: withoutForm(input.current), drafts: [] }
  const isOurs = input.directed && plan.outcome !== 'ignored'
  if (!isOurs && !plan.escalation) return { plan: { ...quiet, outcome: 'ignored' }, reasons: [paused] }
  const { escalation } = plan
  const why = [paused, ...(escalation?.reasons ?? reasons)]
  return { plan: { ...quiet, outcome: 'escalated', escalation: { ...escalation, reasons: why } }, reasons: why }
}
