// Takes what a turn says through the gate, and makes its change: what is blocked becomes a ticket, never silence.
import type { Content } from '#content'
import {
  BOT,
  type Case,
  type CustomerChange,
  type Effect,
  type HistoryEvent,
  type Outcome,
  type PendingMessage,
  type Reason,
  type ReplyDraft,
} from '#domain'
import { type Escalation, openTicket, publishTicketState, recentlyResolved, withNewMessages } from '#handoff'
import { slaDueAt, type Verdict } from '#policy'
import { composeReply } from '#reply'
import type { TurnInput } from './context.ts'
import { escalationPlan, type Plan, withDisclosure } from './plan/escalation.ts'
import { privatePlan } from './plan/plan.ts'
import { wasSaid } from './sent-texts.ts'
import type { TurnContext } from './turn-context.ts'

/** What a turn came to: the change to commit, and what was said, for whoever wants to look. */
export type TurnResult = {
  /** Absent where the rules were not asked. */
  readonly verdict?: Verdict
  readonly outcome: Outcome
  readonly change: CustomerChange
  readonly drafts: readonly ReplyDraft[]
  readonly reasons: readonly Reason[]
}

/** In the history, whoever took back what they had said yes to. */
const CUSTOMER = 'customer'

type Settled = {
  effects: Effect[]
  events: HistoryEvent[]
  said: ReplyDraft[]
  /** What the case remembers of what was said. */
  remembered: Pick<Case, 'offers' | 'introduced'>
  /** Drafts that were left out, since the customer has just been told the same. */
  repeated: number
}

/** Why something could not be said. `draft`: what; `isPrivate`: it would do where only the customer reads it. */
type Objection = { readonly because: string; readonly draft: ReplyDraft; readonly isPrivate: boolean }

/** Takes each draft through the gate. What is blocked becomes a ticket, never silence. */
export async function settle(
  context: TurnContext,
  input: TurnInput,
  plan: Plan,
  turn: readonly PendingMessage[],
  taken: HistoryEvent,
): Promise<TurnResult> {
  const done: Settled = { effects: [], events: [], said: [], remembered: {}, repeated: 0 }
  const objection = await speak(context, input, plan, done)
  const final = objection ? await instead(context, input, plan, objection, done) : withoutRepeats(plan, done)
  let current: Case = { ...final.case, ...done.remembered }
  let owner: string | undefined
  for (const message of final.hide ?? []) {
    const effect = context.newId()
    const outgoing = { type: 'hide', effect, customer: current.customer, message } as const
    const made = { schema: 1, id: effect, caseId: current.id, epoch: 0, by: BOT, madeAt: input.now } as const
    done.effects.push({ ...made, do: 'send', outgoing, sources: [], version: context.content.version })
  }
  if (final.escalation) {
    const suggestions = await context.answer.suggest(input.question, input.finding)
    const asked = input.messages.map((message) => message.id)
    const { language } = input.understanding
    const ticket = openTicket(
      current,
      {
        ...final.escalation,
        suggestions,
        asked,
        ...(language === 'und' ? {} : { language }),
        follows: await followsOf(context, current, input.now),
        version: context.content.version,
      },
      {
        id: context.newId(),
        ticketId:
          current.ticket && current.ticket.state !== 'resolved' ? current.ticket.id : await context.nextTicketId(),
        due: slaDueAt(context.content.brand, input.now),
        now: input.now,
      },
    )
    current = done.said.length > 0 ? withDisclosure(ticket.case) : ticket.case
    owner = ticket.owner
    done.effects.push(ticket.effect)
    done.events.push(...ticket.events)
  } else if (current.ticket && final.resolved !== undefined) {
    const { id } = current.ticket
    current = { ...current, ticket: { ...current.ticket, state: 'resolved', since: input.now, closedAt: input.now } }
    done.events.push({ at: input.now, type: 'ticket-resolved', ticket: id, by: CUSTOMER, detail: final.resolved })
    done.effects.push(publishTicketState(current, id, 'ticket-resolved', context.newId(), input.now))
  } else if (current.ticket && current.ticket.state !== 'resolved') {
    current = {
      ...current,
      ticket: withNewMessages(current.ticket, turn.length, slaDueAt(context.content.brand, input.now)),
    }
    done.effects.push(
      publishTicketState(current, current.ticket?.id ?? '', 'message-received', context.newId(), input.now),
    )
  }
  const own = 'reasons' in taken ? taken.reasons : []
  const more = objection ? [gateReason(input, objection)] : done.repeated > 0 ? [REPEATED] : []
  const reasons = final.escalation?.reasons ?? [...own, ...more]
  const record = { ...taken, outcome: final.outcome, reasons } as HistoryEvent
  return {
    outcome: final.outcome,
    drafts: done.said,
    reasons,
    change: {
      case: current,
      taken: turn.length,
      events: [record, ...done.events],
      effects: done.effects,
      ...(owner === undefined ? {} : { owner }),
    },
  }
}

