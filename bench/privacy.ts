// How much private data is found, how often ordinary talk is taken for it, and how fast, beside other libraries, on the
// labelled sentences of ../shared/data/pii/open (its README says where they come from). Nothing is measured without them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { findPrivateData, PRIVATE_TYPES, type PrivateType } from '#privacy'
import { type Claim, openRedactors, type Redactor } from './redactors.ts'
import type { Row } from './report.ts'

type Value = { readonly start: number; readonly end: number; readonly type: string; readonly sub?: string }
type Line = {
  readonly text: string
  readonly spans: readonly Value[]
  readonly source: string
  readonly family?: string
  readonly complete: boolean
  readonly negative_for?: string
}
/** What one detector made of everything. */
type Score = {
  readonly values: Map<string, { all: number; hidden: number; typed: number }>
  readonly claims: Map<string, { all: number; right: number }>
  readonly ordinary: Map<string, { all: number; spared: number }>
  perSecond: number
}

const DATA = new URL('../../shared/data/pii/open/', import.meta.url)
const OURS: Redactor = { name: 'ours', find: findPrivateData }
const TYPES: { readonly [label: string]: PrivateType } = {
  EMAIL: 'email',
  PHONE: 'phone',
  CREDIT_CARD: 'card',
  CARD_EXP: 'card',
  IBAN: 'iban',
  NATIONAL_ID: 'national-id',
  ACCOUNT: 'account',
  ORDER_ID: 'order',
  ADDRESS: 'address',
  POSTCODE: 'address',
  PERSON: 'name',
  IP: 'ip',
  SECRET: 'secret',
  HANDLE: 'handle',
}
/** Labels of values that a claim of the type may as well stand on. */
const NEAR: { readonly [type in PrivateType]?: readonly string[] } = {
  address: ['PLACE'],
  account: ['DEVICE_ID'],
  'date-of-birth': ['DATE'],
}

/** Identity numbers that anything of their shape could be. */
const UNCHECKED =
  /PASSPORT|DRIVER|FUEHRERSCHEIN|HANDELSREGISTER|VOTER|TAX_NUMBER|SSN|ITIN|MBI|NINO|IDENTITY_CARD|_PAN|PH_TIN|_RRN|_FRN/i

const typeOf = (value: Value): PrivateType | undefined =>
  value.sub === 'DOB' ? 'date-of-birth' : value.sub === 'SECRET_URL' ? 'url-token' : TYPES[value.type]

function readLines(): Line[] {
  return readdirSync(DATA)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(new URL(name, DATA), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line): Line => JSON.parse(line))
}

/** What part of a range the others cover. */
function covered(range: { start: number; end: number }, others: readonly { start: number; end: number }[]): number {
  const units = new Set<number>()
  for (const other of others)
    for (let at = Math.max(range.start, other.start); at < Math.min(range.end, other.end); at += 1) units.add(at)
  return units.size / (range.end - range.start)
}

function count<Tally>(tallies: Map<string, Tally>, key: string, zero: Tally, add: (tally: Tally) => void): void {
  const tally = tallies.get(key) ?? zero
  add(tally)
  tallies.set(key, tally)
}

/** Where a value comes from, as far as the table tells sources apart. */
function originOf({ source, family }: Line): string {
  if (source === 'presidio-tests') return "Presidio's test cases"
  return source === 'social' && !family?.includes('plain') ? 'disguised' : 'plain'
}

