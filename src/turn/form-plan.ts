// What an open form comes to: the next question, a look-up, an answer, or a person with what is known.
import { learn } from '#case'
import type { Draft } from '#conversation'
import { type Dialog, type Form, factsOf, finish, notFound, reopen, resume, type Step } from '#dialog'
import { inPrivate, openly } from '#gate'
import { articleDraft } from './article-plan.ts'
import type { Scene } from './scene.ts'
import { because, escalationPlan, helped, type Plan, type Tools, toPerson, tried, without } from './to-person.ts'
import { saying } from './words.ts'

/** Look-ups in a row that find nothing before a person looks. */
const MOST_MISSES = 2

/** What is filled in is the customer's own. */
function formDraft(dialog: Dialog, text: string, more: readonly string[] = []): Draft {
  const own = dialog.needs.flatMap((need) => [need.ask, need.invalid])
  return { text, audience: 'private', author: 'form', sources: [...openly(...own), ...inPrivate(text, ...more)] }
}

export async function formPlan(scene: Scene, dialog: Dialog, step: Step, tools: Tools): Promise<Plan> {
  const given = learn({ ...scene.given, form: step.form }, factsOf(step.form))
  const facing: Scene = { ...scene, given }
  switch (step.type) {
    case 'ask':
    case 'invalid':
    case 'confirm':
      return { outcome: 'asked', case: given, drafts: [formDraft(dialog, step.say)] }
    case 'stopped':
      return { outcome: 'acknowledged', case: without(given), drafts: [saying(facing, 'form-stopped')] }
    case 'given-up':
      return toPerson(
        { ...facing, given: without(given) },
        'form-given-up',
        `The customer’s answers did not fit what the form “${dialog.title}” needs.`,
      )
    case 'interrupted':
      return interruption(facing, dialog, step, tools)
    case 'ready':
      return finishPlan(facing, dialog, step.form, tools)
  }
}

async function interruption(scene: Scene, dialog: Dialog, step: Step, tools: Tools): Promise<Plan> {
  const answered = await articleDraft(scene, tools)
  const ask = resume(dialog, step.form)
  if (answered.outcome === 'abstained') return { outcome: 'asked', case: scene.given, drafts: [formDraft(dialog, ask)] }
  const back = saying(scene, 'still-needed', { ask })
  const { draft } = answered
  const text = `${draft.text}\n\n${back.text}`
  return {
    outcome: 'answered',
    case: tried(helped(scene.given), answered.note),
    drafts: [{ ...draft, text, sources: [...draft.sources, ...back.sources] }],
    article: answered.article,
    engine: answered.engine,
  }
}

/** Everything is known: look it up if there is something to look up, say it, and hand on if the dialog says so. */
async function finishPlan(scene: Scene, dialog: Dialog, form: Form, tools: Tools): Promise<Plan> {
  const done = without(scene.given)
  const found = dialog.action ? await tools.lookUp(dialog, form) : undefined
  if (found?.state === 'failed') {
    return toPerson(
      { ...scene, given: tried(done, `Looking up “${dialog.title}” failed: ${found.because}.`) },
      'action-failed',
      `The service behind “${dialog.title}” did not help: ${found.because}.`,
      'unavailable',
    )
  }
  if (found?.state === 'not-found') {
    const failures = scene.given.failures + 1
    if (failures > MOST_MISSES) {
      return toPerson(
        { ...scene, given: done },
        'not-found',
        `“${dialog.title}” was looked up again and nothing was found.`,
      )
    }
    const given = { ...done, failures, form: reopen(dialog, form) }
    const text = notFound(dialog, form) ?? ''
    return {
      outcome: 'asked',
      case: tried(given, `Looked up “${dialog.title}”: nothing was found.`),
      drafts: [formDraft(dialog, text)],
    }
  }
  const answer = found?.answer
  const text = finish(dialog, form, answer)
  const looked = answer ? tried(done, `Looked up “${dialog.title}”: ${Object.values(answer).join(', ')}.`) : done
  const given = answer
    ? learn(
        looked,
        Object.entries(answer).map(([name, value]) => ({ name, value: String(value), audience: 'private' })),
      )
    : looked
  const here: Scene = { ...scene, given }
  const sources = answer ? Object.values(answer).map(String) : []
  const drafts = text ? [formDraft(dialog, text, sources)] : undefined
  if (dialog.then === 'escalate') {
    const reason = because(`dialog.${dialog.id}`, `“${dialog.title}” is collected; a person carries it out.`)
    const { team, priority } = dialog
    return escalationPlan(
      here,
      { reasons: [reason], ...(team ? { team } : {}), ...(priority ? { priority } : {}) },
      drafts,
    )
  }
  if (drafts) return { outcome: 'answered', case: helped(given), drafts }
  const answered = await articleDraft(here, tools)
  if (answered.outcome === 'abstained')
    return toPerson(here, 'abstained', `The bot was not sure enough: ${answered.because}.`)
  return {
    outcome: 'answered',
    case: tried(helped(given), answered.note),
    drafts: [answered.draft],
    article: answered.article,
  }
}
