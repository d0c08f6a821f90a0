// The outcome of a turn under one content, for comparing two.
import type { Aside, Fact, LeaveAlone, Understanding } from '#domain'
import type { TurnContext, TurnResult } from '#turn'
import { openSimulatedConversation, syntheticCustomer } from './conversation.ts'
import type { RecordedTurn } from './turn-recording.schema.ts'

export type TurnOutcome = {
  readonly verdict: string
  readonly outcome: string
  readonly rule: string
  readonly because: string
  readonly replies: readonly string[]
  /** Why the gate stopped what was to be said. */
  readonly blocked?: readonly string[]
}

export function outcomeOf({ verdict, outcome, reasons, drafts, change }: TurnResult): TurnOutcome {
  const blocked = (change.events ?? []).flatMap((event) =>
    event.type === 'gate-blocked' ? event.findings.map(({ because }) => because) : [],
  )
  return {
    verdict: verdict ?? 'escalate',
    outcome,
    rule: reasons[0]?.rule ?? 'no-rule',
    because: reasons[0]?.because ?? '',
    replies: drafts.map(({ text }) => text),
    ...(blocked.length > 0 ? { blocked } : {}),
  }
}

/** Whether customers would notice: another outcome, or other words. */
export const outcomesDiffer = (one: TurnOutcome, other: TurnOutcome): boolean =>
  one.outcome !== other.outcome || one.replies.join('\n') !== other.replies.join('\n')

/** How a turn ends: heard as it was recorded, by the very turn of the service. */
export async function replayTurn(
  context: TurnContext,
  { text, audience, channel, facts, at }: RecordedTurn,
): Promise<TurnOutcome> {
  const then: TurnContext = {
    ...context,
    ...(at === undefined ? {} : { now: () => at }),
    understand: async (heard) => {
      const now = await context.understand(heard)
      const recorded = known(
        { ...facts, intentConfidence: facts.intent === undefined ? undefined : 1, wantsHuman: facts['wants-human'] },
        ['intent', 'intentConfidence', 'complaint', 'sentiment', 'urgency', 'language', 'signals', 'wantsHuman'],
      )
      return { ...now, ...recorded, ...withTaught(context, now, facts.signals) }
    },
    ...(facts.load === undefined ? {} : { load: async () => facts.load ?? 'normal' }),
  }
  const before = {
    customer: { ...syntheticCustomer(channel), ...known(facts, ['reach']) },
    turns: (facts.contacts ?? 1) - 1,
    ...known(facts, ['failures']),
    ...(facts.strikes === undefined
      ? {}
      : { strikes: Math.max(0, facts.strikes - (facts.signals?.includes('abuse') ? 1 : 0)) }),
    facts: (['order-number', 'amount'] as const).flatMap((name): Fact[] =>
      facts[name] === undefined ? [] : [{ name, value: String(facts[name]), audience: 'private' }],
    ),
    ...(facts['opted-out'] ? { optedOut: true as const } : {}),
    ...(facts.offered ? { offers: [{ kind: 'compensation' as const, amount: facts.offered }] } : {}),
    ...(facts.promised ? { promises: [{ by: 'a colleague', text: '…', at: at ?? 0 }] } : {}),
  }
  const how = { directed: facts.directed ?? true, aside: asideOf(facts['leave-alone'] ?? []) }
  return outcomeOf(await openSimulatedConversation(then, channel, before).hear(text, audience, how))
}

/** Signals that the content teaches are heard anew, with what follows from them; all others were heard then. */
function withTaught(
  { content }: TurnContext,
  now: Understanding,
  recorded: readonly string[] | undefined,
): Partial<Pick<Understanding, 'signals' | 'complaint' | 'urgency'>> {
  const taught = content.signals.map(({ id }) => id)
  const changed = taught.filter((id) => now.signals.includes(id) !== (recorded?.includes(id) ?? false))
  if (!recorded || changed.length === 0) return {}
  const { complaint, urgency } = now
  const kept = recorded.filter((id) => !taught.includes(id))
  return { complaint, urgency, signals: [...kept, ...taught.filter((id) => now.signals.includes(id))] }
}

/** Where a post stood among others, from what spoke against joining in. */
function asideOf(against: readonly LeaveAlone[]): Aside {
  return {
    ...(against.includes('conversation') ? { answers: true } : {}),
    ...(against.includes('quote') ? { quotes: true } : {}),
  }
}

/** The named entries that have a value. */
function known<T extends object, N extends keyof T>(from: T, names: readonly N[]): Partial<Pick<T, N>> {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]]))) as Partial<
    Pick<T, N>
  >
}
