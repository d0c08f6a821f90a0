// Slot filling: collects the values that a dialog needs, one question at a time. Pure; the state is plain JSON.
import type { ActReading, DialogueAct, Fact, Form, FormValue } from '#domain'
import { dialogueActOf, refusesDeed, saysSolved } from './dialogue-act.ts'
import { frameOf } from './frame.ts'
import type { Dialog, Need } from './schema.ts'
import {
  asksAbout,
  findValue,
  givesAnotherKey,
  isPartOf,
  namesChoice,
  readValue,
  refusedDay,
  severalValues,
  withOtherPart,
} from './slot-values.ts'
import { confirmation, dayRefused, valuesInWords } from './template.ts'

/** A customer's words while a form is open. `today` is the customer's day, as 2026-11-22. */
export type CustomerText = {
  readonly text: string
  readonly messageId: string
  readonly signals: readonly string[]
  readonly today: string
  /** The choice of the open question that a learnt reading finds nearest, where it is sure. */
  readonly nearest?: string
  /** A language model reads no plain yes in it. */
  readonly isYesDoubted?: boolean
  /** Words of the text in which a language model sees the value of a need. */
  readonly quotes?: readonly { readonly slot: string; readonly quote: string }[]
  /** What was learnt says of it, read in the frame of the open form. */
  readonly act?: ActReading
}

/** What a form does next; `form` is the state to keep. */
export type FormStep =
  | { readonly type: 'ask'; readonly form: Form; readonly need: string; readonly say: string }
  /** The answer did not fit; `say` is said of it. */
  | { readonly type: 'invalid'; readonly form: Form; readonly say: string }
  /** Several values were given where one is needed: which? */
  | { readonly type: 'which'; readonly form: Form; readonly values: readonly string[] }
  | { readonly type: 'confirm'; readonly form: Form; readonly say: string }
  /** The open question again, shorter. `act`: what was done instead of answering it. */
  | { readonly type: 'again'; readonly form: Form; readonly act: DialogueAct }
  /** What is wrong with what was read back? */
  | { readonly type: 'change'; readonly form: Form; readonly values: string }
  /** What is the right value of this need? */
  | { readonly type: 'correct'; readonly form: Form; readonly need: string }
  /** They do not have it; `say`: where to find it. */
  | { readonly type: 'cannot'; readonly form: Form; readonly say?: string }
  /** Everything is known and confirmed: act, then `finish`. */
  | { readonly type: 'ready'; readonly form: Form }
  /** Something else was asked; the open question stays open. */
  | { readonly type: 'interrupted'; readonly form: Form }
  | { readonly type: 'waiting'; readonly form: Form }
  /** `act`: whether they stopped it, it is solved, or they thank and go. */
  | { readonly type: 'stopped'; readonly form: Form; readonly act: 'stop' | 'solved' | 'thanks' }
  /** They no longer want it and want something else, which is not the form's. */
  | { readonly type: 'let-go'; readonly form: Form }
  /** Answers that did not fit, or no plain yes: a person goes on with what is known. */
  | { readonly type: 'given-up'; readonly form: Form }

const MAX_TRIES = 3
/** Answers to the confirmation that are neither yes nor no. */
const MAX_DOUBTS = 2

/** What is already known when a dialog begins: what this text says, then facts of the case that still fit. */
export function fillFrom(dialog: Dialog, said: CustomerText, known: readonly Fact[]): Form['values'] {
  const values: Record<string, FormValue> = {}
  for (const need of dialog.needs) {
    const fact = known.findLast((one) => one.name === need.name)
    const value = fact && readValue(need, fact.value, said.today)
    if (value !== undefined)
      values[need.name] = { value, ...(fact?.message !== undefined && { message: fact.message }) }
  }
  return { ...values, ...found(dialog, said, values) }
}

