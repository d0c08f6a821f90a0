// Detects e-mail addresses, also with ` at `, ` dot `, commas, blanks or no ending.
import { type Candidate, PROOF } from '../candidates.ts'

const AT = /\s?@\s?|\s(?:at the rate(?: of)?|at sign|at|At|AT|arroba|chez|ät)\s/g
const DOT_SOURCE = String.raw`(?:\s(?:[Dd]ot|DOT|punkt|punto|point|period)\s|\s\.\s|\.|,(?=\p{Ll}))`
const LOCAL_SIGN = String.raw`[\p{L}\p{N}_%+'!#$&*=?^{|}~-]`
const LOCAL_PART = `${LOCAL_SIGN}{1,64}`
const LOCAL_DOT = String.raw`(?:\s(?:[Dd]ot|DOT|punkt|punto)\s|\s\.\s|\.)`
const LOCAL = new RegExp(`(?<!${LOCAL_SIGN})${LOCAL_PART}(?:${LOCAL_DOT}${LOCAL_PART}){0,6}$`, 'u')
const QUOTED = /"[^"\n]{1,64}"$/
const LABEL_PART = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62}[\p{L}\p{N}])?`
const DOMAIN = new RegExp(`^${LABEL_PART}(?:${DOT_SOURCE}${LABEL_PART}){0,5}`, 'u')
const DOT = new RegExp(DOT_SOURCE, 'u')
const DOT_AT_END = new RegExp(`${DOT_SOURCE}$`, 'u')
const PROVIDER =
  /^(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|icloud|proton(?:mail)?|aol|gmx|web|yandex|zoho|mail|fastmail|tutanota|posteo)$/i
const ENDING =
  /^(?:com|net|org|edu|gov|info|biz|io|co|me|app|dev|eu|uk|de|fr|es|it|nl|be|at|ch|ie|pt|pl|se|no|dk|fi|cz|gr|ro|hu|us|ca|au|nz|jp|cn|in|br|mx|ar|cl|za|ru|tr|kr|sg|hk|il|shop|store|online|site|xyz|example|test|invalid)$/i
const MAIL_WORD = /(?:e-?mail|\bmail|contact|reach|write|inbox|address|correo|courriel)\b[^.!?\n]{0,40}$/i
const MAIL_WORD_AFTER = /^,? (?:is|was) (?:my|our|the) (?:e-?mail|mail|address|contact)\b/i
// Words before ` at ` that begin an ordinary sentence.
const NOT_A_NAME =
  /^(?:me|us|it|you|him|her|them|look(?:ing)?|is|am|are|was|be|been|arrive[sd]?|order(?:ed)?|buy|bought|shop(?:ping)?|work|store|here|there|not|and|or|not|all|only|open|out|up|back|address|mail|email|contact|team|service|support|site|online|stay|get|got|good|still|stuck|on|in|home|that|this|available|sold|price[ds]?|help|staff|account|late|end|meet|someone|anyone|arrived|wrote|write)$/i

/** The domain that begins at the text's start, cut before the first word that is not part of it. */
function readDomain(text: string, plainDots: boolean): { length: number; labels: string[] } | undefined {
  const match = DOMAIN.exec(text)
  if (!match) return undefined
  let domain = match[0]
  const labels = domain.split(DOT)
  // After ` . ` or a comma the next sentence may begin: the domain ends at its last known ending.
  const blanks = /[\s,]/.test(domain) || !plainDots
  while (blanks && labels.length > 2 && !ENDING.test(labels.at(-1) ?? '')) {
    const last = labels.pop() ?? ''
    domain = domain.slice(0, domain.length - last.length).replace(DOT_AT_END, '')
  }
  return { length: domain.length, labels }
}

export function findEmails(text: string): Candidate[] {
  const found: Candidate[] = []
  for (const at of text.matchAll(AT)) {
    const before = text.slice(Math.max(0, at.index - 120), at.index)
    const local = (QUOTED.exec(before) ?? LOCAL.exec(before))?.[0]
    if (local === undefined) continue
    const from = at.index + at[0].length
    const domain = readDomain(text.slice(from, from + 160), at[0] === '@')
    if (!domain) continue
    const [first = ''] = domain.labels
    const last = domain.labels.at(-1) ?? ''
    const dotted = domain.labels.length > 1
    const start = at.index - local.length
    const end = from + domain.length
    const named =
      MAIL_WORD.test(text.slice(Math.max(0, start - 60), start)) || MAIL_WORD_AFTER.test(text.slice(end, end + 40))
    const spaced = /^\s/.test(at[0])
    const wordy = spaced && !at[0].includes('@')
    const odd = /[\p{L}]/u.test(local) && /[.+_\d-]|\s[Dd]ot\s|\sDOT\s/.test(local)
    const known = ENDING.test(last)
    const loose = spaced || /[\s,]/.test(text.slice(from, end))
    let fits = dotted ? /^\p{L}[\p{L}\p{N}-]+$/u.test(last) : PROVIDER.test(first) || (named && odd)
    // A blank before the sign may as well stand before a handle, or be the word `at`.
    if (loose && dotted) fits = known && (odd || named || PROVIDER.test(first) || !spaced)
    if (wordy && NOT_A_NAME.test(local)) fits = false
    if (fits) found.push({ type: 'email', start, end, sure: PROOF })
  }
  return found
}
