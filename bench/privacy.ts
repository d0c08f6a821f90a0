// How much private data is found, and how often ordinary talk is taken for it, on the labelled sentences of
// ../shared/data/pii/open (its README says where they come from). Nothing is measured when they are not there.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { findPrivateData, type PrivateType } from '#privacy'
import { percentile, type Row } from './report.ts'

type Line = {
  readonly text: string
  readonly spans: readonly {
    readonly start: number
    readonly end: number
    readonly type: string
    readonly sub?: string
  }[]
  readonly source: string
  readonly family?: string
  readonly negative_for?: string
}
type Score = { values: number; typed: number; covered: number }

const DATA = new URL('../../shared/data/pii/open/', import.meta.url)
const TYPES: { readonly [label: string]: PrivateType } = {
  EMAIL: 'email',
  PHONE: 'phone',
  CREDIT_CARD: 'card',
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

function readLines(): Line[] {
  return readdirSync(DATA)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(new URL(name, DATA), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line): Line => JSON.parse(line))
}

/** A value counts as found when four fifths of its characters are. */
function isCovered(value: { start: number; end: number }, spans: readonly { start: number; end: number }[]): boolean {
  let covered = 0
  for (const span of spans) covered += Math.max(0, Math.min(span.end, value.end) - Math.max(span.start, value.start))
  return covered >= 0.8 * (value.end - value.start)
}

const percent = (part: number, whole: number) => (100 * part) / whole

/** Recall by source and type, the share of ordinary texts that are flagged, and the speed. */
export async function run(): Promise<readonly Row[]> {
  if (!existsSync(DATA)) return []
  const scores = new Map<string, Score>()
  const alarms = new Map<string, { texts: number; flagged: number }>()
  const times: number[] = []
  for (const line of readLines()) {
    const before = performance.now()
    const found = findPrivateData(line.text)
    times.push(performance.now() - before)
    if (line.negative_for === '*' || line.negative_for === 'STRUCTURED') {
      const alarm = alarms.get(line.source) ?? { texts: 0, flagged: 0 }
      alarm.texts += 1
      // `STRUCTURED` texts may hold names and places.
      const judged = found.filter(({ type }) => line.negative_for === '*' || (type !== 'name' && type !== 'address'))
      if (judged.length > 0) alarm.flagged += 1
      alarms.set(line.source, alarm)
    }
    for (const value of line.spans) {
      const type = value.sub === 'DOB' ? 'date-of-birth' : value.sub === 'SECRET_URL' ? 'url-token' : TYPES[value.type]
      if (type === undefined) continue
      const form = line.source === 'social' ? (line.family?.includes('plain') ? ' plain' : ' disguised') : ''
      const what = `${type}, ${line.source}${form}`
      const score = scores.get(what) ?? { values: 0, typed: 0, covered: 0 }
      const typed = found.filter((span) => span.type === type)
      score.values += 1
      if (isCovered(value, found)) score.covered += 1
      if (isCovered(value, typed)) score.typed += 1
      scores.set(what, score)
    }
  }
  const total = times.reduce((sum, time) => sum + time, 0)
  const sorted = times.toSorted((a, b) => a - b)
  return [
    ...[...scores]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([what, { values, typed, covered }]) => ({
        what: `found: ${what}`,
        figure: percent(typed, values),
        unit: '%',
        note: `${values} values; ${percent(covered, values).toFixed(1)} % under any type`,
      })),
    ...[...alarms].map(([what, { texts, flagged }]) => ({
      what: `flagged, though ordinary: ${what}`,
      figure: percent(flagged, texts),
      unit: '%',
      note: `${texts} texts`,
    })),
    { what: 'speed', figure: (1000 * times.length) / total, unit: 'texts/s' },
    { what: 'time for a text, 99th percentile', figure: percentile(sorted, 0.99), unit: 'ms' },
  ]
}
