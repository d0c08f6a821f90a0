// Takes one turn of one customer, to one outcome. Reading this file shows what Warmline does.

import type { Content } from '#content'
import {
  BOT,
  type Case,
  type CaseTicket,
  type CustomerChange,
  type CustomerSnapshot,
  type Effect,
  type Facts,
  type HistoryEvent,
  type Outcome,
  type PendingMessage,
  type Reason,
  type ReplyDraft,
  WANTED,
} from '#domain'
import { openTicket, publishTicketState, withNewMessages } from '#handoff'
import { type Decision, decide, slaDueAt, type Verdict } from '#policy'
import { composeReply } from '#reply'
import { nudgeOf } from '#understanding'
import { planInsteadOfForm, planWhileAwaiting, withDeclined } from './awaiting-agent.ts'
import { applyMessages, buildInput, nextBatch, type TurnInput } from './context.ts'
import { planOfDangerHeld } from './danger.ts'
import { factsOf } from './facts.ts'
import { escalationPlan, type Plan, tellsOfDanger, withDisclosure, withoutForm } from './plan/escalation.ts'
import { planReply, privatePlan } from './plan/plan.ts'
import { withSayFirst } from './plan/say-first.ts'
import { planUnaddressed } from './plan/unaddressed.ts'
import { isAwaited, wasSaid } from './sent-texts.ts'
import type { TurnContext } from './turn-context.ts'
import { withdrawalIn, withdrawalPlan, withWithdrawal } from './withdrawal.ts'

/** What a turn came to: the change to commit, and what was said, for whoever wants to look. */
export type TurnResult = {
  /** Absent where the rules were not asked. */
  readonly verdict?: Verdict
  readonly outcome: Outcome
  readonly change: CustomerChange
  readonly drafts: readonly ReplyDraft[]
  readonly reasons: readonly Reason[]
}

/** Turns a customer's waiting messages into one outcome. Changes nothing by itself. */
export async function takeTurn(context: TurnContext, open: CustomerSnapshot): Promise<TurnResult> {
  const now = context.now()
  const turn = nextBatch(open.waiting)
  const current = applyMessages(open.customer, open.case, turn, now)
  if (open.owner !== BOT) return listen(context, open, current, turn, now)

  const law = context.law(current.customer.channel)
  const read = await buildInput(
    context,
    context.content,
    law,
    current,
    turn,
    open.history,
    now,
    open.waiting.slice(turn.length),
  )
  const input = { ...read, current: withDeclined(read.current, read.understanding) }
  const facts = { ...factsOf(input), load: await context.load() }
  const decision = decide(context.rules, facts, { today: input.said.today })
  const known = note(input)
  const { wants } = input.current
  const withdrawal =
    input.directed && withdrawalIn(context.content, current, input.words, saidAt(turn), input.understanding.act)
  const { plan, reasons } = withdrawal
    ? { plan: withdrawalPlan({ ...input, current: { ...known, wants } }, withdrawal), reasons: [] }
    : input.directed
      ? await answer(context, { ...input, current: known }, decision)
      : await planUnaddressed(context, input, decision, { before: open.case, given: known })
  const taken = turnTaken(context, input, plan, facts, reasons)
  return { verdict: decision.verdict, ...(await settle(context, input, plan, turn, taken)) }
}

