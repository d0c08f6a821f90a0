// Detects values that a label names: `order number: HL-20419`, `my account is 7081 2234`.
import { type Candidate, HINT, LABEL } from '../candidates.ts'
import type { PrivateType } from '../types.ts'

type Label = {
  readonly type: PrivateType
  readonly words: string
  /** How many digits the value has at least. */
  readonly digits: number
  readonly sure?: number
}

// Between label and value; every alternative begins with another character, so that matching stays linear.
const FILLER = String.raw`(?:[\s:="'(.,-]|#(?=\s)|numbers?\b|num\b|no\b|nr\b|id\b|ref\b|code\b|is\b|was\b|ist\b|lautet\b|est\b|es\b|è\b|é\b|n°|º|í¿){0,12}`
const GROUPED = String.raw`[A-Z]{0,4}\d{0,6}[A-Z]{0,3}(?:[ .\-/][A-Z]{0,3}\d[A-Z\d]*){1,6}`
const TOKEN = String.raw`#?(?=[A-Z/_.-]{0,12}\d)[A-Z0-9]+(?:[-/_.][A-Z0-9]+)*`
const VALUE = String.raw`(?<![\p{L}\p{N}])(?!(?:for|and|since|from|on|in|at|of|to|by|or|the|my|but|with|has|had|it|an?|i|you|we|are|do|can|that|this|all|over|only|just) )(#?${GROUPED}|${TOKEN})(?![\p{L}\p{N}])`

const LABELS: readonly Label[] = [
  {
    type: 'order',
    digits: 4,
    words:
      'orders?|purchase|tracking|parcel|package|shipment|shipping|delivery|consignment|invoice|receipt|booking|reservation|reference|ref|case|ticket|claim|complaint|rma|return|transaction|confirmation|bestellung|bestellnummer|bestellnr|auftrag|auftragsnummer|sendung|sendungsnummer|sendungsverfolgung|rechnung|rechnungsnummer|numéro de commande|commande|colis|suivi|facture|número de pedido|pedido|envío|factura|ordine|numero ordine|spedizione|fattura|encomenda|número da encomenda|bestelling|bestelnummer|zamówienie',
  },
  {
    type: 'account',
    digits: 4,
    words:
      'account|accounts|acct|a/c|acc|customer|client|member|membership|(?:loyalty|gift|store|reward|points|membership|library) card|loyalty|voucher|policy|contract|meter|serial|meter serial|serial number|imei|routing|aba|wallet|kundennummer|kunden-nr|kontonummer|konto|vertragsnummer|zählernummer|blz|numéro de client|compte|número de cliente|cuenta|conta|conta bancária|conto|numero cliente|klantnummer',
  },
  { type: 'account', digits: 6, words: 'sort ?code' },
  {
    type: 'national-id',
    digits: 4,
    words:
      "ssn|social security|social|sin|nino|ni|ni number|national insurance|national id|national identity|identity|identity card|id card|identification|citizen|resident|residence permit|passport|passport no|driver'?s? licen[cs]e|driving licen[cs]e|licen[cs]e|tax|tax id|tax number|tax file|taxpayer|tin|itin|ein|vat|nhs|medicare|medicaid|mbi|npi|aadhaar|pan|dni|nie|nif|nir|cpf|cnpj|cuit|cuil|rfc|curp|bsn|pesel|nip|personnummer|pnr|steuer-?id|steuernummer|ausweis|ausweisnummer|personalausweis|reisepass|pass-?nr|sozialversicherungsnummer|krankenversichertennummer|führerschein|codice fiscale|partita iva|carta d.identità|patente|passaporto|numéro de sécurité sociale|sécurité sociale|pasaporte|my id|kimlik|tc|tckn|nric|uen|gstin|abn|acn|tfn|frn|rrn|brn|rvnr|kvnr|krankenkasse|egk|lanr|arztnummer|handelsregister|personalausweisnummer|orgnummer|nas|voter id|refugee id|travel document|passports?|provider identifier|(?:\\p{L}{2,12}(?:an|ish|ese|ch) )(?:national )?id(?: number)?",
  },
  // `my … number is …` of whatever country and office.
  { type: 'national-id', digits: 4, words: String.raw`my(?: [\p{L}_]{2,20}){2,4} number`, sure: HINT },
  // The last digits of a card.
  {
    type: 'card',
    digits: 4,
    words: String.raw`card(?: number)?(?: ending| ends)?(?: in| with)?|last (?:4|four)(?: digits)?(?: of my card)?|ending in`,
  },
]

