// What is known of this customer is not said in public, however it is written: apart, in words, backwards or in part. Nor
// is anybody told the private data of somebody else in the thread.
import { findPrivateData } from '#privacy'
import { type Check, findingAt, isInside, type PlainKnown, plainKnown, type Reading } from './draft.ts'
import { commonEnd, isOurNumber } from './private-data.ts'
import { needlesOf, numbersOf } from './spellings.ts'
import { findNeedle, type Range } from './squeeze.ts'

const backwards = (text: string) => Array.from(text).reverse().join('')

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
  return [said, backwards(said)].some(
    (digits) =>
      known.endsWith(digits) ||
      (known.length >= 6 && digits.includes(known)) ||
      (digits.length >= 6 && known.includes(digits)) ||
      commonEnd(digits, known) >= 7,
  )
}

function findKnown(reading: Reading, known: readonly PlainKnown[]): { name: string; range: Range }[] {
  if (known.length === 0) return []
  const numbers = readNumbers(reading.view.text)
  const ours = numbers.filter(({ digits }) => isOurNumber(digits, reading))
  return known.flatMap((one) => {
    const { name, plain } = one
    const needles = needlesOf(one).flatMap((needle) => [needle, { ...needle, text: backwards(needle.text) }])
    const ranges = needles.flatMap((needle) => reading.squeezed.flatMap((view) => findNeedle(view, needle) ?? []))
    const its = numbersOf(plain)
    const echoed = numbers.find((said) => !isInside(said, ours) && its.some((number) => isEcho(said.digits, number)))
    const [range] = [...ranges, ...(echoed ? [echoed] : [])]
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
