// Detects payment cards and IBANs by their check digits.
import { countrySpecs, isValidIBAN } from 'ibantools'
import { type Candidate, findAll, LABEL, PROOF } from '../candidates.ts'
import { isNamedOtherwise, UNIT } from './labelled-values.ts'

const RUN = /(?<![A-Za-z0-9])\d(?:[ \-./_*|~\n]{0,3}\d){11,120}(?!\p{N})/gu
// Issuer prefixes and lengths, ISO/IEC 7812 as the schemes publish them.
const ISSUERS =
  /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)\d{12,13}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11,13}|35(?:2[89]|[3-8]\d)\d{12,15}|(?:2131|1800)\d{11}|6(?:011|5|4[4-9]|22)\d{11,16}|62\d{14,17}|8\d{15,18}|(?:5[06-8]|6\d)\d{10,17}|220[0-4]\d{12,15})$/
const CARD_WORD =
  /(?:(?<!(?:loyalty|gift|store|reward|rewards|points|membership|member|library|id|identity) )card|visa|master ?card|amex|maestro|credit|debit|\bcc|karte|carte|tarjeta|carta)\b[^.!\n]{0,30}$/i
/** Words of our own for the code on a card: `cvv`, `the three digits on the back`. */
const CODE_NAME = String.raw`(?:cvv|cvc|cvn|csc|cid|cv2)[12]?|(?<!social )security (?:code|number)|card verification (?:code|number|value)|(?:3|4|three|four)[- ]digits?(?: security)? (?:code|number)|(?:last )?(?:3|4|three|four) (?:digits|numbers)(?: (?:on|from|at))(?: the)? back|(?:karten)?pr(?:ü|ue)f(?:nummer|ziffer)|cryptogramme(?: visuel)?|c(?:ó|o)digo de seguridad|codice di sicurezza|beveiligingscode|c(?:ó|o)digo de segurança`
const CODE = String.raw`(\d{3,4}(?![\p{L}\p{N}]|[.,-]\d)|\d(?:[ .-]\d){2,3}(?![\p{L}\p{N}]|[ .,-]\d))`
const CVV = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${CODE_NAME})(?![\p{L}])(?:[\s:=#(.,-]|is\b|was\b|it's\b|its\b|code\b|number\b|no\b|are\b|ist\b|est\b|es\b|è\b|on (?:it|the back)\b|of (?:it|the|my)(?: card)?\b){0,8}${CODE}`,
  'giu',
)
const CVV_BEFORE = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,-])(\d{3,4})(?= (?:is|was|as|for) (?:my |the |its |our )?(?:card'?s? )?(?:${CODE_NAME})(?![\p{L}]))`,
  'giu',
)
/** What stands right after a card's number: its expiry date perhaps, then its code. */
const BESIDE =
  /^[\s,;:|/(-]{1,4}(?:(?:exp(?:iry|ires|\.)?(?: date)?|valid (?:thru|until|to))?[\s:]{0,3}(?:0?[1-9]|1[0-2]) ?[/.-]? ?(?:20)?\d{2}[\s,;:|/(-]{1,4})?(?:(?:and|the|code|with|back|then) ){0,3}(\d{3,4})(?![\p{L}\p{N}]|[.,:/-]\d)/iu
const EXPIRY =
  /\b(?:exp(?:iry|ires|\.)?|valid (?:thru|until)|mm\/yy)(?: date)?[\s:=]{0,3}((?:0[1-9]|1[0-2]) ?[/-] ?(?:20)?\d{2})(?!\d)/giu

function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - at))
    const twice = digit * 2
    sum += at % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice
  }
  return sum % 10 === 0
}

/** Not a part of a longer number with the same signs, nor an order's number of 3, 7 and 7 digits. */
function standsAlone(text: string, start: number, end: number, sign = ' '): boolean {
  if (/^\s*$/.test(sign)) return true
  const longer =
    text.slice(0, start).endsWith(sign) || (text.startsWith(sign, end) && /\d/.test(text.charAt(end + sign.length)))
  return !longer && !/^\d{3}-\d{7}-\d{7}$/.test(text.slice(start, end))
}

/** Numbers of the length that the issuer prints today; those of Maestro and the like look like any other number. */
const CURRENT =
  /^(?:4\d{15}|4\d{18}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d|9\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|6(?:011|5\d\d|4[4-9]\d)\d{12}|62\d{14}|220[0-4]\d{12})$/
