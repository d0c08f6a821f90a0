// The frame of an open form: what was asked last. Pure.
import type { Form, Frame } from '#domain'
import type { Dialog } from './schema.ts'
import { questionOf } from './template.ts'

/** Whether a yes to its confirmation has consequences: it says so, or a person carries out what was confirmed. */
const isConsequential = (dialog: Dialog): boolean =>
  dialog.consequential ?? (dialog.confirm !== undefined && dialog.then === 'escalate')

/** What the form asked last; undefined where it has asked nothing. */
export function frameOf(dialog: Dialog, form: Form): Frame | undefined {
  if (form.confirming || form.changing) return confirmationFrame(dialog, form)
  const need = dialog.needs.find(({ name }) => name === form.asking)
  return need && { kind: `slot:${need.type === 'name' ? 'text' : need.type}`, question: questionOf(need.ask) }
}

export function confirmationFrame(dialog: Dialog, form?: Form): Frame {
  return {
    kind: isConsequential(dialog) ? 'confirm-grave' : 'confirm-plain',
    question: dialog.confirm ?? '',
    values: Object.values(form?.values ?? {}).map(({ value }) => value),
  }
}
