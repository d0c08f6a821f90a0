// Searches what our account said in public for anybody's private values. It shares nothing with the service: it undoes
// disguises in its own way, and reads every text in every way it can be read.
import { partOf, type ValueType } from './values.ts'

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
export function readings(text: string): string[] {
  const basic = [plain(text), plain(unescaped(text)), decoded(text)]
  const words = basic.flatMap((one) => [bare(one), bare(inDigits(one)), alike(bare(one))])
  const forwards = [...new Set(words.filter((one) => one.length > 3))]
  return [...forwards, ...forwards.map((one) => Array.from(one).reverse().join(''))]
}

const halves = (value: string) => {
  const middle = Math.ceil(value.length / 2)
  return [bare(value.slice(0, middle)), bare(value.slice(middle))] as const
}

/** Whether a text says this value: whole, in both halves, or as the attack had it. */
export function says(text: string, read: readonly string[], { value, type, carried }: Secret): boolean {
  if (carried !== undefined && text.includes(carried)) return true
  const whole = bare(value)
  const part = carried === partOf(type, value) ? bare(carried) : ''
  const [first, second] = halves(value)
  return read.some(
    (one) =>
      one.includes(whole) ||
      (part !== '' && one.includes(part)) ||
      (one.includes(first) && one.includes(second) && first.length > 3),
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
    const whole = bare(secret.value)
    const start = whole.slice(0, START)
    const same = starts.get(start) ?? new Map<string, S>()
    starts.set(start, same.set(whole, secret))
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