const DATE = /^(?:\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|(?:19|20)\d\d)$/
/** What a number counts, right after it. */
export const UNIT =
  /^\s?(?:%|[€$£¥]|(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|times|pcs|pieces|units|items|people|points|miles|km|kg|g|ml|l|euros?|eur|usd|gbp|dollars?|pounds?|kr|chf|am|pm|mbps|gb|mb)(?![\p{L}]))/iu
// The same said behind the value: `457555462 is my ssn`.
const AFTER = String.raw` (?:is|was|are|es|est|ist|é|är) (?:my|our|the|your|mi|mein|meine|mon|ma|min|meu|vårt) (?:\p{L}{2,12} (?:de )?)?`
const VALUE_AT_END = new RegExp(`${VALUE}$`, 'iu')
const patterns = LABELS.map((label) => ({
  ...label,
  pattern: new RegExp(String.raw`(?<![\p{L}\p{N}_])(?:${label.words})(?![\p{L}\p{N}])${FILLER}${VALUE}`, 'giu'),
  after: new RegExp(String.raw`(?<=[\p{L}\p{N}])${AFTER}(?:${label.words})(?![\p{L}\p{N}])`, 'giu'),
}))
const LETTERS_BEFORE = /(?<![\p{L}\p{N}])[A-Z]{2} $/u
const LETTERS_AFTER = /^(?: \d)? [A-Z]{1,3}\d?(?: \d{1,4})?(?![\p{L}\p{N}])/u

const OTHERS = LABELS.filter(({ type, sure }) => type !== 'card' && sure === undefined)
const OTHER_WORDS = OTHERS.map(({ words }) => words).join('|')
const OTHER_BEFORE = new RegExp(String.raw`(?<![\p{L}\p{N}_])(?:${OTHER_WORDS})(?![\p{L}\p{N}])${FILLER}$`, 'iu')
const OTHER_AFTER = new RegExp(String.raw`^${AFTER}(?:${OTHER_WORDS})(?![\p{L}\p{N}])`, 'iu')

/** Whether a word right before or after a number says that it is something else than a card. */
export function isNamedOtherwise(text: string, start: number, end: number): boolean {
  return OTHER_BEFORE.test(text.slice(Math.max(0, start - 60), start)) || OTHER_AFTER.test(text.slice(end, end + 60))
}

/** A grouped value, without a last group that counts something: `12345 30 days`. */
function cut(value: string, after: string): string {
  return UNIT.test(after) && /\s/.test(value) ? value.replace(/\s\S*$/, '') : value
}

/** The letters that some countries print around their numbers: `NO 995 525 828 MVA`, `12302 6635 RC 0001`. */
function withLetters(text: string, start: number, end: number): { start: number; end: number } {
  const before = LETTERS_BEFORE.exec(text.slice(Math.max(0, start - 4), start))?.[0] ?? ''
  const after = LETTERS_AFTER.exec(text.slice(end, end + 12))?.[0] ?? ''
  return { start: start - before.length, end: end + after.length }
}

export function findLabelled(text: string): Candidate[] {
  const found: Candidate[] = []
  for (const { pattern, after, type, digits, sure = LABEL, words } of patterns) {
    const look = (whole: string, end: number) => {
      const rest = text.slice(end, end + 40)
      const value = cut(whole, rest)
      const count = value.replace(/\D/g, '').length
      if (count < digits || (value === whole && UNIT.test(rest))) return
      if (DATE.test(value) && !words.startsWith('sort')) return
      const start = end - whole.length
      const range = { start, end: start + value.length }
      found.push({ type, sure, ...(type === 'national-id' ? withLetters(text, range.start, range.end) : range) })
    }
    for (const match of text.matchAll(pattern)) look(match[1] ?? '', match.index + match[0].length)
    for (const { index } of text.matchAll(after)) {
      const value = VALUE_AT_END.exec(text.slice(Math.max(0, index - 60), index))?.[1]
      if (value !== undefined) look(value, index)
    }
  }
  return found
}
