// Plans an open form: next question, look-up, answer, or escalation with what is known.

import {
  type Dialog,
  type FormStep,
  factsOf,
  finishForm,
  notFound,
  quickReplyProblem,
  reopen,
  shortQuestion,
} from '#dialog'
import { type Form, type ReplyDraft, withFacts } from '#domain'
import { privateSource, publicSource } from '#gate'
import type { TurnInput } from '../context.ts'
import { articleDraft } from './article.ts'
import { cannedReply } from './canned-replies.ts'
import {
  attemptsMade,
  escalate,
  escalationPlan,
  explain,
  joinDrafts,
  type Plan,
  type Tools,
  wasHelped,
  withoutForm,
} from './escalation.ts'

/** Look-ups in a row that find nothing before a person looks. */
const MOST_MISSES = 2
/** What a button holds, in characters, and how many stand under one question. */
const LONGEST_BUTTON = 20
const MOST_BUTTONS = 3
/** Questions in between that we cannot answer before a person does. */
const MOST_UNANSWERED = 2

/** What is filled in is the customer's own. */
function formDraft(dialog: Dialog, text: string, more: readonly string[] = []): ReplyDraft {
  const own = dialog.needs.flatMap((need) => [need.ask, need.invalid])
  return {
    text,
    audience: 'private',
    author: 'form',
    sources: [...publicSource(...own), ...privateSource(text, ...more)],
    dialog: dialog.id,
  }
}

export async function formPlan(input: TurnInput, dialog: Dialog, step: FormStep, tools: Tools): Promise<Plan> {
  const current = withFacts({ ...input.current, form: step.form }, factsOf(step.form))
  const facing: TurnInput = { ...input, current: current }
  switch (step.type) {
    case 'ask':
    case 'invalid':
      return { outcome: 'asked', case: current, drafts: [withChoices(dialog, step.form, formDraft(dialog, step.say))] }
    case 'confirm':
      return { outcome: 'asked', case: current, drafts: [withButtons(facing, dialog, formDraft(dialog, step.say))] }
    case 'which':
      return {
        outcome: 'asked',
        case: current,
        drafts: [buttonsOf(step.values, cannedReply(facing, 'form-which', {}, { values: step.values.join(' or ') }))],
      }
    case 'again':
      return { outcome: 'asked', case: current, drafts: [againDraft(facing, dialog, step)] }
    case 'change':
      return {
        outcome: 'asked',
        case: current,
        drafts: [cannedReply(facing, 'form-change', {}, { values: step.values })],
      }
    case 'correct':
      return {
        outcome: 'asked',
        case: current,
        drafts: [cannedReply(facing, 'form-correct', { need: step.need.replaceAll('-', ' ') })],
      }
    case 'cannot':
      return {
        outcome: 'asked',
        case: current,
        drafts: [step.say === undefined ? cannedReply(facing, 'form-cannot') : formDraft(dialog, step.say)],
      }
    case 'waiting':
      return { outcome: 'acknowledged', case: current, drafts: [cannedReply(facing, 'form-wait')] }
    case 'stopped': {
      const name = step.act === 'stop' ? 'form-stopped' : 'form-solved'
      return { outcome: 'acknowledged', case: withoutForm(current), drafts: [cannedReply(facing, name)] }
    }
    case 'given-up':
      return givenUp(facing, dialog, step.form)
    case 'interrupted':
      return interruption(facing, dialog, step.form, tools)
    case 'ready':
      return finishPlan(facing, dialog, step.form, tools)
    case 'let-go':
      throw new Error('a form that was let go has no next step')
  }
}

/** The open question, shorter than the first time. */
function openQuestion(input: TurnInput, dialog: Dialog, form: Form): ReplyDraft {
  const short = shortQuestion(dialog, form)
  const draft = short === undefined ? cannedReply(input, 'confirm-again') : formDraft(dialog, short)
  return form.confirming ? withButtons(input, dialog, draft) : withChoices(dialog, form, draft)
}

/** A confirmation with its buttons, where their titles are read as the yes and the no that they stand for. */
function withButtons({ content }: TurnInput, { confirm = '' }: Dialog, draft: ReplyDraft): ReplyDraft {
  const { yes, no } = content.brand.sayings
  const frame = { kind: 'confirm-grave', question: confirm } as const
  const isUnclear = quickReplyProblem(yes, 'yes', frame) ?? quickReplyProblem(no, 'no', frame)
  return isUnclear ? draft : { ...draft, quickReplies: [yes, no] }
}

/** A question whose answer is one of a few words, with a button for each. */
function withChoices({ needs }: Dialog, { asking }: Form, draft: ReplyDraft): ReplyDraft {
  const titles = Object.keys(needs.find(({ name }) => name === asking)?.choices ?? {})
  return buttonsOf(titles, draft)
}

/** Where they are too many or too long for buttons, the words have to do. */
function buttonsOf(titles: readonly string[], draft: ReplyDraft): ReplyDraft {
  const fit =
    titles.length > 0 && titles.length <= MOST_BUTTONS && titles.every((title) => title.length <= LONGEST_BUTTON)
  return fit ? { ...draft, quickReplies: titles } : draft
}

