// Fills the texts of a dialog with values.

import type { Form } from '#domain'
import { showDate, showDay } from '#lib'
import type { Dialog, Need } from './schema.ts'

/** What an action answered, by field. */
export type ActionAnswer = Readonly<Record<string, string | number | boolean>>

/** The dialog's last words; undefined where the dialog leaves them to an article or a policy. */
export function finishForm(dialog: Dialog, form: Form, answer?: ActionAnswer): string | undefined {
  const own = dialog['say-when'].find(({ when }) =>
    Object.entries(when).every(([name, values]) => {
      const value = String(form.values[name]?.value ?? answer?.[name] ?? '').toLowerCase()
      return values.some((one) => one.toLowerCase() === value)
    }),
  )
  const said = own?.say ?? dialog.say
  return said === undefined ? undefined : fillIn(dialog, said, form, answer)
}

/** What is said when the action's service does not know the thing. */
export function notFound(dialog: Dialog, form: Form): string | undefined {
  return dialog.action && fillIn(dialog, dialog.action['not-found'], form)
}

/** The question that reads the values back before anything is done. */
export function confirmation(dialog: Dialog, form: Form): string | undefined {
  return dialog.confirm === undefined ? undefined : fillIn(dialog, dialog.confirm, form)
}

/** The question that is open, shorter than the first time; undefined for a confirmation without words of its own. */
export function shortQuestion(dialog: Dialog, form: Form): string | undefined {
  const open = dialog.needs.find((need) => need.name === form.asking)
  if (open) return questionOf(open.ask)
  const again = dialog['confirm-again']
  return again === undefined ? undefined : fillIn(dialog, again, form)
}

/** "Let's find it. What is your number? It starts with HL." is "What is your number?" */
export const questionOf = (ask: string): string =>
  ask
    .match(/[^.!?]+\?/g)
    ?.at(-1)
    ?.trim() ?? ask

/** What is said of a day that does not do; undefined where the dialog has no words for it. */
export const dayRefused = (need: Need, date: string): string | undefined =>
  need['day-refused']?.replaceAll('{date}', showDay(date))

/** What the form has, to be read back: "order number: HL-20419; email: …". */
export function valuesInWords(dialog: Dialog, form: Form): string {
  return dialog.needs
    .filter(({ name }) => form.values[name]?.value)
    .map(({ name }) => `${name.replaceAll('-', ' ')}: ${fillIn(dialog, `{${name}}`, form)}`)
    .join('; ')
}

/** `{name}` of needs and answers; every value is put in once and never read as a template itself. */
function fillIn(dialog: Dialog, text: string, form: Form, answer: ActionAnswer = {}): string {
  return text.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const isDate = dialog.needs.some((need) => need.name === name && need.type === 'date')
    const value = form.values[name]?.value ?? answer[name]
    if (value === undefined) throw new Error(`\`{${name}}\` of dialog \`${dialog.id}\` has no value`)
    if (typeof value === 'boolean') return value ? 'yes' : 'no'
    // A day that a customer named is read back with its weekday, so that a wrong one is seen.
    if (isDate) return value === '' ? '' : showDay(String(value))
    return dialog.action?.expects[name] === 'date' ? showDate(String(value)) : String(value)
  })
}
