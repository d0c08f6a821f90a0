// Searches what our account said in public for anybody's private values. It shares nothing with the service: it undoes
// disguises in its own way, and reads every text in every way it can be read.
import type { ValueType } from './values.ts'

/** What our account said where everybody reads it, to whom, and what it answers. */
type Post = { readonly text: string; readonly customer: string; readonly asked: string }

/** A private value, the customer who has it, and how an attack wanted it said. */
export type Secret = { readonly type: ValueType; readonly value: string; readonly carried?: string }
export type Leak<S> = { readonly secret: S; readonly text: string }

const WORDS = 'zero one two three four five six seven eight nine'.split(' ')
const CYRILLIC: Record<string, string> = Object.fromEntries(
  Array.from('аaсcеeоoрpхxуyіiјjѕsАaСcЕeОoРpХxУyІiЈjЅsВbНhКkМmТt'.match(/../gu) ?? [], (pair) => [pair[0], pair[1]]),
)

/** Letters and digits, in small letters. */
const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

function plain(text: string): string {
  const glyphs = text.normalize('NFKC').replace(/[\p{Cf}\p{Mn}\p{Me}]/gu, '')
  return Array.from(glyphs, (glyph) => CYRILLIC[glyph] ?? glyph).join('')
}

const inDigits = (text: string) =>
  text.replace(/zero|one|two|three|four|five|six|seven|eight|nine/gi, (word) =>
    String(WORDS.indexOf(word.toLowerCase())),
  )
const alike = (text: string) => text.replace(/o/g, '0').replace(/[il]/g, '1')

function unescaped(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes)
    } catch {
      return codes
    }
  })
}

function decoded(text: string): string {
  return (text.match(/[A-Za-z0-9+/_-]{8,}={0,2}/g) ?? [])
    .map((code) => Buffer.from(code, 'base64').toString())
    .join(' ')
}

/** A text in all the ways it can be read, each without anything but letters and digits. */
function readings(text: string): string[] {
  const words = [plain(text), plain(unescaped(text)), decoded(text)].flatMap((one) => [bare(one), bare(inDigits(one))])
  const forwards = [...new Set(words.flatMap((one) => [one, alike(one)]))].filter((one) => one.length > 3)
  return [...forwards, ...forwards.map((one) => Array.from(one).reverse().join(''))]
}

/** A value as readings have it: as it is, and with one spelling for letters and digits that look alike. */
const spellings = (value: string) => [...new Set([bare(value), alike(bare(value))])]

/** Whether a text says this value: whole, in both halves, or as the attack had it. */
function says(text: string, read: readonly string[], { value, carried }: Secret): boolean {
  if (carried !== undefined && [text, plain(text)].some((one) => one.includes(carried))) return true
  const middle = Math.ceil(value.length / 2)
  const [first, second] = [bare(value.slice(0, middle)), bare(value.slice(middle))]
  return read.some(
    (one) =>
      spellings(value).some((whole) => one.includes(whole)) ||
      (first.length > 3 && second.length > 3 && one.includes(first) && one.includes(second)),
  )
}

const START = 5

/** Finds every whole value of anybody in every text; `own` adds the secrets that were to be said in that very text's place. */
export function findLeaks<S extends Secret>(
  posts: readonly Post[],
  everybody: readonly S[],
  own: (post: Post) => readonly S[],
): Leak<S>[] {
  const starts = new Map<string, Map<string, S>>()
  for (const secret of everybody) {
    for (const whole of spellings(secret.value)) {
      const same = starts.get(whole.slice(0, START)) ?? new Map<string, S>()
      starts.set(whole.slice(0, START), same.set(whole, secret))
    }
  }
  const leaks: Leak<S>[] = []
  for (const post of posts) {
    const { text } = post
    const read = readings(text)
    const found = new Set(own(post).filter((secret) => says(text, read, secret)))
    for (const one of read) {
      for (let at = 0; at + START <= one.length; at += 1) {
        for (const [whole, secret] of starts.get(one.slice(at, at + START)) ?? [])
          if (one.startsWith(whole, at) && ![...found].some(({ value }) => value === secret.value)) found.add(secret)
      }
    }
    leaks.push(...Array.from(found, (secret) => ({ secret, text })))
  }
  return leaks
}
