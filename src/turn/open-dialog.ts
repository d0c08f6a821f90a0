// Decides which dialog a turn opens or goes on with, and what its form does next.
import { advance, type Dialog, type FormStep, openForm } from '#dialog'
import { wordCount } from '#lib'
import { asksInstead } from '#understanding'
import type { TurnInput } from './context.ts'

/** Sure enough that a dialog is wanted; below it, an article or a question back may still help. */
const SURE_OF_DIALOG = 0.5
/** So much surer than a dialog an article has to be that is told in place of its form in private: near 1 a hair says nothing. */
const SURER = 0.02
/** Sure enough to leave an open form for another dialog. */
const SURE_TO_SWITCH = 0.75
/** What a form does where nothing that was said is of use to it: another wish goes first. */
const STUCK: ReadonlySet<FormStep['type']> = new Set([
  'invalid',
  'given-up',
  'again',
  'which',
  'cannot',
  'change',
  'stopped',
])

export function openDialog(input: TurnInput): { dialog?: Dialog; step?: FormStep } {
  const { content, understanding, finding, knowledge, current: given, audience, said } = input
  const { intent, intentConfidence, privateData, signals } = understanding
  const meant = content.dialogs.find((dialog) => dialog.id === intent)
  // What somebody does not want, or has already, is not begun.
  const wanted = signals.includes('not-wanted') ? undefined : meant
  const open = audience === 'private' ? given.form : undefined
  const current = content.dialogs.find((dialog) => dialog.id === open?.dialog)
  if (open && current) {
    const step = advance(current, open, said)
    const isStuck = STUCK.has(step.type) || (step.type === 'interrupted' && knowledge !== 'sure')
    // Beside another wish, what is not wanted is what the open form is for.
    const other = wanted ?? (asksInstead(input.words) ? meant : undefined)
    if (isStuck && other && other.id !== current.id && intentConfidence >= SURE_TO_SWITCH) {
      return { dialog: other, step: openForm(other, said, given.facts) }
    }
    // What does not fit the question, and asks what we can answer, is answered.
    const isAside = step.type === 'invalid' && signals.includes('question') && knowledge === 'sure'
    return { dialog: current, step: isAside ? { type: 'interrupted', form: open } : step }
  }
  if (!wanted) return {}
  const isTheirs = privateData.some((span) => span.type === 'order' || span.type === 'email')
  if (!isTheirs && intentConfidence < SURE_OF_DIALOG) return {}
  const asksMore = finding.parts !== undefined && finding.parts.length > 1
  // Whoever asks how a thing is done has not asked for it yet.
  const isOnlyAsked = understanding.polarity === 'asked' && !signals.includes('account-specific') && wanted.personal
  const isSurer = finding.confidence > intentConfidence + (audience === 'private' ? SURER : 0)
  const isAnswered = knowledge === 'sure' && (asksMore || isOnlyAsked || isSurer)
  // A word or two in public may be about anything.
  const isBrief = audience === 'public' && wordCount(input.words) < 3
  const isUnclear = isBrief || (isOnlyAsked && (knowledge === 'unsure' || intentConfidence < SURE_TO_SWITCH))
  if (!isTheirs && (isAnswered || isUnclear)) return {}
  return { dialog: wanted, step: openForm(wanted, said, given.facts) }
}
