// A form: what a dialog has to know before it can help, collected one question at a time. Pure; plain JSON state.
import type { Fact, Signal } from '#conversation'
import type { Dialog, Need } from './dialog.ts'
import { confirmation } from './template.ts'
import { findValue, readValue, yesOrNo } from './values.ts'

/** A collected value and the message that said it. An optional need that was declined has the value ``. */
export type FormValue = { readonly value: string; readonly message?: string }

export type Form = {
  readonly dialog: string
  readonly values: Readonly<Record<string, FormValue>>
  /** The need whose question is open. */
  readonly asking?: string
  /** Whether the open question is the confirmation. */
  readonly confirming?: boolean
  /** Answers in a row that did not fit the open question. */
  readonly tries: number
}

/** A customer's words while a form is open. `today` is the customer's day, as 2026-11-22. */
export type Said = {
  readonly text: string
  readonly messageId: string
  readonly signals: readonly Signal[]
  readonly today: string
  /** The text asks something else: only unmistakable values are taken from it. */
  readonly interruption?: boolean
}

/** What a form does next; `form` is the state to keep. */
export type Step =
  | { readonly type: 'ask'; readonly form: Form; readonly need: string; readonly say: string }
  /** The answer did not fit; `say` is the question again. */
  | { readonly type: 'invalid'; readonly form: Form; readonly say: string }
  | { readonly type: 'confirm'; readonly form: Form; readonly say: string }
  /** Everything is known and confirmed: act, then `finish`. */
  | { readonly type: 'ready'; readonly form: Form }
  /** Something else was asked; `say` is the question that stays open. */
  | { readonly type: 'interrupted'; readonly form: Form; readonly say: string }
  | { readonly type: 'stopped'; readonly form: Form }
  /** Too many answers that did not fit: a person goes on with what is known. */
  | { readonly type: 'given-up'; readonly form: Form }

const MAX_TRIES = 3
const STOP =
  /^(?:please |ok,? |actually,? )*(?:stop|cancel(?: (?:that|this))?|never ?mind|forget (?:it|that|about it)|leave it|quit|exit|i changed my mind|no,? thank(?:s| you))(?:,? please|,? thanks)?$/i
const SKIP = /^(?:skip(?: it| this)?|none|no|nope|n\/a|not sure|(?:i )?don't (?:know|have (?:it|one|any)))$/i

/** What is already known when a dialog begins: what this text says, then facts of the case that still fit. */
export function fillFrom(dialog: Dialog, said: Said, known: readonly Fact[]): Form['values'] {
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
export function openForm(dialog: Dialog, said: Said, known: readonly Fact[]): Step {
  return next(dialog, { dialog: dialog.id, values: fillFrom(dialog, said, known), tries: 0 })
}

/** Takes what was said to the open question. */
export function advance(dialog: Dialog, form: Form, said: Said): Step {
  const words = said.text
    .trim()
    .replace(/[\s.!]+$/, '')
    .replaceAll('’', "'")
  if (STOP.test(words) || said.signals.includes('opt-out')) return { type: 'stopped', form }
  if (said.interruption) {
    const step = next(dialog, withValues(form, found(dialog, said, form.values)))
    return 'say' in step ? { type: 'interrupted', form: step.form, say: step.say } : step
  }
  if (form.confirming) return confirm(dialog, form, said)

  const need = dialog.needs.find((one) => one.name === form.asking)
  if (!need) return next(dialog, form)
  const others = found(dialog, said, form.values)
  const value = answerTo(need, said, others, words)
  if (value !== undefined) others[need.name] = { value, message: said.messageId }
  if (Object.keys(others).length > 0) return next(dialog, withValues(form, others))
  return again(form, need.invalid)
}

/** The question that is open, in the form's own words. */
export function resume(dialog: Dialog, form: Form): string {
  if (form.confirming) return confirmation(dialog, form) ?? ''
  const open = dialog.needs.find((need) => need.name === form.asking) ?? missing(dialog, form)
  return open?.ask ?? confirmation(dialog, form) ?? ''
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

function confirm(dialog: Dialog, form: Form, said: Said): Step {
  const better = found(dialog, said, form.values)
  if (Object.keys(better).length > 0) return next(dialog, withValues(form, better))
  const plain = yesOrNo(said.text)
  if (plain === 'no' || (plain === undefined && said.signals.includes('refusal'))) {
    const [first] = dialog.needs
    // A second plain no, or one to a form that collects nothing: the customer does not want this.
    if (!first || form.tries > 0) return { type: 'stopped', form }
    const asked: Form = { dialog: form.dialog, values: form.values, asking: first.name, tries: 1 }
    return { type: 'ask', form: asked, need: first.name, say: first.ask }
  }
  if (plain === 'yes' || said.signals.includes('agreement')) return { type: 'ready', form: closed(form) }
  return again(form, confirmation(dialog, form) ?? '')
}

/** Unmistakable values in free text that are new; of two needs of one type none is guessed. */
function found(dialog: Dialog, said: Said, values: Form['values']): Record<string, FormValue> {
  const fresh: Record<string, FormValue> = {}
  for (const need of dialog.needs) {
    if (dialog.needs.some((other) => other !== need && other.type === need.type)) continue
    const value = findValue(need, said.text, said.today, values[need.name]?.value)
    if (value !== undefined) fresh[need.name] = { value, message: said.messageId }
  }
  return fresh
}

function answerTo(need: Need, said: Said, others: Record<string, FormValue>, words: string): string | undefined {
  if (need.optional && SKIP.test(words)) return ''
  if (need.type === 'yes-no') {
    const plain = yesOrNo(said.text)
    if (plain) return plain
    if (said.signals.includes('agreement')) return 'yes'
    return said.signals.includes('refusal') ? 'no' : undefined
  }
  // A short message that answers another question is not also this need's free text.
  if (need.type === 'text' && Object.keys(others).length > 0 && words.split(/\s+/).length < 4) return undefined
  return others[need.name]?.value ?? readValue(need, said.text, said.today)
}

function next(dialog: Dialog, form: Form): Step {
  const need = missing(dialog, form)
  if (need) return { type: 'ask', form: { ...closed(form), asking: need.name }, need: need.name, say: need.ask }
  const say = confirmation(dialog, form)
  // With nothing collected there is nothing to read back.
  if (say === undefined) return { type: 'ready', form: closed(form) }
  return { type: 'confirm', form: { ...closed(form), confirming: true }, say }
}

function missing(dialog: Dialog, form: Form): Need | undefined {
  return dialog.needs.find((need) => form.values[need.name] === undefined)
}

function again(form: Form, say: string): Step {
  const tried = { ...form, tries: form.tries + 1 }
  return tried.tries >= MAX_TRIES ? { type: 'given-up', form: tried } : { type: 'invalid', form: tried, say }
}

function withValues(form: Form, values: Form['values']): Form {
  return { ...form, values: { ...form.values, ...values } }
}

function closed(form: Form): Form {
  return { dialog: form.dialog, values: form.values, tries: 0 }
}
