// Takes one turn of one customer, to one outcome. Reading this file shows what Warmline does.
import { BOT, type CustomerSnapshot } from '#domain'
import { type Decision, decide } from '#policy'
import { planInsteadOfForm, planWhileAwaiting, withDeclined } from './awaiting-agent.ts'
import { planWhilePaused } from './bot-paused.ts'
import { listen } from './claimed-case.ts'
import { applyMessages, buildInput, nextBatch, type TurnInput } from './context.ts'
import { factsOf } from './facts.ts'
import { planReply } from './plan/plan.ts'
import { withSayFirst } from './plan/say-first.ts'
import { planUnaddressed } from './plan/unaddressed.ts'
import { settle, type TurnResult } from './settle.ts'
import type { TurnContext } from './turn-context.ts'
import { note, turnTaken } from './turn-record.ts'
import { saidAt, withdrawalIn, withdrawalPlan } from './withdrawal.ts'

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
  const planned = withdrawal
    ? { plan: withdrawalPlan({ ...input, current: { ...known, wants } }, withdrawal), reasons: [] }
    : input.directed
      ? await answer(context, { ...input, current: known }, decision)
      : await planUnaddressed(context, input, decision, { before: open.case, given: known })
  const pause = context.pauseOf?.(current.customer)
  const { plan, reasons } = pause ? planWhilePaused({ ...input, current: known }, planned, pause) : planned
  const taken = turnTaken(context, input, plan, facts, reasons)
  return { verdict: decision.verdict, ...(await settle(context, input, plan, turn, taken)) }
}

/** What becomes of a message that was addressed to us. */
async function answer(context: TurnContext, input: TurnInput, decision: Decision) {
  const quiet = planInsteadOfForm(input, decision)
  if (quiet) return quiet
  const planned = await planReply(input, decision, context)
  const { plan, reasons } = planWhileAwaiting(input, planned) ?? { plan: planned, reasons: decision.reasons }
  return { plan: withSayFirst(input, plan, decision), reasons }
}
