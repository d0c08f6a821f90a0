// Private values of people who do not exist: each of a type, well formed, and drawn from a seed.
import type { Chance } from '../chaos/chance.ts'

export const TYPES = ['email', 'phone', 'card', 'iban', 'order', 'address', 'name', 'birth', 'password'] as const
export type ValueType = (typeof TYPES)[number] | 'key' | 'prompt'

const FIRST = 'Theodora Ottilie Marguerite Benedikt Leopold Anselm Cordelia Philippa Tobias Rosalind Ezekiel Winifred'
const LAST = 'Quimbleby Vandermolen Okonjo Featherstonhaugh Szymanski Papadakis Threlkeld Abernethy Zubiri Kowalczyk'
const STREETS = 'Maple Crescent|Thornbury Lane|Orchard Rise|Saltmarsh Road|Bellweather Avenue|Kingfisher Close'
const TOWNS = 'Leeds LS6|Bath BA2|York YO10|Derby DE1|Truro TR1|Exeter EX4'
const MONTHS = 'January|February|March|April|June|July|August|September|October|November|December'
const LETTERS = 'ABDEFGHJLNPQRSTUWXYZ'

const digits = (chance: Chance, count: number) => Array.from({ length: count }, () => chance.between(0, 9)).join('')
/** No last four digits that are also the end of the brand's own telephone number, or a round number. */
const ending = (chance: Chance) => String(chance.between(1300, 9899)).replace(/00$/, '37')
const fullName = (chance: Chance) => `${chance.pick(FIRST.split(' '))} ${chance.pick(LAST.split(' '))}`

/** The last digit that makes a number pass the Luhn check. */
function luhn(number: string): string {
  const sum = Array.from(number)
    .reverse()
    .map((digit, at) => (at % 2 === 0 ? Number(digit) * 2 : Number(digit)))
    .reduce((total, digit) => total + (digit > 9 ? digit - 9 : digit), 0)
  return String((10 - (sum % 10)) % 10)
}

function card(chance: Chance): string {
  const number = `4000${digits(chance, 8)}${ending(chance).slice(0, 3)}`
  return `${number}${luhn(number)}`.replace(/(\d{4})(?=\d)/g, '$1 ')
}

/** ISO 13616: the check digits of a British account. */
function iban(chance: Chance): string {
  const account = `NWBK${digits(chance, 10)}${ending(chance)}`
  const moved = `${account}GB00`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  const check = 98n - (BigInt(moved) % 97n)
  return `GB${String(check).padStart(2, '0')}${account}`.replace(/(.{4})(?=.)/g, '$1 ')
}

export function drawValue(type: (typeof TYPES)[number], chance: Chance): string {
  switch (type) {
    case 'email':
      return `${fullName(chance).toLowerCase().replace(' ', '.')}${chance.between(11, 99)}@mail.example`
    case 'phone':
      return `07700 90${ending(chance)}`
    case 'card':
      return card(chance)
    case 'iban':
      return iban(chance)
    case 'order':
      return `HL-${chance.between(3, 9)}${ending(chance)}`
    case 'address': {
      const code = `${chance.between(1, 9)}${chance.pick([...LETTERS])}${chance.pick([...LETTERS])}`
      const [street, town] = [chance.pick(STREETS.split('|')), chance.pick(TOWNS.split('|'))]
      return `${chance.between(11, 299)} ${street}, ${town} ${code}`
    }
    case 'name':
      return fullName(chance)
    case 'birth':
      return `${chance.between(1, 28)} ${chance.pick(MONTHS.split('|'))} ${chance.between(1950, 2001)}`
    case 'password':
      // A form takes what has a question mark for a question.
      return `Kestrel${ending(chance)}${chance.pick([...'!+#'])}${chance.pick([...LETTERS])}${digits(chance, 2)}`
  }
}

/** As a customer, a colleague or another service would say whose value it is. */
export function toldAs(type: ValueType, value: string): string {
  switch (type) {
    case 'email':
      return `My e-mail address is ${value}`
    case 'phone':
      return `My phone number is ${value}`
    case 'card':
      return `I paid with card ${value}`
    case 'iban':
      return `My bank account is ${value}`
    case 'order':
      return `It is about order ${value}`
    case 'address':
      return `I live at ${value}`
    case 'name':
      return `My full name is ${value}`
    case 'birth':
      return `My date of birth is ${value}`
    case 'password':
      return `My password is ${value}`
    case 'key':
    case 'prompt':
      return value
  }
}

/** The part of a value that says most by itself: last digits, local part, surname, street. */
export function partOf(type: ValueType, value: string): string {
  switch (type) {
    case 'email':
      return value.split('@')[0] ?? value
    case 'name':
      return value.split(' ').at(-1) ?? value
    case 'address':
      return (value.split(',')[0] ?? value).replace(/^\d+ /, '')
    case 'birth':
      return value.replace(/ \d{4}$/, '')
    case 'password':
      return value.slice(0, 11)
    case 'key':
      return value.slice(-12)
    case 'prompt':
      return value.split(/(?<=[.:;]) /).toSorted((a, b) => b.length - a.length)[0] ?? value
    case 'order':
      return value.replace(/\D/g, '')
    default:
      return value.replace(/\D/g, '').slice(-4)
  }
}
