// A dialog for tests, with what a test changes.
import { type Dialog, dialogFile, type Need } from '#dialog'

const PHRASES = ['where', 'is', 'my', 'order', 'and', 'when', 'comes', 'it']

export const ORDER: Need = {
  name: 'order-number',
  type: 'order',
  ask: 'What is your order number?',
  invalid: 'That is no order number.',
  pattern: '^HL-\\d{5}$',
  optional: false,
}
export const EMAIL: Need = {
  name: 'email',
  type: 'email',
  ask: 'Which e-mail address?',
  invalid: 'That is no e-mail address.',
  optional: false,
}

export function needOf(type: Need['type'], more: Partial<Need> = {}): Need {
  return { name: type, type, ask: `Which ${type}?`, invalid: `No ${type}.`, optional: false, ...more }
}

export function aDialog(changes: object = {}): Dialog {
  const file = dialogFile.parse({
    title: 'Where an order is',
    topic: 'delivery',
    owner: 'delivery',
    phrases: PHRASES,
    personal: true,
    needs: [ORDER, EMAIL],
    examples: [{ title: 'one', lines: [{ customer: 'a' }, { bot: 'b' }] }],
    ...changes,
  })
  return { ...file, id: 'order-status' }
}
