// Blocks private data by its shape: in public all of it, in private what opens an account or pays.
import { deobfuscate, findPrivateData, type PrivateSpan, type PrivateType } from '#privacy'
import type { Check, CheckInput } from '../check-input.ts'
import { collapse } from '../match/collapsed-text.ts'

const NAMES: { readonly [type in PrivateType]: string } = {
  email: 'an e-mail address',
  phone: 'a phone number',
  card: 'a card number',
  iban: 'a bank account',
  'national-id': 'an identity number',
  account: 'an account or customer number',
  order: 'an order number',
  address: 'an address',
  name: 'a name',
  'date-of-birth': 'a date of birth',
  ip: 'an IP address',
  secret: 'a password or code',
  'url-token': 'a link that carries personal data or a key',
  handle: 'a handle of somebody else',
  location: 'a location',
}
// Our own people have names, and a handle may be a partner's: an agent may say so.
const ARGUABLE: readonly PrivateType[] = ['name', 'handle']

function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

/** How many digits two numbers have in common at their ends. */
export function commonEnd(one: string, other: string): number {
  let count = 0
  while (count < Math.min(one.length, other.length) && one.at(-1 - count) === other.at(-1 - count)) count += 1
  return count
}

/** One of our own phone numbers, with or without the country's code. */
export function isOurNumber(digits: string, { contacts }: CheckInput): boolean {
  return contacts.some(
    (contact) => digits.length >= 7 && commonEnd(digits, digitsOf(contact)) >= Math.min(digits.length - 1, 9),
  )
}

/** One of our own contacts. */
function isOurs(value: string, reading: CheckInput): boolean {
  const squeezed = collapse(value)
  return (
    reading.contacts.some((contact) => squeezed.length > 2 && collapse(contact).includes(squeezed)) ||
    (/^\d+$/.test(squeezed) && isOurNumber(squeezed, reading))
  )
}

function isNeverRepeated(type: PrivateType, value: string): boolean {
  return type === 'secret' || (type === 'card' && digitsOf(value).length >= 12)
}

export const checkPrivateData: Check = (reading) => {
  const { text, audience } = reading
  const read = ({ start, end }: PrivateSpan) => deobfuscate(text.slice(start, end)).text
  return findPrivateData(text)
    .filter((span) => audience === 'public' || isNeverRepeated(span.type, read(span)))
    .filter((span) => !isOurs(read(span), reading))
    .map(({ type, start, end }) => ({
      rule: `privacy.${type}`,
      because:
        audience === 'public'
          ? `everybody can read this, and it shows ${NAMES[type]}; take it out or say it in private`
          : `${NAMES[type]} is never repeated, not even in private; take it out`,
      start,
      end,
      absolute: !ARGUABLE.includes(type),
    }))
}
