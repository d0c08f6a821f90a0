// Detects national identity and tax numbers by their check digits.
import { stdnum } from 'stdnum'
import { type Candidate, CHANCE, HINT, SHAPE } from '../candidates.ts'

type Check = { readonly country: string; passes(value: string): boolean }

/** The library wants some numbers as they are printed. */
const PRINTED: { readonly [name: string]: (value: string) => string } = {
  'SE.personnummer': (value) => `${value.slice(0, -4)}-${value.slice(-4)}`,
  'ES.nif': (value) => value.padStart(9, '0'),
}

function checksOf(names: string): Check[] {
  return names.split(' ').map((name) => {
    const [country = '', number = ''] = name.split('.')
    const validator = stdnum[country]?.[number]
    if (!validator) throw new Error(`stdnum has no \`${name}\``)
    const print = PRINTED[name] ?? ((value) => value)
    return { country, passes: (value) => validator.validate(print(value)).isValid }
  })
}

/** By length: what hardly one in fifty other numbers passes for, because of a date or a second check digit. */
const RARE: { readonly [length: number]: readonly Check[] } = {
  10: checksOf('SE.personnummer IS.kennitala CZ.rc AT.vnr'),
  11: checksOf('PL.pesel TR.tckimlik DE.idnr BR.cpf BE.nn NO.fodselsnummer AU.abn AR.cuit GR.amka LT.asmens'),
  12: checksOf('SE.personnummer'),
  13: checksOf('ZA.idnr KR.rrn RO.cnp RS.jmbg SI.emso CH.ssn'),
  14: checksOf('BR.cnpj'),
  15: checksOf('FR.nir'),
  18: checksOf('CN.ric'),
}
/** By length: what one in ten other numbers passes for as well. */
const COMMON: { readonly [length: number]: readonly Check[] } = {
  9: checksOf('CA.sin AU.tfn AU.acn NL.bsn PT.nif IL.idnr'),
  10: checksOf('PL.nip KR.brn SE.orgnr BG.egn DK.cpr SK.rc'),
  11: checksOf('IT.iva HR.oib EE.ik'),
  12: checksOf('IN.aadhaar'),
  13: checksOf('TH.idnr'),
}
/** Where letters are part of the proof. */
const LETTERED = (
  [
    [/^\d{7,8}[A-Z]$/, 'ES.nif'],
    [/^[XYZ]\d{7}[A-Z]$/, 'ES.nie'],
    [/^[A-Z]{6}[A-Z\d]{2}[A-Z][A-Z\d]{2}[A-Z][A-Z\d]{3}[A-Z]$/, 'IT.codicefiscale'],
    [/^\d{6}[-+A-Y]\d{3}[\dA-Y]$/, 'FI.hetu'],
    [/^\d{8}[A-Z]\d{3}$/, 'DE.svnr'],
    [/^DE\d{9}$/, 'DE.vat'],
    [/^ATU\d{8}$/, 'AT.uid'],
    [/^\d{7}[A-W][A-IW]?$/, 'IE.pps'],
    [/^(?:\d{8,9}|[TS]\d{2}[A-Z]{2}\d{4})[A-Z]$/, 'SG.uen'],
    [/^[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z\d]{2}$/, 'MX.curp'],
    [/^[A-Z][12]\d{8}$/, 'TW.natid'],
    [/^\d{17}X$/, 'CN.ric'],
    [/^\d{7,8}K$/, 'CL.rut'],
  ] as const
).map(([shape, names]) => ({ shape, checks: checksOf(names) }))

// Groups that each hold a digit.
const CANDIDATE =
  /(?<![\p{L}\p{N}#]|(?<!(?<![\p{L}\p{N}])[A-Z]{2})[/.-])(?=[A-Za-z]{0,6}\d)[A-Za-z\d]{2,18}(?:[ ./-][A-Za-z]{0,3}\d[A-Za-z\d]{0,9}){0,4}(?![\p{L}\p{N}%]|[-./,:]\d)/gu
const COUNTRY = /(?<![\p{L}\p{N}])[A-Z]{2}[ .-]$/u
/** Numbers that people rather dial. */
const DIALLED = /^(?:0|1[2-9]\d\d[2-9])/
/** How such numbers are printed, and telephone numbers are not. */
const AS_PRINTED = /^(?:\d{6}-\d{4}|\d{4}([ -])\d{4}\1\d{4}|\d{2} \d{3} \d{3} \d{3})$/

function passes(checks: readonly Check[] | undefined, value: string): boolean {
  return checks?.some((check) => check.passes(value)) ?? false
}

function sureness(written: string): number | undefined {
  const value = written.replace(/[ ./-]/g, '').toUpperCase()
  if (!/^\d+$/.test(value)) {
    const isProven = LETTERED.some(({ shape, checks }) => shape.test(value) && passes(checks, value))
    return isProven ? HINT : undefined
  }
  if (/^(\d)\1*$/.test(value)) return undefined
  if (passes(RARE[value.length], value)) {
    if (AS_PRINTED.test(written)) return SHAPE
    return value.length < 11 || value.length < written.length || DIALLED.test(value) ? CHANCE : HINT
  }
  if (!passes(COMMON[value.length], value)) return undefined
  return AS_PRINTED.test(written) ? SHAPE : CHANCE
}

/** Whether the number is one of the country that is named before it: `IT 00743110157`. */
function isOf(country: string, written: string): boolean {
  const value = written.replace(/[ ./-]/g, '')
  const checks = [...(RARE[value.length] ?? []), ...(COMMON[value.length] ?? [])]
  return checks.some((check) => check.country === country.slice(0, 2) && check.passes(value))
}

/** How many frames an error's stack has, which is V8's own. */
const ERRORS: ErrorConstructor & { stackTraceLimit?: number | undefined } = Error

export function findNationalIds(text: string): Candidate[] {
  // The library makes an error for each number that fails, and its stack takes ten times as long as the check.
  const { stackTraceLimit } = ERRORS
  ERRORS.stackTraceLimit = 0
  try {
    return [...text.matchAll(CANDIDATE)].flatMap((match) => readCandidate(text, match.index, match[0]))
  } finally {
    ERRORS.stackTraceLimit = stackTraceLimit
  }
}

function readCandidate(text: string, index: number, written: string): Candidate[] {
  const country = COUNTRY.exec(text.slice(Math.max(0, index - 4), index))?.[0] ?? ''
  const whole = sureness(country + written)
  const sure = whole ?? sureness(written)
  if (sure === undefined) return []
  const start = whole !== undefined || isOf(country, written) ? index - country.length : index
  return [{ type: 'national-id', start, end: index + written.length, sure }]
}