/** What the customer comes back about, and whoever helped them then, if on duty and if nothing may still be taken back. */
async function followsOf({ content, onDuty }: TurnContext, current: Case, now: number): Promise<Escalation['follows']> {
  const ticket = recentlyResolved(current, content.brand.clock, now)
  if (!ticket) return undefined
  const mayWait = (current.deed?.until ?? 0) > now
  return { ticket, helper: mayWait ? undefined : await onDuty?.(ticket.owner ?? '') }
}

/** Says the plan's drafts; returns why the first that could not be said was not. */
async function speak(
  context: TurnContext,
  input: TurnInput,
  plan: Plan,
  done: Settled,
): Promise<Objection | undefined> {
  let objection: Objection | undefined
  for (const draft of plan.drafts) {
    const said = await composeReply({ ...plan.case, ...done.remembered }, draft, {
      content: context.content,
      law: input.law,
      keys: context.keys,
      recognise: context.recognise,
      id: context.newId(),
      by: BOT,
      now: input.now,
      history: input.history,
      language: input.understanding.language,
      ...(draft.invite ? { inviteToPrivate: true } : {}),
    })
    if ('said' in said) {
      if (isRepeated(input, draft, said.said.text)) {
        done.repeated += 1
        continue
      }
      done.effects.push(said.said.effect)
      done.events.push(...said.said.events)
      done.said.push({ ...draft, text: said.said.text })
      done.remembered = { ...done.remembered, ...said.said.remembered }
    } else if ('blocked' in said) {
      done.events.push(said.event)
      const because = [...new Set(said.blocked.map((one) => one.because))].join('; ')
      objection ??= { because, draft, isPrivate: said.blocked.every(({ rule }) => isOfPrivacy(context.content, rule)) }
    } else {
      objection ??= { because: `there is nowhere to say it: ${said.closed}`, draft, isPrivate: false }
    }
  }
  return objection
}

/** How long whoever writes in public does not get the same sentence of the brand's again. */
const REPEATED_MS = 3 * 60_000
const REPEATED: Reason = { rule: 'said-already', because: 'They were told the same a moment ago.' }

/** Whoever writes several posts at once gets one answer, there and in private. */
const isRepeated = (input: TurnInput, { author, audience }: ReplyDraft, text: string): boolean =>
  input.audience === 'public' &&
  (author === 'template' || author === 'form') &&
  wasSaid(input.history, text, audience, input.now - REPEATED_MS)

/** A turn whose every word has just been said ends in nothing new. */
function withoutRepeats(plan: Plan, { said, repeated }: Settled): Plan {
  return repeated > 0 && said.length === 0 && !plan.escalation ? { ...plan, outcome: 'ignored' } : plan
}

/** Rules that mind who reads something, and not what it says. */
const PRIVACY = /^(?:privacy\.|known-value$|private-source$|digits$)/
const isOfPrivacy = ({ rules }: Content, rule: string): boolean =>
  PRIVACY.test(rule) || rules.some(({ id, then }) => id === rule && then === 'move-to-private')

function gateReason({ content }: TurnInput, { because, draft }: Objection): Reason {
  const title = content.articles.find(({ id }) => id === draft.articles?.[0])?.title
  const what = `the bot’s ${draft.audience} words${title ? ` from “${title}”` : ''}`
  return { rule: 'gate', because: `The gate stopped ${what}: ${because}.` }
}

/**
 * What is done when the bot may not say what it wanted: never less of the same. What only others may not read goes on
 * in private; anything else is a person's, and the customer is told so in words that pass.
 */
async function instead(
  context: TurnContext,
  input: TurnInput,
  plan: Plan,
  objection: Objection,
  done: Settled,
): Promise<Plan> {
  const here: TurnInput = { ...input, current: plan.case }
  const { escalation } = plan
  const isMovable = objection.isPrivate && objection.draft.audience === 'public' && input.law.toPrivate !== 'none'
  if (isMovable && !escalation && done.said.length === 0) {
    const moved = await privatePlan(here, undefined, context)
    if (!(await speak(context, here, moved, done))) return moved
  }
  const reasons = [...(escalation?.reasons ?? []), gateReason(input, objection)]
  const handed = escalationPlan(here, { ...escalation, reasons })
  // Where a post takes one reply, a second one would be refused.
  const spoken = input.law.oneReply && done.said.some(({ audience }) => audience === 'public')
  await speak(context, here, spoken ? { ...handed, drafts: [] } : handed, done)
  return handed
}