const AS_ON_A_CARD = /^\d{4}([^\d])\d{4}\1\d{4}\1\d{4}$|^\d{4}([^\d])\d{6}\2\d{4,5}$/
const CALLED_A_CARD =
  /(?<!(?:loyalty|gift|store|reward|rewards|points|membership|member|library|id|identity) )(?:card|visa|master ?card|amex|american express|maestro|\bcc|karte|kartennummer|kreditkarte|carte|tarjeta|carta)(?:[\s:=#.,'"(-]|numbers?\b|num\b|no\b|nr\b|is\b|was\b|ist\b|est\b|es\b|è\b|digits?\b|details?\b|my\b|the\b|here\b|it's\b){0,10}$/iu
/** The start of an account number that did not pass: `DE89 3704`. */
const IBAN_BEFORE = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:[ .-]?[A-Z\d]{4}){0,4}[ .-]?$/iu

/** Whether a number is so surely a card's that it may not be kept; otherwise it is only masked. */
function isPaymentCard(text: string, start: number, end: number, digits: string, isProven: boolean): boolean {
  const before = text.slice(Math.max(0, start - 48), start)
  if (/\+ ?$|[A-Z0-9]$/i.test(before) || IBAN_BEFORE.test(before)) return false
  if (CALLED_A_CARD.test(before)) return true
  if (!isProven || !CURRENT.test(digits)) return false
  const written = text.slice(start, end)
  if (AS_ON_A_CARD.test(written)) return !/(?<!\d)\d{4}[ -]$/.test(before)
  // `35.52999999999997`
  return !written.includes('.') && !isNamedOtherwise(text, start, end)
}

/** Cards in a run of digits: groups in a row that pass together. */
function readCards(text: string, start: number, run: string): Candidate[] {
  const groups = [...run.matchAll(/\d+/g)].map((group) => ({
    digits: group[0],
    start: start + group.index,
    end: start + group.index + group[0].length,
  }))
  const before = text.slice(Math.max(0, start - 48), start)
  const labelled = CARD_WORD.test(before.slice(-40)) || CALLED_A_CARD.test(before)
  const found: Candidate[] = []
  for (let first = 0; first < groups.length; first += 1) {
    const start = groups[first]?.start ?? 0
    let digits = ''
    let apart: string | undefined
    let card: { end: number; last: number; sure: number; isPayment: boolean } | undefined
    for (let last = first; last < groups.length && digits.length < 19; last += 1) {
      digits += groups[last]?.digits ?? ''
      // One sign between all groups: what changes it is another number.
      const sign = last === first ? undefined : text.slice(groups[last - 1]?.end, groups[last]?.start)
      apart ??= sign
      if (sign !== apart) break
      if (digits.length < 12 || digits.length > 19) continue
      const passes = passesLuhn(digits)
      const end = groups[last]?.end ?? start
      const proven = passes && digits.length > 12 && ISSUERS.test(digits) && standsAlone(text, start, end, apart)
      const meant = labelled && (passes || (digits.length > 13 && digits.length < 17))
      if (!proven && !meant) continue
      const isPayment = isPaymentCard(text, start, end, digits, proven)
      card = { end, last, sure: proven ? PROOF : LABEL, isPayment }
    }
    if (card) {
      const { end, sure, isPayment } = card
      found.push({ type: 'card', start, end, sure, ...(isPayment ? { secret: 'card-number' } : {}) })
      first = card.last
    }
  }
  return found
}

/** The code that stands right after a card's number. */
function findCodeBeside(text: string, { secret, end }: Candidate): Candidate[] {
  const rest = text.slice(end, end + 48)
  const beside = secret === 'card-number' ? BESIDE.exec(rest) : null
  if (!beside) return []
  const last = end + beside[0].length
  const after = text.slice(last, last + 24)
  // On the next line it stands alone, or is the beginning of something else.
  if (UNIT.test(after) || (beside[0].includes('\n') && !/^[ \t]*(?:\n|$)/.test(after))) return []
  return [{ type: 'secret', start: last - (beside[1] ?? '').length, end: last, sure: PROOF, secret: 'security-code' }]
}

export function findCards(text: string): Candidate[] {
  const cards = [...text.matchAll(RUN)].flatMap((run) => readCards(text, run.index, run[0]))
  const codes = [
    ...findAll(text, CVV, 'secret', PROOF, 'security-code'),
    ...findAll(text, CVV_BEFORE, 'secret', PROOF, 'security-code'),
    ...cards.flatMap((card) => findCodeBeside(text, card)),
  ]
  const dates = cards.length + codes.length > 0 ? findAll(text, EXPIRY, 'card', LABEL) : []
  return [...cards, ...codes, ...dates]
}

const IBAN_START = /(?<![\p{L}\p{N}])[A-Z]{2}[ .\-_/\n]{0,2}[\dOIL][ .\-_/\n]?[\dOIL](?=[ .\-_/\n]{0,2}[A-Z0-9])/giu
const ALNUM = /[A-Za-z0-9]/
const IBAN_WORD = /\biban\b[^.!?\n]{0,24}$/i

export function findIbans(text: string): Candidate[] {
  const found: Candidate[] = []
  for (const head of text.matchAll(IBAN_START)) {
    const country = head[0].slice(0, 2).toUpperCase()
    const length = countrySpecs[country]?.chars ?? undefined
    if (length == null) continue
    let value = ''
    let end = head.index
    let apart = 0
    for (let at = head.index; at < text.length && value.length < length && apart <= 2; at += 1) {
      const char = text.charAt(at)
      if (ALNUM.test(char)) {
        value += char.toUpperCase()
        end = at + 1
        apart = 0
      } else if (/[ .\-_/\n]/.test(char)) apart += 1
      else break
    }
    if (value.length < length || ALNUM.test(text.charAt(end))) continue
    const digits = value.replace(/\D/g, '').length
    const named = IBAN_WORD.test(text.slice(Math.max(0, head.index - 40), head.index))
    const corrected = value.slice(0, 2) + value.slice(2).replaceAll('O', '0').replace(/[IL]/g, '1')
    if (isValidIBAN(value) || isValidIBAN(corrected)) found.push({ type: 'iban', start: head.index, end, sure: PROOF })
    else if (named && digits >= 8) found.push({ type: 'iban', start: head.index, end, sure: LABEL })
  }
  return found
}