function judge(line: Line, claims: readonly Claim[], score: Score): void {
  const { text, spans, source, complete, negative_for } = line
  for (const value of spans) {
    const type = typeOf(value)
    if (type === undefined || (type === 'card' && value.type === 'CARD_EXP')) continue
    const checked = type === 'national-id' && value.sub !== undefined && !UNCHECKED.test(value.sub)
    count(
      score.values,
      `${type}${checked ? ' with a check digit' : ''}, ${originOf(line)}`,
      { all: 0, hidden: 0, typed: 0 },
      (tally) => {
        tally.all += 1
        if (covered(value, claims) >= 0.8) tally.hidden += 1
        if (
          covered(
            value,
            claims.filter((claim) => claim.type === type),
          ) >= 0.8
        )
          tally.typed += 1
      },
    )
  }
  if (complete && text !== '') {
    for (const claim of claims) {
      const { type } = claim
      if (type === undefined) continue
      const real = spans.filter((value) => typeOf(value) === type || NEAR[type]?.includes(value.type))
      count(score.claims, type, { all: 0, right: 0 }, (tally) => {
        tally.all += 1
        if (covered(claim, real) >= 0.5) tally.right += 1
      })
    }
  }
  if (negative_for === '*' || negative_for === 'STRUCTURED') {
    count(score.ordinary, source, { all: 0, spared: 0 }, (tally) => {
      tally.all += 1
      // `STRUCTURED` texts may hold names and places.
      const judged = claims.filter(({ type }) => negative_for === '*' || (type !== 'name' && type !== 'address'))
      if (judged.length === 0) tally.spared += 1
    })
  }
}

async function measure(redactor: Redactor, lines: readonly Line[]): Promise<Score> {
  const score: Score = { values: new Map(), claims: new Map(), ordinary: new Map(), perSecond: 0 }
  for (const { text } of lines.slice(0, 500)) await redactor.find(text)
  const before = process.cpuUsage()
  const all: (readonly Claim[])[] = []
  for (const { text } of lines) all.push(await Promise.resolve(redactor.find(text)).catch(() => []))
  const { user, system } = process.cpuUsage(before)
  score.perSecond = (1e6 * lines.length) / (user + system)
  for (const [index, line] of lines.entries()) judge(line, all[index] ?? [], score)
  return score
}

const percent = (part: number, whole: number) => (100 * part) / whole

/** Recall and precision by type, ordinary texts that are left alone, and speed on one core. */
export async function run(): Promise<readonly Row[]> {
  if (!existsSync(DATA)) return []
  const lines = readLines()
  const ours = await measure(OURS, lines)
  const others: { name: string; score: Score }[] = []
  for (const redactor of await openRedactors())
    others.push({ name: redactor.name, score: await measure(redactor, lines) })
  const beside = (read: (score: Score) => number | undefined): Pick<Row, 'others'> => ({
    others: others.flatMap(({ name, score }) => {
      const figure = read(score)
      return figure === undefined ? [] : [{ what: name, figure }]
    }),
  })
  const order = (key: string) => PRIVATE_TYPES.findIndex((type) => key.startsWith(type))
  const recall = [...ours.values].toSorted(([a], [b]) => order(a) - order(b) || b.localeCompare(a))
  return [
    ...recall.map(([what, { all, hidden, typed }]) => ({
      what: `found: ${what}`,
      figure: percent(hidden, all),
      unit: '%',
      ...beside(({ values }) => percent(values.get(what)?.hidden ?? 0, all)),
      note: `${all} values; ours name ${percent(typed, all).toFixed(1)} % rightly`,
    })),
    ...PRIVATE_TYPES.filter((type) => ours.claims.has(type)).map((type) => ({
      what: `right, of what is called ${type}`,
      figure: percent(ours.claims.get(type)?.right ?? 0, ours.claims.get(type)?.all ?? 0),
      unit: '%',
      ...beside(({ claims }) => {
        const claim = claims.get(type)
        return claim && percent(claim.right, claim.all)
      }),
      note: `${ours.claims.get(type)?.all ?? 0} claims of ours`,
    })),
    ...[...ours.ordinary].map(([source, { all, spared }]) => ({
      what: `left alone, being ordinary: ${source}`,
      figure: percent(spared, all),
      unit: '%',
      ...beside(({ ordinary }) => percent(ordinary.get(source)?.spared ?? 0, all)),
      note: `${all} texts`,
    })),
    { what: 'speed', figure: ours.perSecond, unit: 'texts/s', ...beside(({ perSecond }) => perSecond) },
  ]
}
