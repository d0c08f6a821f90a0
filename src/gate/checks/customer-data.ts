// Blocks known data of this customer in public, however it is written, and data of others in the thread.
import { findPrivateData } from '#privacy'
import {
  type Check,
  type CheckInput,
  findingAt,
  findMatches,
  isInside,
  type PlainKnown,
  plainKnown,
} from '../check-input.ts'
import { type CollapsedText, findNeedle, type Range, reversed } from '../match/collapsed-text.ts'
import { cutsOf, HALF, needlesOf, numbersOf } from '../match/value-variants.ts'
import { commonEnd, isOurNumber } from './private-data.ts'

/** Numbers in a view: up to three other signs may stand between two digits, and any groups in a row count together. */
function readNumbers(view: string): (Range & { digits: string })[] {
  return [...view.matchAll(/\d(?:[^\p{L}\d]{0,3}\d){3,60}/gu)].flatMap((run) => {
    const groups = [...run[0].matchAll(/\d+/g)]
    return groups.flatMap((first, index) => {
      let digits = ''
      return groups.slice(index, index + 12).flatMap((last) => {
        digits += last[0]
        const start = run.index + first.index
        return digits.length < 4 ? [] : [{ digits, start, end: run.index + last.index + last[0].length }]
      })
    })
  })
}

/** The number itself, its last four digits or more, a stretch of six, or either backwards. */
function isEcho(said: string, known: string): boolean {
  return [said, reversed(said)].some(
    (digits) =>
      known.endsWith(digits) ||
      (known.length >= 6 && digits.includes(known)) ||
      (digits.length >= 6 && known.includes(digits)) ||
      commonEnd(digits, known) >= 7,
  )
}

/** Both pieces of a value that was cut in two: the place of the second. */
function findCut(views: readonly CollapsedText[], known: PlainKnown): Range | undefined {
  const has = (piece: string) => views.some(({ text }) => text.includes(piece))
  const find = (piece: string) => views.flatMap((view) => findNeedle(view, { text: piece, whole: true }) ?? [])[0]
  return cutsOf(known)
    .filter(({ text }) => has(text.slice(0, HALF)) && has(text.slice(-HALF)))
    .flatMap(({ text, cuts }) => cuts.flatMap((at) => (find(text.slice(0, at)) && find(text.slice(at))) ?? []))[0]
}

/** First and last name, each in a place of its own: the place of the last. */
function findApart(said: readonly (Range & { readonly said: string })[], { plain }: PlainKnown): Range | undefined {
  const words = plain.split(/\s+/)
  if (words.length < 2 || !words.every((word) => /^\p{Lu}\p{Ll}{2,}$/u.test(word))) return undefined
  const places = words.map((word) => said.find((one) => one.said === word))
  return places.every((place) => place !== undefined) ? places.at(-1) : undefined
}

function findKnown(reading: CheckInput, known: readonly PlainKnown[]): { name: string; range: Range }[] {
  if (known.length === 0) return []
  const numbers = readNumbers(reading.view.text)
  const words = findMatches(reading, /\p{L}+/gu)
  const ours = numbers.filter(({ digits }) => isOurNumber(digits, reading))
  return known.flatMap((one) => {
    const { name, plain } = one
    const needles = needlesOf(one).flatMap((needle) => [needle, { ...needle, text: reversed(needle.text) }])
    const ranges = needles.flatMap((needle) => reading.squeezed.flatMap((view) => findNeedle(view, needle) ?? []))
    const its = numbersOf(plain)
    const echoed = numbers.find((said) => !isInside(said, ours) && its.some((number) => isEcho(said.digits, number)))
    const range = [...ranges, ...(echoed ? [echoed] : [])][0] ?? findCut(reading.squeezed, one) ?? findApart(words, one)
    return range ? [{ name, range }] : []
  })
}

export const checkKnownValues: Check = (reading) =>
  findKnown(reading, reading.known).map(({ name, range }) =>
    findingAt(reading, range, {
      rule: 'known-value',
      because: `this is the customer's ${name.replaceAll('-', ' ')}, or part of it, and everybody can read it; take it out or say it in private`,
      absolute: true,
    }),
  )

export const checkOthersValues: Check = (reading) => {
  const { others = [], known } = reading.context
  const values = others.flatMap((text) =>
    findPrivateData(text)
      .filter(({ type }) => type !== 'handle')
      .map(({ type, start, end }) => ({ name: type, value: text.slice(start, end) })),
  )
  const theirs = values.filter(({ value }) => !known.some((own) => own.value === value))
  return findKnown(reading, theirs.map(plainKnown)).map(({ range }) =>
    findingAt(reading, range, {
      rule: 'others-value',
      because: 'this is private data of somebody else in the thread; take it out',
      absolute: true,
    }),
  )
}
