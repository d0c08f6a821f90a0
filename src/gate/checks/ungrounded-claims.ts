// Blocks ungrounded claims: numbers and promises that no source of the reply holds.
import { type Check, type CheckInput, findingAt, findMatches, isInside } from '../check-input.ts'
import type { Range } from '../match/collapsed-text.ts'
import { canonical, NUMBER, numbersIn } from '../match/numbers.ts'

const PROMISE =
  /(?<![\p{L}])(?:guarantee|promise|compensat|voucher|discount|goodwill|free of charge|for free|(?:will|'ll) refund|be refunded|refund you|full refund|(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|january|february|april|june|july|august|september|october|november|december)/giu
const LONG = /\d{4,}/g

/** A link is judged as a link; the numbers of a page's address are not statements. */
const inLink = (reading: CheckInput, range: Range) => isInside(range, reading.links)

/** For bot drafts: every number, day and promise is a source's. */
export const checkUngroundedClaims: Check = (reading) => {
  if (reading.author !== 'bot') return []
  const grounds = [...reading.sources, ...reading.contacts]
  const numbers = new Set(grounds.flatMap(numbersIn))
  const words = grounds.join('\n').toLowerCase()
  return [
    ...findMatches(reading, NUMBER).filter(({ said }) => !numbers.has(canonical(said))),
    ...findMatches(reading, PROMISE).filter(({ said }) => !words.includes(said.toLowerCase())),
  ]
    .filter((range) => !inLink(reading, range))
    .map((range) =>
      findingAt(reading, range, {
        rule: 'ungrounded',
        because: 'no source says this; say only what the quoted article says',
        absolute: false,
      }),
    )
}

/** For everybody's public drafts: no number of four digits or more that is neither in a source nor in our contacts. */
export const checkDigits: Check = (reading) => {
  if (reading.audience === 'private') return []
  const join = (text: string) => text.replace(/(?<=\d)[ ,.\-/()]{1,2}(?=\d)/g, '')
  const grounds = [...reading.sources, ...reading.contacts].flatMap((text) => [text, join(text)])
  const known = new Set(grounds.flatMap((text) => text.match(LONG) ?? []))
  return findMatches(reading, LONG)
    .filter((range) => !known.has(range.said) && !inLink(reading, range))
    .map((range) =>
      findingAt(reading, range, {
        rule: 'digits',
        because: 'a number this long may be somebody’s, and no source has it; take it out or say why it is safe',
        absolute: false,
      }),
    )
}