function againDraft(input: TurnInput, dialog: Dialog, { form, act }: Extract<FormStep, { type: 'again' }>): ReplyDraft {
  const ask = openQuestion(input, dialog, form)
  return act === 'complain' ? joinDrafts([cannedReply(input, 'complaint'), ask], ' ') : ask
}

/** No plain yes, or nothing that fits: a person goes on, and knows that nothing was done. */
function givenUp(input: TurnInput, dialog: Dialog, form: Form): Plan {
  const what = form.confirming
    ? `The customer has not plainly said yes to “${dialog.title}”; nothing was done.`
    : form.cannot
      ? `The customer does not have what “${dialog.title}” needs.`
      : `The customer’s answers did not fit what the form “${dialog.title}” needs.`
  const { team, priority } = dialog
  const why = { reasons: [explain('form-given-up', what)], ...(team && { team }), ...(priority && { priority }) }
  return escalationPlan(input, why)
}

/** Their question is answered if we are sure of it, and the open question comes again, shorter. */
async function interruption(input: TurnInput, dialog: Dialog, form: Form, tools: Tools): Promise<Plan> {
  const ask = openQuestion(input, dialog, form)
  const back = { ...ask, ...cannedReply(input, 'still-needed', {}, { ask: ask.text }) }
  const answered = input.knowledge === 'sure' ? await articleDraft(input, tools) : undefined
  if (answered?.outcome !== 'answered') {
    const tries = form.tries + 1
    if (tries > MOST_UNANSWERED) {
      const why = `The customer asks something that the bot could not answer, before going on with “${dialog.title}”.`
      return escalate(input, 'abstained', why)
    }
    const given = { ...input.current, form: { ...form, tries } }
    return { outcome: 'asked', case: given, drafts: [joinDrafts([cannedReply(input, 'form-no-answer'), ask], ' ')] }
  }
  const { draft } = answered
  return {
    outcome: 'answered',
    case: attemptsMade(wasHelped(input.current), answered.note),
    drafts: [joinDrafts([draft, back], '\n\n')],
    article: answered.article,
    engine: answered.engine,
  }
}

/** Everything is known: look it up if there is something to look up, say it, and hand on if the dialog says so. */
async function finishPlan(input: TurnInput, dialog: Dialog, form: Form, tools: Tools): Promise<Plan> {
  const done = withoutForm(input.current)
  const found = dialog.action ? await tools.lookUp(dialog, form) : undefined
  if (found?.state === 'failed') {
    return escalate(
      { ...input, current: attemptsMade(done, `Looking up “${dialog.title}” failed: ${found.because}.`) },
      'action-failed',
      `The service behind “${dialog.title}” did not help: ${found.because}.`,
      'unavailable',
    )
  }
  if (found?.state === 'not-found') {
    const failures = input.current.failures + 1
    if (failures > MOST_MISSES) {
      return escalate(
        { ...input, current: done },
        'not-found',
        `“${dialog.title}” was looked up again and nothing was found.`,
      )
    }
    const given = { ...done, failures, form: reopen(dialog, form) }
    const text = notFound(dialog, form) ?? ''
    return {
      outcome: 'asked',
      case: attemptsMade(given, `Looked up “${dialog.title}”: nothing was found.`),
      drafts: [formDraft(dialog, text)],
    }
  }
  const answer = found?.answer
  const text = finishForm(dialog, form, answer)
  const looked = answer ? attemptsMade(done, `Looked up “${dialog.title}”: ${Object.values(answer).join(', ')}.`) : done
  const current = answer
    ? withFacts(
        looked,
        Object.entries(answer).map(([name, value]) => ({ name, value: String(value), audience: 'private' })),
      )
    : looked
  const here: TurnInput = { ...input, current: current }
  const sources = answer ? Object.values(answer).map(String) : []
  const drafts = text ? [formDraft(dialog, text, sources)] : undefined
  if (dialog.then === 'escalate') {
    const reason = explain(`dialog.${dialog.id}`, `“${dialog.title}” is collected; a person carries it out.`)
    const { team, priority } = dialog
    const until = input.now + input.content.brand.grace * 1000
    const deed = dialog.confirm === undefined ? {} : { deed: { dialog: dialog.id, at: input.now, until } }
    return escalationPlan(
      { ...here, current: { ...current, ...deed } },
      { reasons: [reason], ...(team ? { team } : {}), ...(priority ? { priority } : {}) },
      drafts,
    )
  }
  if (drafts) return { outcome: 'answered', case: wasHelped(current), drafts }
  const answered = await articleDraft(here, tools)
  if (answered.outcome === 'abstained')
    return escalate(here, 'abstained', `The bot was not sure enough: ${answered.because}.`)
  return {
    outcome: 'answered',
    case: attemptsMade(wasHelped(current), answered.note),
    drafts: [answered.draft],
    article: answered.article,
  }
}
