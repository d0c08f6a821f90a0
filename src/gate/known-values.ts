// What is known of this customer is not said in public, however it is written: apart, in words, backwards or in part.
import { NUMBER_WORDS, plainView } from '#privacy'
import { type Check, findingAt, isInside, type Range, type Reading, squeeze } from './draft.ts'
import { commonEnd, isOurNumber } from './private-data.ts'

/** Text to look for in what is squeezed; `whole`: only from the beginning of a word to the end of one. */
type Needle = { readonly text: string; readonly whole: boolean }
type Squeezed = {
  readonly text: string
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  readonly view: string
}

const PERSONAL = /name|address|street|town|city|company|employer|handle|user/
// Surnames and mailboxes that are words of everyday replies.
const EVERYDAY = new Set(
  (
    'info mail email post home shop sales hello contact care help team admin office support customer customers account ' +
    'accounts order orders service services test user name best good long short young white black brown green grey gray ' +
    'blue gold silver king wood woods hill stone field fields bank banks cash price prices page cook baker day days may ' +
    'june april august summer winter spring sunday monday friday weeks rich love hope faith grace joy bright light new ' +
    'street road house room rooms table chair lamp sofa large small little great free last first next back with from ' +
    'your have will this that they them than then when what here there would could should about please thank thanks'
  ).split(' '),
)

function letters(text: string): boolean {
  return !/\d/.test(text)
}

/** A value's spellings. Nothing shorter than four characters counts: it would be found in any reply. */
function needlesOf(name: string, value: string): Needle[] {
  const plain = plainView(value).text
  const texts: Needle[] = []
  const add = (text: string, whole: boolean, least: number) => {
    const squeezed = squeeze(text)
    if (squeezed.length >= least && !EVERYDAY.has(squeezed)) texts.push({ text: squeezed, whole })
  }
  const [local, domain] = plain.split('@')
  if (domain !== undefined && local !== undefined) {
    add(plain, false, 4)
    add(local, letters(squeeze(local)) || squeeze(local).length < 6, 4)
    for (const part of local.split(/[._+-]/)) add(part, true, 5)
    return texts
  }
  if (!letters(plain)) {
    // Numbers alone are compared as numbers.
    if (/\p{L}/u.test(plain)) add(plain, squeeze(plain).length < 5, 4)
  } else if (PERSONAL.test(name)) add(plain, true, 4)
  else add(plain, true, 12)
  // First names are how people are greeted; surnames are not said.
  if (/name/.test(name)) {
    const surname = plain.split(/\s+/).slice(1).at(-1) ?? ''
    add(surname, true, 4)
    add(surname.split('-').at(-1) ?? '', true, 4)
  }
  if (/address|street/.test(name)) {
    const [line = ''] = plain.split(',')
    add(line, false, 6)
    add(line.replace(/^\d+\w?\s+/, ''), true, 8)
    for (const [code] of plain.matchAll(/\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b/gi)) add(code, false, 5)
  }
  return texts
}

function backwards(text: string): string {
  return Array.from(text).reverse().join('')
}

const SPOKEN = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${Object.keys(NUMBER_WORDS).join('|')}|at|dot)(?![\p{L}\p{N}])|[\p{L}\p{N}]`,
  'giu',
)
const WRITTEN = /[\p{L}\p{N}]/gu

/** Letters and digits of a view with their places. As spoken, every `four` is a 4, and `at` and `dot` are signs. */
function squeezeView(view: string, pattern: RegExp): Squeezed {
  let text = ''
  const starts: number[] = []
  const ends: number[] = []
  for (const { 0: token, index } of view.matchAll(pattern)) {
    const word = token.toLowerCase()
    const sign = word.length === 1 ? word : (NUMBER_WORDS[word] ?? '')
    if (sign === '') continue
    text += sign
    starts.push(index)
    ends.push(index + token.length)
  }
  return { text, starts, ends, view }
}

function isWordChar(char: string): boolean {
  return /[\p{L}\p{N}]/u.test(char)
}

function findNeedle({ text, starts, ends, view }: Squeezed, { text: needle, whole }: Needle): Range | undefined {
  for (let from = text.indexOf(needle); from >= 0; from = text.indexOf(needle, from + 1)) {
    const start = starts[from] ?? 0
    const end = ends[from + needle.length - 1] ?? 0
    if (!whole || (!isWordChar(view.charAt(start - 1)) && !isWordChar(view.charAt(end)))) return { start, end }
  }
  return undefined
}

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

function numbersOf(value: string): string[] {
  const plain = plainView(value).text
  const groups = /\p{L}/u.test(plain) ? (plain.match(/\d+/g) ?? []) : [plain.replace(/\D/g, '')]
  return groups.filter((digits) => digits.length >= 4)
}

function findKnown(reading: Reading): { name: string; range: Range }[] {
  const view = reading.view.text
  const views = [squeezeView(view, WRITTEN), squeezeView(view, SPOKEN)]
  const numbers = readNumbers(view)
  const ours = numbers.filter(({ digits }) => isOurNumber(digits, reading))
  return reading.context.known.flatMap(({ name, value }) => {
    const needles = needlesOf(name, value).flatMap((needle) => [needle, { ...needle, text: backwards(needle.text) }])
    const ranges = needles.flatMap((needle) => views.flatMap((squeezed) => findNeedle(squeezed, needle) ?? []))
    const known = numbersOf(value)
    const echoed = numbers.find((said) => !isInside(said, ours) && known.some((number) => isEcho(said.digits, number)))
    const [range] = [...ranges, ...(echoed ? [echoed] : [])]
    return range ? [{ name, range }] : []
  })
}

export const checkKnownValues: Check = (reading) =>
  reading.audience === 'private'
    ? []
    : findKnown(reading).map(({ name, range }) =>
        findingAt(reading, range, {
          rule: 'known-value',
          because: `this is the customer's ${name.replaceAll('-', ' ')}, or part of it, and everybody can read it; take it out or say it in private`,
          absolute: true,
        }),
      )