/** Opens a dialog's form and takes its first step. */
export function openForm(dialog: Dialog, said: CustomerText, known: readonly Fact[]): FormStep {
  return whichOf(dialog, next(dialog, { dialog: dialog.id, values: fillFrom(dialog, said, known), tries: 0 }), said)
}

/** Takes what was said to the open question. */
export function advance(dialog: Dialog, form: Form, said: CustomerText): FormStep {
  if (said.signals.includes('opt-out')) return { type: 'stopped', form, act: 'stop' }
  if (form.changing) return change(dialog, form, said)
  if (form.confirming) return confirm(dialog, form, said)
  const need = dialog.needs.find((one) => one.name === form.asking)
  return need ? answer(dialog, form, need, said) : next(dialog, form)
}

/** What the form knows, for the case and for the person who goes on. */
export function factsOf(form: Form): Fact[] {
  return Object.entries(form.values)
    .filter(([, { value }]) => value !== '')
    .map(([name, { value, message }]) => ({
      name,
      value,
      ...(message !== undefined && { message }),
      audience: 'private',
    }))
}

/** The form after the service did not know the thing: what is sent now puts right what was said. */
export function reopen(dialog: Dialog, form: Form): Form {
  const [first] = dialog.needs
  return { ...closed(form), ...(first && { asking: first.name }) }
}

/** What was said to the question of one need. */
function answer(dialog: Dialog, form: Form, need: Need, said: CustomerText): FormStep {
  const act = actOf(dialog, form, said)
  // "Actually leave it, do you …?" is no text that was asked for.
  const mayAsk = (act === 'value' && isOwnWords(need)) || act === 'unclear' || act === 'stop'
  if (mayAsk && asks(said) && clausesBefore(said).some(letsGo)) return question(form, said)
  const others = found(dialog, said, form.values)
  const value = answerTo(need, said, others, act)
  if (value !== undefined) others[need.name] = { value, message: said.messageId }
  const filled = withValues(form, others)
  if (others[need.name] || (Object.keys(others).length > 0 && act !== 'ask')) return next(dialog, filled)
  // What has come, or is solved, needs no form.
  if (said.signals.includes('happened') && act !== 'ask' && !answersQuestion(said))
    return { type: 'stopped', form, act: 'solved' }
  switch (act) {
    case 'ask':
      return need.cannot !== undefined && asksAbout(need, said.text)
        ? { type: 'cannot', form: filled, say: need.cannot }
        : question(filled, said)
    case 'stop':
    case 'thanks':
      return stopped(form, said, act)
    case 'wait':
      return { type: 'waiting', form }
    case 'correct':
      return corrected(dialog, form, said, act, true) ?? unfit(dialog, form, need, said)
    case 'wish':
      return { type: 'let-go', form }
    case 'deny':
      return isUnwanted(said) ? stopped(form, said, 'stop') : withoutIt(form, need)
    case 'cannot':
      return withoutIt(form, need)
    case 'affirm':
    case 'greet':
      return { type: 'again', form, act }
    case 'complain':
      return doubted(form, act, MAX_TRIES)
    default:
      return act === 'unclear' && asks(said) ? question(filled, said) : unfit(dialog, form, need, said)
  }
}

/** Whether what the form is for is not wanted any more. */
const isUnwanted = ({ text, signals }: CustomerText): boolean => signals.includes('not-wanted') || refusesDeed(text)

/** Whether what was learnt of answers to such a question is sure that it is one, or puts it off. */
const answersQuestion = ({ act }: CustomerText): boolean =>
  act !== undefined && ANSWERS.has(act.act) && act.chance >= SURE_OF_ANSWER
const ANSWERS: ReadonlySet<DialogueAct> = new Set(['value', 'cannot', 'wait'])
const SURE_OF_ANSWER = 0.9

const asks = ({ text, signals }: CustomerText): boolean => /\?\s*$/.test(text) || signals.includes('question')

