// Finds order numbers in customers' words, in the spellings that people use.
import { deobfuscate, findPrivateData, typedAt } from '#privacy'
import { linearPattern } from './linear-pattern.ts'
import type { Need } from './schema.ts'

export type FoundOrder = {
  readonly value: string
  /** Where it was typed, in UTF-16 units. */
  readonly start: number
  readonly end: number
}

/** Four or more capitals, digits and dashes, three digits in a row among them. */
const ANY_ORDER = String.raw`[A-Z\d][A-Z\d-]*\d{3}[A-Z\d-]*|\d{3}[A-Z\d-]+`
/** What customers write before a number that is not the one they mean. */
const NOT_THIS = /\b(?:not|instead of|rather than|isn't|wasn't)\s+(?:order\s+)?$/i

/** Letters and a count of digits, as most owners have it: `^HL-\d{5}$`. */
const PLAIN_SHAPE = /^\^?([A-Za-z]{1,6})([-_/. ]?)(?:\\d|\[0-9\])\{(\d{1,2})\}\$?$/

const NOT_BEFORE = String.raw`(?<![\p{L}\p{N}£$€@]|[\p{L}\p{N}][-_/.]|[£$€] |\p{N} )`
const NOT_AFTER = String.raw`(?![\p{L}\p{N}@]|[-–—_/.,:]\p{N}|[-_/]\p{L}| \p{N}{2})`
/** What is counted or measured is no order. */
const NO_UNIT = String.raw`(?!\s{0,2}(?:[£$€%]|(?:pounds?|quid|euros?|gbp|eur|usd|dollars?|p|k|m|km|cm|mm|kg|g|lbs?|miles?|met(?:re|er)s?|feet|ft|years?|months?|weeks?|days?|hours?|minutes?|times|of|people|followers|steps|words|points)\b))`
/** The words that say that the number after them is an order's. */
const NAMED = String.raw`(?:\border(?:\s+(?:number|no\.?|nr\.?|num|ref(?:erence)?|id))?\s*(?:is|was|:|=|-)?\s*|(?<!\p{L})(?:no\.|nr\.?|number|num)\s*(?:is|was|:)?\s*|#\s?)`

/**
 * Order numbers as the need's pattern has them, however they are typed: `hl 20419`, `H.L. 20 419`, `HL-2O419`, spelt out.
 * A bare run of digits is one where the words before it say so, or where it was asked for.
 */
export function findOrders(need: Pick<Need, 'pattern'>, text: string, isAsked = false): FoundOrder[] {
  const exact = spelt(need, text)
  const shape = shapeOf(need)
  const found = exact.length > 0 || !shape ? exact : readShape(shape, text, isAsked)
  return found.filter(({ start }) => !NOT_THIS.test(text.slice(0, start)))
}

/** As the pattern has them, also in small letters, with a space for the dash, or without either. */
function spelt(need: Pick<Need, 'pattern'>, text: string): FoundOrder[] {
  const pattern = linearPattern(need.pattern ?? ANY_ORDER)
  const upper = text.toUpperCase()
  // A spelling that moves letters is mapped back by how many it moved.
  for (const [spelling, origin] of spellings(text, upper)) {
    const found = pattern.findWords(spelling)
    if (found.length > 0)
      return found.map(({ value, at }) => ({ value, start: origin(at), end: origin(at + value.length - 1) + 1 }))
  }
  return []
}

type Origin = (at: number) => number

function* spellings(text: string, upper: string): Generator<readonly [string, Origin]> {
  const same: Origin = (at) => at
  yield [text, same]
  // Where capitals are longer than small letters, places would not be the same.
  if (upper.length !== text.length) return
  yield [upper, same]
  yield joined(upper, /(?<=[A-Z])[\s_–—-]*(?=\d)/g, '-')
  yield joined(upper, /(?<=[A-Z])[\s_–—-]+(?=\d)/g, '')
}

function joined(text: string, between: RegExp, sign: string): readonly [string, Origin] {
  const origins: number[] = []
  let out = ''
  let at = 0
  const copy = (to: number) => {
    for (; at < to; at += 1) {
      out += text[at]
      origins.push(at)
    }
  }
  for (const match of text.matchAll(between)) {
    copy(match.index)
    out += sign
    if (sign !== '') origins.push(match.index)
    at = match.index + match[0].length
  }
  copy(text.length)
  return [out, (place) => origins[place] ?? text.length]
}

type Shape = { readonly letters: string; readonly sign: string; readonly digits: number }

function shapeOf({ pattern = '' }: Pick<Need, 'pattern'>): Shape | undefined {
  const [, letters, sign = '', digits] = PLAIN_SHAPE.exec(pattern) ?? []
  return letters === undefined ? undefined : { letters, sign, digits: Number(digits) }
}

/** How many digits an order number has, where its pattern says so. */
export const digitsOf = (need: Pick<Need, 'pattern'>): number | undefined => shapeOf(need)?.digits

function readShape({ letters, sign, digits }: Shape, text: string, isAsked: boolean): FoundOrder[] {
  const view = deobfuscate(text)
  const run = String.raw`(\d(?:[ .\-–—_/]?\d){${digits - 1}})`
  const prefix = [...letters].map((letter) => `${letter}\\.?`).join('[ -]?')
  const forms = [
    String.raw`(?<![\p{L}\p{N}])#?${prefix}[\s.\-–—_/:#]{0,3}${run}${NOT_AFTER}`,
    String.raw`${NOT_BEFORE}${NAMED}${run}${NOT_AFTER}${NO_UNIT}`,
    ...(isAsked ? [String.raw`${NOT_BEFORE}${run}${NOT_AFTER}${NO_UNIT}`] : []),
  ]
  for (const [kind, form] of forms.entries()) {
    const found = [...view.text.matchAll(new RegExp(form, 'dgiu'))].flatMap((match) => {
      const [from, to] = (kind > 0 ? match.indices?.[1] : match.indices?.[0]) ?? [0, 0]
      const place = typedAt(view, from, to)
      // Letters stand for digits only after the order's own letters.
      if (kind > 0 && /\d[OoIl]|[OoIl]\d/.test(text.slice(place.start, place.end))) return []
      return [{ value: `${letters}${sign}${(match[1] ?? '').replace(/\D/g, '')}`, ...place }]
    })
    const orders = kind === 0 ? found : withoutOthers(found, text)
    if (orders.length > 0) return orders
  }
  return []
}

/** Without the digits of something else: a postcode that is called one, a telephone number, a card. */
function withoutOthers(found: readonly FoundOrder[], text: string): FoundOrder[] {
  if (found.length === 0) return []
  const others = findPrivateData(text).filter(({ type }) => type !== 'order')
  return found.filter((one) => !others.some(({ start, end }) => start < one.end && end > one.start))
}