function turnTaken(
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

/** What becomes of a message that was addressed to us. */
async function answer(context: TurnContext, input: TurnInput, decision: Decision) {
  const quiet = planInsteadOfForm(input, decision)
  if (quiet) return quiet
  const planned = await planReply(input, decision, context)
  const { plan, reasons } = planWhileAwaiting(input, planned) ?? { plan: planned, reasons: decision.reasons }
  return { plan: withSayFirst(input, plan, decision), reasons }
}

const saidAt = (turn: readonly PendingMessage[]): number => turn.at(-1)?.message.at ?? 0

/** That something is known, not what it is: what is kept to be decided again holds no value of the customer's. */
function withoutValues(facts: Facts): Facts {
  return { ...facts, ...(facts['order-number'] === undefined ? {} : { 'order-number': KNOWN }) }
}

/** A person has the case: the bot is silent, and they see at once what the customer adds. */
async function listen(
  context: TurnContext,
  open: CustomerSnapshot,
  current: Case,
  turn: readonly PendingMessage[],
  now: number,
): Promise<TurnResult> {
  const { ticket } = current
  if (ticket && (await hearsDanger(context, turn))) return listenToDanger(context, open, current, ticket, turn, now)
  const because = `${open.owner} has this case`
  const reasons: Reason[] = [{ rule: 'owned', because }]
  const free = withoutForm(current)
  const words = turn.map((one) => one.message.text).join('\n')
  const withdrawal = withdrawalIn(context.content, current, words, saidAt(turn))
  const heard = withdrawal ? withWithdrawal(free, withdrawal, words) : free
  const present = heard.ticket
  const more: Case = present
    ? { ...heard, ticket: withNewMessages(present, turn.length, slaDueAt(context.content.brand, now)) }
    : heard
  const messages = turn.map((one) => one.message.id)
  return {
    outcome: 'escalated',
    drafts: [],
    reasons,
    change: {
      case: more,
      taken: turn.length,
      events: [
        { at: now, type: 'turn-taken', messages, outcome: 'escalated', reasons, version: context.content.version },
      ],
      effects: ticket ? [publishTicketState(more, ticket.id, 'message-received', context.newId(), now)] : [],
    },
  }
}

/** Whether this tells of danger; whoever has the case reads it, also where it cannot be understood. */
async function hearsDanger(context: TurnContext, turn: readonly PendingMessage[]): Promise<boolean> {
  const [first] = turn
  if (!first || !turn.some(({ directed }) => directed)) return false
  const { audience, channel } = first.message.conversation
  const text = turn.map(({ message }) => message.text).join('\n')
  try {
    return tellsOfDanger(await context.understand({ text, audience, channel, history: [] }))
  } catch {
    return false
  }
}

/** Danger is told to whoever has the case, as urgent. */
async function listenToDanger(
  context: TurnContext,
  open: CustomerSnapshot,
  current: Case,
  ticket: CaseTicket,
  turn: readonly PendingMessage[],
  now: number,
): Promise<TurnResult> {
  const due = slaDueAt(context.content.brand, now)
  const heard = { ...withoutForm(current), ticket: withNewMessages(ticket, turn.length, due) }
  const law = context.law(current.customer.channel)
  const input = await buildInput(context, context.content, law, heard, turn, open.history, now)
  const facts = { ...factsOf(input), load: await context.load() }
  const decision = decide(context.rules, facts, { today: input.said.today })
  const plan = planOfDangerHeld({ ...input, current: note(input) }, decision)
  return settle(context, input, plan, turn, turnTaken(context, input, plan, facts, decision.reasons))
}

/** In the history, whoever took back what they had said yes to. */
const CUSTOMER = 'customer'

/** Stands for a value that was known; no text has it. */
const KNOWN = '█████'

/** Private values that a case remembers, in order to keep them private. */
const MOST_SAID = 100

/** What the case remembers of a turn, whatever is decided. */
function note(input: TurnInput): Case {
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
async function settle(
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
  for (const message of final.hide ?? []) {
    const effect = context.newId()
    const outgoing = { type: 'hide', effect, customer: current.customer, message } as const
    const made = { schema: 1, id: effect, caseId: current.id, epoch: 0, by: BOT, madeAt: input.now } as const
    done.effects.push({ ...made, do: 'send', outgoing, sources: [], version: context.content.version })
  }
  if (final.escalation) {
    const suggestions = await context.answer.suggest(input.question, input.finding)
    const asked = input.messages.map((message) => message.id)
    const ticket = openTicket(
      current,
      { ...final.escalation, suggestions, asked, version: context.content.version },
      {
        id: context.newId(),
        ticketId:
          current.ticket && current.ticket.state !== 'resolved' ? current.ticket.id : await context.nextTicketId(),
        due: slaDueAt(context.content.brand, input.now),
        now: input.now,
      },
    )
    current = done.said.length > 0 ? withDisclosure(ticket.case) : ticket.case
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
    change: { case: current, taken: turn.length, events: [record, ...done.events], effects: done.effects },
  }
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
