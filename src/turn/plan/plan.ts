// Turns a verdict into a plan: drafts, escalation, posts to hide. Nothing is sent yet.

import type { Decision } from '#policy'
import { chooseRoute } from '#reply'
import type { TurnInput } from '../context.ts'
import { articleDraft } from './article.ts'
import { cannedReply, ruleReply } from './canned-replies.ts'
import { attemptsMade, escalate, escalationPlan, type Plan, type Tools, wasHelped } from './escalation.ts'
import { formPlan } from './form.ts'

export async function planReply(scene: TurnInput, decision: Decision, tools: Tools): Promise<Plan> {
  const { given } = scene
  switch (decision.verdict) {
    case 'ignore':
      return { outcome: 'ignored', case: given, drafts: [] }
    case 'acknowledge':
      return {
        outcome: 'acknowledged',
        case: wasHelped(given),
        drafts: [ruleReply(scene, decision.say ?? 'acknowledged')],
      }
    case 'answer':
      return decision.say
        ? { outcome: 'answered', case: wasHelped(given), drafts: [ruleReply(scene, decision.say)] }
        : answerPlan(scene, tools)
    case 'ask':
      return askPlan(scene, decision, tools)
    case 'move-to-private':
      return privatePlan(scene, decision.say, tools)
    case 'moderate':
      return scene.law.hide && scene.audience === 'public'
        ? { outcome: 'moderated', case: given, drafts: [], hide: scene.messages.map((message) => message.id) }
        : escalationPlan(scene, decision)
    case 'escalate':
      return escalationPlan(scene, decision)
  }
}

async function answerPlan(scene: TurnInput, tools: Tools): Promise<Plan> {
  const { dialog, step, audience, given } = scene
  if (dialog && step && audience === 'private') return formPlan(scene, dialog, step, tools)
  if (dialog && dialog.needs.length > 0) return privatePlan(scene, undefined, tools)
  const answered = await articleDraft(scene, tools)
  if (answered.outcome === 'abstained')
    return escalate(scene, 'abstained', `The bot was not sure enough: ${answered.because}.`)
  return {
    outcome: 'answered',
    case: attemptsMade(wasHelped(given), answered.note),
    drafts: [answered.draft],
    article: answered.article,
    engine: answered.engine,
  }
}

/** The open question, or a question back: which of two articles is meant, or in other words please. */
async function askPlan(scene: TurnInput, decision: Decision, tools: Tools): Promise<Plan> {
  const { given, dialog, step, audience, knowledge } = scene
  if (dialog && step && decision.reasons.some((reason) => reason.doubts?.length)) {
    return audience === 'private' ? formPlan(scene, dialog, step, tools) : privatePlan(scene, undefined, tools)
  }
  const name = decision.say ?? (knowledge === 'none' ? 'ask-again' : 'which-one')
  return { outcome: 'asked', case: { ...given, failures: given.failures + 1 }, drafts: [ruleReply(scene, name)] }
}

/** In public only an invitation; what is known goes along, and where the channel allows we write first. */
export async function privatePlan(scene: TurnInput, say: string | undefined, tools: Tools): Promise<Plan> {
  const { given, dialog, step, law, audience } = scene
  if (audience === 'private') return answerPlan(scene, tools)
  if (law.toPrivate === 'none') {
    return escalate(scene, 'no-private-way', 'This needs personal data, and the channel has no private conversation.')
  }
  const invitation = { ...ruleReply(scene, say ?? 'move-to-private'), invite: true }
  const moved = attemptsMade(
    wasHelped(step && dialog ? { ...given, form: step.form } : given),
    'Invited the customer to a private conversation.',
  )
  const way = chooseRoute(moved, 'private', law, scene.now)
  // Nobody is written to privately who did not write to us, or asked for what they have just written there.
  if ('closed' in way || !scene.directed || scene.isInPrivate)
    return { outcome: 'moved-to-private', case: moved, drafts: [invitation] }
  const inside: TurnInput = { ...scene, given: moved, audience: 'private' }
  const opening = cannedReply(inside, 'private-opening')
  const next = dialog && step ? await formPlan(inside, dialog, step, tools) : undefined
  const [first, ...more] = next?.drafts ?? []
  const joined = first
    ? { ...first, text: `${opening.text}\n\n${first.text}`, sources: [...opening.sources, ...first.sources] }
    : opening
  return {
    outcome: next?.outcome === 'escalated' ? 'escalated' : 'moved-to-private',
    case: next?.case ?? inside.given,
    drafts: [invitation, joined, ...more],
    ...(next?.escalation ? { escalation: next.escalation } : {}),
  }
}
