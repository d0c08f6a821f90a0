// Turns a verdict into a plan: drafts, escalation, posts to hide. Nothing is sent yet.

import type { Finding } from '#answer'
import type { ReplyDraft } from '#domain'
import { textLength } from '#lib'
import type { Decision } from '#policy'
import { chooseRoute } from '#reply'
import type { TurnInput } from '../context.ts'
import { articleDraft } from './article.ts'
import { cannedReply, ruleReply } from './canned-replies.ts'
import {
  attemptsMade,
  escalate,
  escalationPlan,
  explain,
  joinDrafts,
  type Plan,
  type Tools,
  wasHelped,
} from './escalation.ts'
import { formPlan } from './form.ts'

/** Between an answer and what is asked after it. */
const BETWEEN = '\n\n'

export async function planReply(input: TurnInput, decision: Decision, tools: Tools): Promise<Plan> {
  const { current } = input
  switch (decision.verdict) {
    case 'ignore':
      return { outcome: 'ignored', case: current, drafts: [] }
    case 'acknowledge':
      return {
        outcome: 'acknowledged',
        case: wasHelped(current),
        drafts: [ruleReply(input, decision.say ?? 'acknowledged')],
      }
    case 'answer':
      return decision.say
        ? { outcome: 'answered', case: wasHelped(current), drafts: [ruleReply(input, decision.say)] }
        : answerPlan(input, tools)
    case 'ask':
      return askPlan(input, decision, tools)
    case 'move-to-private':
      return privatePlan(input, decision.say, tools)
    case 'moderate':
      return input.law.hide && input.audience === 'public'
        ? { outcome: 'moderated', case: current, drafts: [], hide: input.messages.map((message) => message.id) }
        : escalationPlan(input, decision)
    case 'escalate':
      return escalationPlan(input, decision)
  }
}

async function answerPlan(input: TurnInput, tools: Tools): Promise<Plan> {
  const { dialog, step, audience, current } = input
  if (dialog && step && audience === 'private')
    return withAnswerBeside(input, await formPlan(input, dialog, step, tools), tools)
  if (dialog && dialog.needs.length > 0) return privatePlan(input, undefined, tools)
  const answered = await articleDraft(input, tools)
  if (answered.outcome === 'abstained')
    return escalate(input, 'abstained', `The bot was not sure enough: ${answered.because}.`)
  const { unanswered = [] } = input.finding
  if (unanswered.length > 0) {
    const rest = cannedReply(input, 'answered-part')
    // The customer's words stay in their messages, where they can be deleted.
    const open = unanswered.length === 1 ? 'One question is' : `${unanswered.length} questions are`
    const because = `The bot answered part of what was asked. ${open} still open.`
    return {
      ...escalationPlan(
        { ...input, current: attemptsMade(current, answered.note) },
        { reasons: [explain('answered-part', because)] },
        [joinDrafts([answered.draft, rest], BETWEEN)],
      ),
      article: answered.article,
      engine: answered.engine,
    }
  }
  return {
    outcome: 'answered',
    case: attemptsMade(wasHelped(current), answered.note),
    drafts: [answered.draft],
    article: answered.article,
    engine: answered.engine,
  }
}

/** The plan, with the answer to what was asked beside it before its first words, where both fit one reply. */
async function withAnswerBeside(input: TurnInput, plan: Plan, tools: Tools): Promise<Plan> {
  const served = input.wishesMore ? withNoteOfMore(input, plan) : plan
  const [first, ...more] = served.drafts
  const { beside, question } = input
  if (!beside || !first) return served
  const { law } = question
  const room = law && { ...law, limit: law.limit - textLength(`${BETWEEN}${first.text}`, law.unit) }
  const asked = { ...question, ...(room && { law: room }) }
  const answered = await articleDraft({ ...input, finding: beside, question: asked }, tools)
  if (answered.outcome === 'abstained') return served
  const { draft, article, engine, note } = answered
  const drafts = [{ ...first, ...joinDrafts([draft, first], BETWEEN) }, ...more]
  return { ...served, case: attemptsMade(served.case, note), drafts, article, engine }
}

