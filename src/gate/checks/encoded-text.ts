// Blocks encoded text in public (base64, hex and the like): it hides something.
import type { Check } from '../check-input.ts'

const RUN =
  /(?<![A-Za-z0-9+/_=-])(?:[A-Za-z0-9+/_-]{11,}={0,2}|[0-9A-Fa-f]{2}(?:[ :]?[0-9A-Fa-f]{2}){7,})(?![A-Za-z0-9+/_=])/g
const HEX = /^[0-9a-f]{2}(?:[ :]?[0-9a-f]{2})+$/i
/** What a person could have written: ordinary signs, six letters or digits of them at least. */
const READABLE = /^(?=(?:.*?[\p{L}\p{N}]){6})[\p{L}\p{N}\p{P}\p{Zs}\p{Sc}+=~|^<>`\n]{8,}$/u
/** A word has its capitals at its beginning, or all over. */
const NO_WORD = /[a-z][A-Z]|\d[a-zA-Z]*[A-Z]/

const strict = new TextDecoder('utf-8', { fatal: true })

function bytesOf(said: string): Uint8Array | undefined {
  if (HEX.test(said)) return Uint8Array.from(said.match(/[0-9a-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16))
  const code = said.replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, '')
  if (!NO_WORD.test(said) || code.length % 4 === 1) return undefined
  return Uint8Array.from(atob(code), (char) => char.charCodeAt(0))
}

function hides(said: string): boolean {
  try {
    const bytes = bytesOf(said)
    return bytes !== undefined && READABLE.test(strict.decode(bytes))
  } catch {
    return false
  }
}

/** Base64 and hexadecimal that stand for a text; as typed, because a view reads digits into it. */
export const checkEncoded: Check = ({ audience, text }) =>
  audience === 'private'
    ? []
    : Array.from(text.matchAll(RUN))
        .filter(([said]) => hides(said))
        .map(({ 0: said, index }) => ({
          rule: 'encoded',
          because: 'this is a text in code, which anybody can decode; say it in words, or in private',
          start: index,
          end: index + said.length,
          absolute: true,
        }))