function unfit(dialog: Dialog, form: Form, need: Need, said: CustomerText): FormStep {
  // Who gives once more what we have stands by it.
  if (repeats(dialog, said, form)) return next(dialog, form)
  if (givesAnotherKey(need, said.text)) return withoutIt(form, need)
  const tried = { ...form, tries: form.tries + 1 }
  if (tried.tries >= MAX_TRIES) return { type: 'given-up', form: tried }
  const values = severalValues(need, said.text)
  if (values.length > 1) return { type: 'which', form: tried, values }
  const day = refusedDay(need, said.text, said.today)
  const partial = isPartOf(need, said.text) ? need.partial : undefined
  return { type: 'invalid', form: tried, say: (day && dayRefused(need, day)) ?? partial ?? need.invalid }
}

/** They do not have what is asked for; said once, and then a person goes on. */
function withoutIt(form: Form, need: Need): FormStep {
  if (form.cannot) return { type: 'given-up', form }
  return { type: 'cannot', form: { ...form, cannot: true }, ...(need.cannot !== undefined && { say: need.cannot }) }
}

function repeats(dialog: Dialog, said: CustomerText, form: Form): boolean {
  return dialog.needs.some((need) => {
    const value = form.values[need.name]?.value
    return value !== undefined && value !== '' && findValue(need, said.text, said.today) === value
  })
}

function stopped(form: Form, { text }: CustomerText, act: 'stop' | 'thanks'): FormStep {
  return { type: 'stopped', form, act: act === 'stop' && saysSolved(text) ? 'solved' : act }
}

/** What was said to the confirmation. Only a plain yes lets anything be done. */
function confirm(dialog: Dialog, form: Form, said: CustomerText): FormStep {
  const act = actOf(dialog, form, said)
  // Only both readings together do something.
  if (act === 'affirm' && said.isYesDoubted) return doubted(form, 'unclear', MAX_DOUBTS)
  // A reason may name another choice than the one that was read back.
  if (act === 'affirm' && !otherChoice(dialog, form, said)) return { type: 'ready', form: closed(form) }
  return corrected(dialog, form, said, act) ?? undone(dialog, form, said, act)
}

/** What was said to "What should I change?". */
function change(dialog: Dialog, form: Form, said: CustomerText): FormStep {
  const act = actOf(dialog, form, said)
  // A yes to this question is none to the deed.
  if (act === 'affirm' || /^\W*(?:no,? )?nothing\b/i.test(said.text))
    return { type: 'again', form: { ...closed(form), confirming: true }, act }
  if (act === 'deny') return { type: 'stopped', form, act: 'stop' }
  const better = corrected(dialog, form, said, act === 'unclear' || act === 'affirm-if' ? 'correct' : act)
  return better && better.type !== 'change' ? better : undone(dialog, form, said, act)
}

const actOf = (dialog: Dialog, form: Form, { text, act }: CustomerText): DialogueAct =>
  dialogueActOf(text, frameOf(dialog, form), act)

function undone(dialog: Dialog, form: Form, said: CustomerText, act: DialogueAct): FormStep {
  switch (act) {
    case 'ask':
      return question(form, said)
    case 'stop':
      return stopped(form, said, act)
    case 'wait':
      return { type: 'waiting', form }
    case 'deny':
      return refusesDeed(said.text) ? stopped(form, said, 'stop') : changeStep(dialog, form)
    case 'greet':
      return { type: 'again', form, act }
    default:
      return doubted(form, act, MAX_DOUBTS)
  }
}

function changeStep(dialog: Dialog, form: Form): FormStep {
  // A form that collects nothing has nothing to change.
  if (dialog.needs.length === 0) return { type: 'stopped', form, act: 'stop' }
  return { type: 'change', form: { ...closed(form), changing: true }, values: valuesInWords(dialog, form) }
}

function doubted(form: Form, act: DialogueAct, most: number): FormStep {
  const tried = { ...form, tries: form.tries + 1 }
  return tried.tries >= most ? { type: 'given-up', form: tried } : { type: 'again', form: tried, act }
}