/** Whoever wishes for several things hears which is begun, before the private words about it. */
function withNoteOfMore(input: TurnInput, plan: Plan): Plan {
  const at = plan.drafts.findLastIndex(({ audience }) => audience === 'private')
  const draft = plan.drafts[at]
  if (!draft || plan.outcome === 'escalated') return plan
  const note = { ...cannedReply(input, 'one-at-a-time'), audience: 'private' as const }
  return { ...plan, drafts: plan.drafts.with(at, { ...draft, ...joinDrafts([note, draft], ' ') }) }
}

/** The open question, or a question back: which of two articles is meant, or in other words please. */
async function askPlan(input: TurnInput, decision: Decision, tools: Tools): Promise<Plan> {
  const { current, dialog, step, audience, knowledge, finding } = input
  if (dialog && step && decision.reasons.some((reason) => reason.doubts?.length)) {
    return audience === 'private' ? formPlan(input, dialog, step, tools) : privatePlan(input, undefined, tools)
  }
  const [nearest] = finding.ranking
  const name = decision.say ?? (knowledge === 'none' ? 'ask-again' : 'which-one')
  const asked = { ...current, failures: current.failures + 1 }
  if (name !== 'which-one' || !nearest) {
    const say = name === 'which-one' ? 'ask-again' : name
    return { outcome: 'asked', case: asked, drafts: [ruleReply(input, say)] }
  }
  const offered = offeredBy(finding, nearest)
  const choice = { audience, articles: offered.articles, messages: input.messages.map(({ id }) => id) }
  return {
    outcome: 'asked',
    case: { ...asked, choice },
    drafts: [withChoices(input, ruleReply(input, offered.say), offered.say !== 'which-one')],
  }
}

/** How near the second article has to be to the first, to be offered beside it. */
const NEARLY = 0.7

/** What is asked back: which of two articles is meant, whether one is, or, where it has just been told, about a person. */
function offeredBy({ ranking, isTold }: Finding, first: Finding['ranking'][number]) {
  if (isTold) return { say: 'told-all', articles: [] }
  const second = ranking[1]
  if (!second || second.score < NEARLY * first.score) return { say: 'is-it', articles: [first.article] }
  return { say: 'which-one', articles: [first.article, second.article] }
}

/** Yes and no as buttons, where the question has them as its answers. */
const withChoices = ({ content }: TurnInput, draft: ReplyDraft, isYesOrNo: boolean): ReplyDraft =>
  isYesOrNo ? { ...draft, quickReplies: [content.brand.sayings.yes, content.brand.sayings.no] } : draft

/** In public only an invitation; what is known goes along, and where the channel allows we write first. */
export async function privatePlan(input: TurnInput, say: string | undefined, tools: Tools): Promise<Plan> {
  const { current, dialog, step, law, audience } = input
  if (audience === 'private') return answerPlan(input, tools)
  if (law.toPrivate === 'none') {
    return escalate(input, 'no-private-way', 'This needs personal data, and the channel has no private conversation.')
  }
  const invitation = { ...ruleReply(input, say ?? 'move-to-private'), invite: true }
  const invited = (plan: Plan) => withAnswerBeside(input, plan, tools)
  const moved = attemptsMade(
    wasHelped(step && dialog ? { ...current, form: step.form } : current),
    'Invited the customer to a private conversation.',
  )
  const way = chooseRoute(moved, 'private', law, input.now)
  // Nobody is written to privately who did not write to us, or asked for what they have just written there.
  if ('closed' in way || !input.directed || input.isInPrivate)
    return invited({ outcome: 'moved-to-private', case: moved, drafts: [invitation] })
  const inside: TurnInput = { ...input, current: moved, audience: 'private' }
  const opening = cannedReply(inside, 'private-opening')
  const next = dialog && step ? await formPlan(inside, dialog, step, tools) : undefined
  const [first, ...more] = next?.drafts ?? []
  const joined = first
    ? { ...first, text: `${opening.text}\n\n${first.text}`, sources: [...opening.sources, ...first.sources] }
    : opening
  return invited({
    outcome: next?.outcome === 'escalated' ? 'escalated' : 'moved-to-private',
    case: next?.case ?? inside.current,
    drafts: [invitation, joined, ...more],
    ...(next?.escalation ? { escalation: next.escalation } : {}),
  })
}
