// Detects phone numbers: labelled, international, or valid and grouped as people group them.
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { type Candidate, HINT, LABEL, PROOF, SHAPE } from '../candidates.ts'

const REGIONS: readonly CountryCode[] = ['GB', 'US', 'DE', 'FR', 'ES', 'IT', 'NL', 'AU', 'IN', 'BR', 'JP', 'PH', 'TR']
const CANDIDATE =
  /(?<![\d.#]|(?<=[A-Za-z0-9])-|(?<=[A-Za-z])(?<!is|at|on|tel|phone|number)|(?<!\d)\d{1,3}[:,/])(?:\(?\+ ?|00 ?)?\(?\d(?:[ ()\-.\u00a0/_*|~\n]{0,3}\d){5,18}(?:,? ?(?:ext\.?|extension|x|#) ?\d{1,6})?(?![\p{Script=Latin}\p{N}%]|[.,:]\d{1,3}(?!\d))/giu
const WORDS = String.raw`phone|telephone|tel|mobile|mob|cell|cellphone|whatsapp|whats ?app|wa|fax|landline|handy|handynummer|rufnummer|telefon|telefonnummer|telefono|teléfono|telefone|téléphone|telefonum|móvil|celular|portable|call|ring|text|sms|dial|reach|contact|answering|messages? to|(?:my|our|his|her|the|this|new|best|us|uk|international) (?:us |uk )?number|(?:meine|mein) nummer|(?:mon|mi|meu|il mio) (?:numéro|numero|número)|телефон|फ़ोन|फोन`
const LABELLED = new RegExp(
  String.raw`(?:(?<![\p{L}\p{N}])(?:${WORDS})(?![\p{L}])[^\d.!?\n+(]{0,28}|(?:电话|電話|手机|传真|傳真|号|號|番号)[^\d+(]{0,8})[\s(]{0,2}$`,
  'iu',
)
const VAGUE = /my \p{L}{2,12} number(?: is|:)?[\s(]{0,2}$/iu
const CALL_ME = /^[\s)]{0,2}(?:is|was|ist)? ?(?:my|our|the|meine)? ?(?:phone|tel|mobile|cell|number|nummer|whatsapp)/i
const LINK = /(?:wa\.me\/|t\.me\/\+|tel:|whatsapp\.com\/send\?phone=)\+?(\d{7,15})/gi
const DATE = /(?:^|\s)(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4})(?:\s|$)/
const PART = /(?:(?!\n|(?<!\d)\d{1,2}[-./]\d{1,2}[-./]\d{4}(?!\d)).)+/g
// Grouped with thousands: `1 234 567`.
const THOUSANDS = /^\d{1,3}(?:[ .]\d{3}){1,4}$/

function validIn(digits: string): boolean {
  return REGIONS.some((region) => parsePhoneNumberFromString(digits, region)?.isValid() === true)
}

function sureness(text: string, start: number, written: string): number | undefined {
  const digits = written.replace(/(?:ext|x|#).*$/i, '').replace(/\D/g, '')
  if (digits.length < 7 || digits.length > 17 || DATE.test(written)) return undefined
  const end = start + written.length
  const before = text.slice(Math.max(0, start - 48), start)
  if (/[€$£¥]\s?$/.test(before)) return undefined
  const international = /^\(?\+/.test(written)
  if (international && digits.length >= 8) return PROOF
  if (LABELLED.test(before) || CALL_ME.test(text.slice(end, end + 24))) return LABEL
  if (VAGUE.test(before)) return HINT
  if (digits.length < 8 || THOUSANDS.test(written)) return undefined
  const grouped = /\d[ ()\-./]/.test(written)
  const national =
    /^\(?0[^0]/.test(written) ||
    /^00[1-9]\d{9}/.test(digits) ||
    digits.length === 10 ||
    (digits.length === 11 && digits.startsWith('1'))
  return (national || (grouped && digits.length >= 9)) && validIn(digits) ? SHAPE : undefined
}

export function findPhones(text: string): Candidate[] {
  const found: Candidate[] = []
  const look = (start: number, written: string): void => {
    const sure = sureness(text, start, written)
    if (sure !== undefined) found.push({ type: 'phone', start, end: start + written.length, sure })
    // Something else may stand before or after it: a date, or the number on another line.
    else for (const part of written.matchAll(PART)) if (part[0] !== written) look(start + part.index, part[0])
  }
  for (const match of text.matchAll(CANDIDATE)) look(match.index, match[0])
  for (const link of text.matchAll(LINK)) {
    const end = link.index + link[0].length
    found.push({ type: 'phone', start: link.index, end, sure: PROOF })
  }
  return found
}