/** A question; where the words before it let the form go, the question is all that is left. */
function question(form: Form, said: CustomerText): FormStep {
  return { type: clausesBefore(said).some(letsGo) ? 'let-go' : 'interrupted', form }
}

const clausesBefore = ({ text }: CustomerText): string[] => text.split(/[,.;!\n]+/).slice(0, -1)

const letsGo = (clause: string): boolean => dialogueActOf(clause) === 'stop' || refusesDeed(clause)

/** A better value, or the need that is to be put right; undefined where neither was said. */
function corrected(
  dialog: Dialog,
  form: Form,
  said: CustomerText,
  act: DialogueAct,
  isEarly = false,
): FormStep | undefined {
  if (act === 'ask') return undefined
  const better = found(dialog, said, form.values)
  if (Object.keys(better).length > 0) return next(dialog, withValues(form, better))
  if (act !== 'correct' && act !== 'deny') return undefined
  const chosen = otherChoice(dialog, form, said) ?? otherPart(dialog, form, said)
  if (chosen) return next(dialog, withValues(form, chosen))
  const words = said.text.toLowerCase().replace(/\be-mail/g, 'email')
  const known = isEarly ? dialog.needs.filter(({ name }) => form.values[name] !== undefined) : dialog.needs
  const named = known.filter((need) => namesOf(need).some((name) => new RegExp(`\\b${name}\\b`).test(words)))
  const own = known.filter(({ type }) => type === 'text' || type === 'choice')
  const [need, ...more] = named.length > 0 ? named : own.length > 0 ? own : known
  const value = need && more.length === 0 ? newValue(need, said) : undefined
  if (need && value !== undefined)
    return next(dialog, withValues(form, { [need.name]: { value, message: said.messageId } }))
  if (act === 'deny') return undefined
  if (!need || more.length > 0) return isEarly ? undefined : changeStep(dialog, form)
  const { [need.name]: _, ...values } = form.values
  return { type: 'correct', form: { ...closed(form), values, asking: need.name }, need: need.name }
}

/** Another choice than the one that was read back: “no, a refund”. */
function otherChoice(dialog: Dialog, form: Form, said: CustomerText): Form['values'] | undefined {
  const chosen = dialog.needs.flatMap((need) => {
    const value = need.type === 'choice' ? readValue(need, said.text, said.today) : undefined
    const isOther =
      value !== undefined && form.values[need.name] !== undefined && form.values[need.name]?.value !== value
    return isOther ? [[need.name, { value, message: said.messageId }] as const] : []
  })
  return chosen.length === 1 ? Object.fromEntries(chosen) : undefined
}

/** A value of which one part is put right: “it ends in 54, not 50”. */
function otherPart(dialog: Dialog, form: Form, said: CustomerText): Form['values'] | undefined {
  const better = dialog.needs.flatMap((need) => {
    const value = withOtherPart(need, form.values[need.name]?.value ?? '', said.text, said.today)
    return value === undefined ? [] : [[need.name, { value, message: said.messageId }] as const]
  })
  return better.length === 1 ? Object.fromEntries(better) : undefined
}

/** What people call it. */
function namesOf({ name, type }: Need): string[] {
  const words = name.split('-').filter((word) => word.length > 3 && word !== 'number')
  return [...words, ...(type === 'order' ? ['order', 'number'] : []), ...(type === 'email' ? ['email', 'mail'] : [])]
}

/** The value in "no, it should be …" or "… not …". */
function newValue(need: Need, said: CustomerText): string | undefined {
  if (need.type === 'choice') return readValue(need, said.text, said.today)
  if (need.type !== 'text') return undefined
  const text = said.text
    .replaceAll('’', "'")
    .trim()
    .replace(/[.!]+$/, '')
  const told = /\b(?:it'?s|it is|should be|should have been|meant|mean|make it|change it to|is now)\s+(.+)$/i.exec(
    text,
  )?.[1]
  const chosen = /^(?:(?:no|nope|sorry|oh|oops)\W+)*(.+?),? not .+$/i.exec(told ?? text)?.[1] ?? told
  if (chosen === undefined || /\b(?:other|wrong|not|no)\b/i.test(chosen)) return undefined
  return readValue(need, chosen, said.today)
}

