// Detects IP addresses, links that carry a key, and handles.
import { type Candidate, findAll, LABEL, PROOF } from '../candidates.ts'

const V4 =
  /(?<![A-Za-z0-9.]|v(?:ersion)? ?|firmware )(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?:\/\d{1,2})?(?![\p{N}]|\.\d)/giu
const V6 =
  /(?<![A-Za-z0-9:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:(?:\.\d{1,3}){3})?(?:%\w{1,15})?(?:\/\d{1,3})?(?![A-Za-z0-9:])/giu

function isV6(written: string): boolean {
  const text = written.replace(/[%/].*$/, '')
  const [head = '', ...tails] = text.split('::')
  const groups = text.split(':').filter((group) => group !== '')
  const tail = groups.at(-1)?.includes('.') ? 1 : 0
  if (groups.length === 0 || !/[0-9a-f]/i.test(text) || tails.length > 1) return false
  if (!groups.every((group) => /^(?:[0-9a-f]{1,4}|\d{1,3}(?:\.\d{1,3}){3})$/i.test(group))) return false
  return tails.length === 1
    ? groups.length + tail <= 7 && !head.startsWith(':')
    : groups.length + tail === 8 && !/^:|:$/.test(text)
}

export function findIps(text: string): Candidate[] {
  return [
    ...findAll(text, V4, 'ip', LABEL),
    ...findAll(text, V6, 'ip', LABEL).filter(({ start, end }) => isV6(text.slice(start, end))),
  ]
}

const URL_LIKE = /(?<![\p{L}\p{N}@])(?:https?:\/\/|www\.)[^\s<>"'`]{3,2000}/giu
const USERINFO = /^https?:\/\/[^/?#@\s]*@/i
const KEY =
  /[?&#;](?:[\w.-]{0,20}(?:token|secret|passw(?:or)?d|pwd|pass|auth|session|sess|sid|signature|apikey|api_key|access_key|jwt|otp|credential|hash|invite|magic|reset|verify|confirm)[\w.-]{0,20}|key|sig|code|e?-?mail|phone|user|uid|ticket|t|k|s)=[^&#\s]{4,}/i
const LONG_SEGMENT = /[/=](?=[\w-]{0,80}\d)(?=[\w-]{0,80}[a-z])[\w-]{24,}(?=[/?#&]|$)/i

/** Links in a text, without the stops that end the sentence. */
export function findLinks(text: string): { start: number; end: number }[] {
  return [...text.matchAll(URL_LIKE)].map((match) => ({
    start: match.index,
    end: match.index + match[0].replace(/[.,;:!?)\]}]+$/, '').length,
  }))
}

export function findUrlTokens(text: string): Candidate[] {
  return findLinks(text)
    .filter(({ start, end }) => {
      const link = text.slice(start, end)
      return USERINFO.test(link) || KEY.test(link) || LONG_SEGMENT.test(link)
    })
    .map(({ start, end }) => ({ type: 'url-token', start, end, sure: PROOF + 1 }))
}

const HANDLE =
  /(?<![\p{L}\p{N}_@./])@(?=[\d_.-]{0,20}[a-z])[A-Za-z0-9_](?:[\w.-]{0,38}\w)?(?:@[a-z0-9-]+(?:\.[a-z0-9-]+)+)?(?![@\p{L}])/giu
const ADDRESSED = /^(?:\s*\.?@[\w.-]+(?:@[\w.-]+)?)+/
const ELSEWHERE =
  /(?<![\p{L}])(?:snap(?:chat)?|insta(?:gram)?|ig|discord|telegram|tiktok|skype|kik|line id|psn|gamertag)(?: (?:is|handle|name|id|user(?:name)?))*[ :=]{1,3}((?=[a-z._-]{0,30}[\d_.])[\w.-]{4,30})/giu
const PROFILE =
  /(?<![\p{L}\p{N}])(?:t\.me|wa\.me|instagram\.com|snapchat\.com\/add|discord\.gg|m\.me)\/(?!\+?\d)[\w.-]{3,40}/giu

/** Handles, except those at the beginning that only say who is spoken to. */
export function findHandles(text: string): Candidate[] {
  const addressed = ADDRESSED.exec(text)?.[0].length ?? 0
  return [
    ...findAll(text, HANDLE, 'handle', LABEL).filter(({ start }) => start >= addressed),
    ...findAll(text, PROFILE, 'handle', LABEL),
    ...[...text.matchAll(ELSEWHERE)].map((match): Candidate => {
      return { type: 'handle', start: match.index, end: match.index + match[0].length, sure: LABEL }
    }),
  ]
}
