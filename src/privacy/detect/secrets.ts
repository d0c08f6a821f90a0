// Detects secrets: passwords, one-time codes, keys, tokens.
import { type Candidate, findAll, LABEL, PROOF, type SecretKind } from '../candidates.ts'

const TOKENS =
  /(?<![\p{L}\p{N}])(?:eyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?|sk-(?:[a-z]{2,8}-)?[\w-]{16,}|[rs]k_(?:live|test)_\w{16,}|(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_\w{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|AIza[\w-]{35}|SG\.[\w-]{20,}\.[\w-]{20,}|EAA[A-Za-z0-9]{60,}|-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^-]{0,4000})/gu
const BEARER =
  /\b(?:bearer|api[ _-]?key|access[ _-]?token|auth[ _-]?token|secret[ _-]?key|client[ _-]?secret)\b(?: is)?[\s:="']{1,4}([\w.~+/=-]{12,})/gi
const PASSWORD =
  /(?<![\p{L}\p{N}])(?:pass ?words?|pass ?phrases?|pass ?codes?|pwd|psw|pw|(?<!boarding |bus |day |rail |season )pass(?=\s?[:=])|passwort|kennwort|mot de passe|mdp|contraseña|clave|senha|wachtwoord)(?:(?: (?:is|was|ist|est|es))?\s?[:=]\s?|\s(?:is|was|ist|est|es|still)\s(?:still )?(?::\s?)?)["'“]?(\S(?:[^\n,;"”!?]|[!?](?=[^\s!?])){2,60})/giu