/** Unmistakable values in free text that are new; of two needs of one type none is guessed. */
function found(dialog: Dialog, said: CustomerText, values: Form['values']): Record<string, FormValue> {
  const fresh: Record<string, FormValue> = {}
  for (const need of dialog.needs) {
    if (dialog.needs.some((other) => other !== need && other.type === need.type)) continue
    const quote = said.quotes?.find(({ slot }) => slot === need.name)?.quote
    const value =
      findValue(need, said.text, said.today, values[need.name]?.value) ??
      (quote !== undefined && values[need.name] === undefined ? quotedValue(need, quote, said.today) : undefined)
    if (value !== undefined) fresh[need.name] = { value, message: said.messageId }
  }
  return fresh
}

/** The value in words that a language model points at; what is free text is not taken from there. */
const quotedValue = (need: Need, quote: string, today: string): string | undefined =>
  need.type === 'text' || need.type === 'name' || need.type === 'yes-no' ? undefined : readValue(need, quote, today)

function answerTo(
  need: Need,
  said: CustomerText,
  others: Record<string, FormValue>,
  act: DialogueAct,
): string | undefined {
  if (need.optional && (act === 'cannot' || act === 'deny')) return ''
  if (need.type === 'yes-no' && (act === 'affirm' || act === 'deny')) return act === 'affirm' ? 'yes' : 'no'
  if (others[need.name]) return others[need.name]?.value
  // A short message that answers another question is not also this need's free text.
  if (need.type === 'yes-no' && NO_ANSWER.has(act)) return undefined
  if (isOwnWords(need) && (act !== 'value' || (Object.keys(others).length > 0 && isShort(said.text)))) return undefined
  const value = readValue(need, said.text, said.today)
  // A learnt reading counts only where the words name no choice and do nothing else.
  const isTold =
    need.type === 'choice' && value === undefined && (act === 'unclear' || act === 'correct' || act === 'value')
  return isTold && !namesChoice(need, said.text) ? said.nearest : value
}

/** Acts that leave open what was asked, whatever their words are. */
const NO_ANSWER: ReadonlySet<DialogueAct> = new Set(['ask', 'stop', 'thanks', 'greet', 'complain'])

const isOwnWords = ({ type }: Need): boolean => type === 'text' || type === 'name'

const isShort = (text: string): boolean => text.trim().split(/\s+/).length < 4

function next(dialog: Dialog, form: Form): FormStep {
  const need = missing(dialog, form)
  if (need) return { type: 'ask', form: { ...closed(form), asking: need.name }, need: need.name, say: need.ask }
  const say = confirmation(dialog, form)
  // With nothing collected there is nothing to read back.
  if (say === undefined) return { type: 'ready', form: closed(form) }
  return { type: 'confirm', form: { ...closed(form), confirming: true }, say }
}

/** The first question, where what was said gave several values for it. */
function whichOf(dialog: Dialog, step: FormStep, said: CustomerText): FormStep {
  const need = step.type === 'ask' ? dialog.needs.find(({ name }) => name === step.need) : undefined
  const values = need ? severalValues(need, said.text) : []
  return values.length > 1 ? { type: 'which', form: step.form, values } : step
}

function missing(dialog: Dialog, form: Form): Need | undefined {
  return dialog.needs.find((need) => form.values[need.name] === undefined)
}

function withValues(form: Form, values: Form['values']): Form {
  return { ...form, values: { ...form.values, ...values } }
}

function closed(form: Form): Form {
  return { dialog: form.dialog, values: form.values, tries: 0 }
}
