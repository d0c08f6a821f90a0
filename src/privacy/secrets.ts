// What opens something: passwords, one-time codes, keys, tokens.
import { type Found, findAll, LABEL, PROOF } from './found.ts'

const TOKENS =
  /(?<![\p{L}\p{N}])(?:eyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?|sk-(?:[a-z]{2,8}-)?[\w-]{16,}|[rs]k_(?:live|test)_\w{16,}|(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_\w{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|AIza[\w-]{35}|SG\.[\w-]{20,}\.[\w-]{20,}|EAA[A-Za-z0-9]{60,}|-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^-]{0,4000})/gu
const BEARER =
  /\b(?:bearer|api[ _-]?key|access[ _-]?token|auth[ _-]?token|secret[ _-]?key|client[ _-]?secret)\b(?: is)?[\s:="']{1,4}([\w.~+/=-]{12,})/gi
const PASSWORD =
  /(?<![\p{L}\p{N}])(?:pass ?words?|pass ?phrases?|pass ?codes?|pwd|psw|pw|(?<!boarding |bus |day |rail |season )pass(?=\s?[:=])|passwort|kennwort|mot de passe|mdp|contraseña|clave|senha|wachtwoord)(?:(?: (?:is|was|ist|est|es))?\s?[:=]\s?|\s(?:is|was|ist|est|es|still)\s(?:still )?(?::\s?)?)["'“]?(\S[^\n,;"”!?]{2,60})/giu
// What is said of a password rather than in it.
const STATE =
  /^(?:https?:|www\.|not?\b|n't|wrong|incorrect|right\b|correct(?![a-z]* [a-z]+ [a-z])|(?:in)?valid|expired|broken|locked|reset|changed?|too|being|been|the\b|a\b|an\b|my\b|it\b|that\b|this\b|in\b|on\b|for\b|to\b|never|no\b|still|required|needed|weak|strong|working|forgotten|lost|rejected|refused|always|also|now|asked|case|at least|what|where|how|why|when|gone|out|unknown|protected|saved|stored|sent|so\b|very|really|link|page|and\b|but\b|only|just|safe|secure|accepted|different|falsch|ungültig|abgelaufen)/i
const PASSWORD_END =
  /\s(?:and|but|und|et|y|or|it|its|it's|so|why|can|could|please|pls|thanks|thx|for|on|to|doesn't|doesnt|won't|wont|isn't|isnt|which|that|if|is|not|now|still|help)(?![\p{L}]).*$|\.(?:\s.*)?$/iu
const CODE_WORDS =
  '(?:verification|(?<!social )security|login|log-?in|sign-?in|access|auth(?:entication|enticator)?|confirmation|one[- ]time|2fa|mfa|sms|reset|activation|unlock|recovery|backup|passcode|secret|door|gate|alarm)[ -](?:code|pin|password|passcode|number)|otp(?: code)?|one[- ]time|2fa|pin(?: ?code| number)?|m?tan|passcode|puk|sicherheitscode|bestätigungscode|code de vérification|código(?: de verificación)?|codice(?: di verifica)?'
const CODE_VALUE = String.raw`\d(?:[ .\n-]?\d){3,9}(?![\p{L}\p{N}]|[-.,]\d)`
const CODE = new RegExp(
  String.raw`(?<![\p{L}\p{N}-])(?:${CODE_WORDS})(?![\p{L}])(?:[\s:=#"'(.-]|is\b|was\b|ist\b|est\b|es\b|of\b|i got\b|you sent\b){0,8}(${CODE_VALUE}|[A-Z]?-?\d{4,8}(?![\p{L}\p{N}]))`,
  'giu',
)
const CODE_BEFORE = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,-])(${CODE_VALUE})(?= (?:is|was|ist) (?:my|your|the|our|mein)? ?(?:[\p{L}]{1,20} ){0,2}(?:code|otp|pin|passcode|password|tan)(?![\p{L}]))`,
  'giu',
)
// A code that says nothing more: not the code of an error, a voucher or a place.
const PLAIN_CODE =
  /(?<!(?:error|promo|discount|voucher|coupon|gift|zip|post|postal|area|country|dial(?:ling)?|product|item|colou?r|qr|bar|dress|source|status|sort|reference|offer|fault|style)[ -]?)(?<![\p{L}\p{N}])code(?:[\s:=#"'(.-]|is\b|was\b|i got\b|you sent\b){0,6}(\d(?:[ .\n-]?\d){3,7}(?![\p{L}\p{N}]|[-.,]\d))/giu

function findPasswords(text: string): Found[] {
  const found: Found[] = []
  for (const match of text.matchAll(PASSWORD)) {
    const raw = match[1] ?? ''
    const start = match.index + match[0].length - raw.length
    const value = raw
      .replace(PASSWORD_END, '')
      .split(' ')
      .slice(0, 4)
      .join(' ')
      .replace(/[.)\]]+$/, '')
    if (value.length >= 3 && !STATE.test(value))
      found.push({ type: 'secret', start, end: start + value.length, sure: PROOF })
  }
  return found
}

export function findSecrets(text: string): Found[] {
  const before = [...text.matchAll(CODE_BEFORE)].map((match): Found => {
    return { type: 'secret', start: match.index, end: match.index + match[0].length, sure: PROOF }
  })
  return [
    ...findAll(text, TOKENS, 'secret', PROOF),
    ...findAll(text, BEARER, 'secret', PROOF),
    ...findPasswords(text),
    ...findAll(text, CODE, 'secret', PROOF),
    ...before,
    ...findAll(text, PLAIN_CODE, 'secret', LABEL),
  ]
}