// What is said of a password rather than in it.
const STATE =
  /^(?:https?:|www\.|not?\b|n't|wrong|incorrect|right\b|correct(?![a-z]* [a-z]+ [a-z])|(?:in)?valid|expired|broken|locked|reset|changed?|too|being|been|the\b|a\b|an\b|my\b|it\b|that\b|this\b|in\b|on\b|for\b|to\b|never|no\b|still|required|needed|weak|strong|working|forgotten|lost|rejected|refused|always|also|now|asked|case|at least|what|where|how|why|when|gone|out|unknown|protected|saved|stored|sent|so\b|very|really|link|page|and\b|but\b|only|just|safe|secure|accepted|different|falsch|ungültig|abgelaufen)/i
const PASSWORD_END =
  /\s(?:and|but|und|et|y|or|it|its|it's|so|why|can|could|please|pls|thanks|thx|for|on|to|doesn't|doesnt|won't|wont|isn't|isnt|which|that|if|is|not|now|still|help)(?![\p{L}]).*$|\.(?:\s.*)?$/iu
const CODE_WORDS =
  '(?:verification|(?<!social )security|login|log-?in|sign-?in|access|auth(?:entication|enticator)?|confirmation|one[- ]time|2fa|mfa|sms|reset|activation|unlock|recovery|backup|passcode|secret|door|gate|alarm)[ -](?:code|pin|password|passcode|number)|otp(?: code)?|one[- ]time|2fa|pin(?: ?code| number)?|m?tan|passcode|puk|sicherheitscode|bestätigungscode|code de vérification|código(?: de verificación)?|codice(?: di verifica)?'
const CODE_VALUE = String.raw`\d(?:[ .\n-]?\d){3,9}(?![\p{L}\p{N}]|[-.,]\d)`
const CODE = new RegExp(
  String.raw`(?<![\p{L}\p{N}-])(${CODE_WORDS})(?![\p{L}])(?:[\s:=#"'(.-]|is\b|was\b|ist\b|est\b|es\b|of\b|i got\b|you sent\b){0,8}(${CODE_VALUE}|[A-Z]?-?\d{4,8}(?![\p{L}\p{N}]))`,
  'giu',
)
/** What a message from a bank or a shop said: `your sms said 482913`. */
const SENT_CODE =
  /(?<![\p{L}\p{N}])(?:sms|text message|a text|texted me|authenticator(?: app)?)(?:[\s:,"'(-]|(?:says?|said|shows?|showed|is|was|with|the|code|number|i|you|got|get|reads?|me|that|has|had|it|came|gave)\b){1,12}(\d{3}[ -]\d{3}|\d{4,8})(?![\p{L}\p{N}]|[-.,:/]\d)/giu
const CODE_BEFORE = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,-])((?:[A-Z]-)?${CODE_VALUE})(?= (?:is|was|ist) (?:my|your|the|our|mein)? ?(?:[\p{L}]{1,20} ){0,2}(?:code|otp|pin|passcode|password|tan)(?![\p{L}]))`,
  'giu',
)
// A code that says nothing more: not the code of an error, a voucher or a place.
const PLAIN_CODE =
  /(?<!(?:error|promo|discount|voucher|coupon|gift|zip|post|postal|area|country|dial(?:ling)?|product|item|colou?r|qr|bar|dress|source|status|sort|reference|offer|fault|style)[ _-]?)(?<![\p{L}\p{N}])code(?:[\s:=#"'(.,-]|is\b|was\b|i got\b|you sent\b){0,6}(\d(?:[ .\n-]?\d){3,7}(?![\p{L}\p{N}]|[-.,]\d))/giu

/** Codes that people need for what they ask: of a gate, or of a booking. They are masked and kept. */
const KEPT_CODE = /^(?:door|gate|alarm)/i
const BOOKING = /(?:order|booking|reservation|appointment|delivery|collection|return)\s{0,2}$/i
const DISPLAYED =
  /(?:error|fault|shows?|showing|displays?|displayed|flash(?:es|ing)|blink(?:s|ing)|screen|panel|sticker|label|box|model|product|fabric|paint|colou?r)(?![\p{L}])[^.!?\n]{0,30}$/iu
const DISPLAYED_AFTER = /^[^.!?\n]{0,24}\b(?:on|in) (?:the|its|a) (?:display|screen|panel|label|box|sticker|packag)/i
/** Adjectives and verbs: what somebody says of a password. */
const SAID_OF_IT = /(?:ed|ing|en|able|ible|ful|less|ive|ous)$/i
const TALK = /(?<![\p{L}])(?:i|my|me|it|the|a|is|was|can|how|not|you|please|and|to|for)(?![\p{L}])/iu

/** Whether it looks like a password rather than like what somebody says of theirs. */
function isTold(value: string, introduced: string): boolean {
  if (/\d|[^\p{L}\s'’.,-]|\p{Ll}\p{Lu}/u.test(value)) return true
  const words = value.split(/\s+/)
  if (/[:="'“]\s?$/.test(introduced)) return words.length === 1 || !TALK.test(value)
  return words.length === 1 && !SAID_OF_IT.test(value)
}

/** What stands for a secret that was taken out: no password. */
const STAND_IN = /^\[(?:password|pin|key|security code|one-time code|card)/i

function findPasswords(text: string): Candidate[] {
  const found: Candidate[] = []
  for (const match of text.matchAll(PASSWORD)) {
    const raw = match[1] ?? ''
    const start = match.index + match[0].length - raw.length
    const value = raw
      .replace(PASSWORD_END, '')
      .split(' ')
      .slice(0, 4)
      .join(' ')
      .replace(/[.)\]]+$/, '')
    if (value.length < 3 || STATE.test(value) || STAND_IN.test(value)) continue
    const secret = isTold(value, text.slice(match.index, start)) ? { secret: 'password' as const } : {}
    found.push({ type: 'secret', start, end: start + value.length, sure: PROOF, ...secret })
  }
  return found
}

function findCodes(text: string): Candidate[] {
  const found: Candidate[] = []
  const add = (start: number, end: number, sure: number, secret?: SecretKind) =>
    found.push({ type: 'secret', start, end, sure, ...(secret ? { secret } : {}) })
  const kept = new Set<number>()
  for (const match of text.matchAll(CODE)) {
    const [whole, name = '', value = ''] = match
    const end = match.index + whole.length
    const before = text.slice(Math.max(0, match.index - 20), match.index)
    const isKept = KEPT_CODE.test(name) || (/^confirmation/i.test(name) && BOOKING.test(before))
    if (isKept) kept.add(end)
    add(end - value.length, end, PROOF, isKept ? undefined : /^pin/i.test(name) ? 'pin' : 'one-time-code')
  }
  for (const match of text.matchAll(CODE_BEFORE)) {
    add(match.index, match.index + match[0].length, PROOF, 'one-time-code')
  }
  for (const { start, end } of findAll(text, PLAIN_CODE, 'secret', LABEL)) {
    const isNeeded =
      kept.has(end) ||
      DISPLAYED.test(text.slice(Math.max(0, start - 60), start)) ||
      DISPLAYED_AFTER.test(text.slice(end, end + 48))
    add(start, end, LABEL, isNeeded ? undefined : 'one-time-code')
  }
  return [...found, ...findAll(text, SENT_CODE, 'secret', LABEL, 'one-time-code')]
}

export function findSecrets(text: string): Candidate[] {
  return [
    ...findAll(text, TOKENS, 'secret', PROOF, 'key'),
    ...findAll(text, BEARER, 'secret', PROOF, 'key'),
    ...findPasswords(text),
    ...findCodes(text),
  ]
}
