// Blocks links to foreign hosts, hidden links and links without TLS.
import { typedAt } from '#privacy'
import { type Check, type CheckInput, findingAt, isInside } from '../check-input.ts'
import type { Range } from '../match/collapsed-text.ts'

const SCHEME =
  /(?<![\p{L}\p{N}])[a-z][a-z0-9+.-]{1,12}:\/\/[^\s<>"'`]+|(?<![\p{L}\p{N}])(?:javascript|vbscript|data:text)\s?:/giu
const ENDINGS =
  'com|net|org|edu|gov|info|biz|io|co|me|app|dev|eu|uk|de|fr|es|it|nl|be|at|ch|ie|pt|pl|us|ca|au|nz|jp|cn|in|br|ru|tk|ml|cf|gq|ly|gl|gd|is|to|cc|tv|ws|ai|gg|link|click|shop|store|online|site|xyz|top|club|live|page|web|zip|mov|help|support|example|test|invalid|localhost'
const BARE = new RegExp(
  String.raw`(?<![\p{L}\p{N}@.\-/:])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,6}(?:${ENDINGS}|xn--[a-z0-9-]{2,40})(?:\/[^\s<>"']*)?(?![\p{L}\p{N}@-]|\.[\p{L}\p{N}])`,
  'giu',
)

function findAllLinks({ view, links }: CheckInput): Range[] {
  const found = [...links]
  for (const pattern of [SCHEME, BARE]) {
    for (const match of view.text.matchAll(pattern)) {
      const range = { start: match.index, end: match.index + match[0].replace(/[.,;:!?)\]}]+$/, '').length }
      // `size.It`: a sentence that begins without a blank.
      const sentence = pattern === BARE && /^[^/]*\p{Ll}\.\p{Lu}\p{Ll}*$/u.test(match[0])
      if (!sentence && !isInside(range, found)) found.push(range)
    }
  }
  return found
}

function object(
  typed: string,
  seen: string,
  allowed: readonly string[],
): { because: string; absolute: boolean } | undefined {
  const link = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`
  if (typed !== seen || /[^\x21-\x7e]/.test(typed) || /xn--/i.test(typed)) {
    return {
      because: 'this link is written with letters that look like others; write the address plainly',
      absolute: true,
    }
  }
  if (!URL.canParse(link)) return { because: 'this is not an address; write it as https://host/page', absolute: true }
  const { protocol, username, password, host } = new URL(link)
  if (username !== '' || password !== '') {
    return {
      because: 'this link hides where it goes; link the page without a name before `@`',
      absolute: true,
    }
  }
  if (!allowed.includes(host.toLowerCase())) {
    return {
      because: 'we do not link to this host; use one of our own pages, or have the host added to the brand’s links',
      absolute: false,
    }
  }
  if (protocol !== 'https:') return { because: 'this link is not encrypted; link it with https', absolute: false }
  return undefined
}

export const checkLinks: Check = (reading) => {
  const allowed = reading.context.links.map((host) => host.toLowerCase())
  return findAllLinks(reading).flatMap((range) => {
    const { start, end } = typedAt(reading.view, range.start, range.end)
    const objection = object(reading.text.slice(start, end), reading.view.text.slice(range.start, range.end), allowed)
    return objection ? [findingAt(reading, range, { rule: 'link', ...objection })] : []
  })
}
