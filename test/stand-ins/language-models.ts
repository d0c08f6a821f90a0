// Three language models for the server of `openai.ts`: one reads well, one reads badly, one lies. Each is an answer for
// every request (`openai.otherwise(readsWell(…))`) and fills whatever JSON schema it is asked with, so they survive a
// change of the questions:
//   readsWell(readings)  what the test says of a message, by name of the field; everything else neutral ("none", 0, no)
//   readsBadly(seed)     anything that the schema allows; sentences are picked from what it was given
//   lies()               sure of the wrong thing: quotes stand in an article, the text around them is not true (`LIES`)
// The same message is always answered alike, in whatever order turns run.
import { createHash } from 'node:crypto'
import { maskPrivateData } from '#privacy'
import { chance } from '../inbox/deliveries.ts'
import type { ChatRequest, Scripted } from './openai.ts'

/** Values for fields of the model's answer, by name; fields that are not asked for are left out. */
export type Reading = Readonly<Record<string, unknown>>

/** What a lie says; none of it may reach a customer. */
export const LIES: readonly string[] = [
  'We have refunded £250 to your card and it arrives within 2 hours.',
  'I promise you a full refund today, whatever the reason.',
  'Your parcel is with Ana Martins, ana.martins@example.com, +44 7700 900987, 7 Mill Street, Bath.',
  'There is no time limit, and you can keep the item.',
  'I have cancelled the order and closed your account for you.',
  'Nothing about it is dangerous: go on using it.',
]

/** `readings`: by the customer's words, or a function of them. Private data in them counts as it is masked. */
export function readsWell(
  readings: Readonly<Record<string, Reading>> | ((words: string) => Reading | undefined),
): Scripted {
  const known =
    typeof readings === 'function'
      ? undefined
      : new Map(
          Object.entries(readings).map(([words, reading]) => [
            comparable(maskPrivateData([words]).texts[0] ?? ''),
            reading,
          ]),
        )
  return (request) => {
    const words = wordsOf(request)
    const reading = (typeof readings === 'function' ? readings(words) : known?.get(comparable(words))) ?? {}
    const says = fill(request, { value: neutral, reading })
    return { says }
  }
}

export function readsBadly(seed: number): Scripted {
  return (request) => {
    const random = chance(seedOf(wordsOf(request)) + seed)
    const sentences = sentencesOf(dataOf(request))
    return { says: fill(request, { value: (node) => anything(node, random, sentences) }) }
  }
}

export function lies(): Scripted {
  return (request) => {
    const seed = seedOf(wordsOf(request))
    const random = chance(seed)
    const data = dataOf(request)
    const sentences = sentencesOf(data)
    const value: Choose = (node, name) => lie(node, name, { random, sentences })
    return { says: fill(request, { value }) }
  }
}

// ---- schemas ------------------------------------------------------------------------------------------------------

type Schema = {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
}
/** A value for a part of the schema that has no parts itself; `name` of the nearest field. */
type Choose = (node: Leaf, name: string) => unknown
type Leaf = Schema & { readonly kind: 'one-of' | 'number' | 'boolean' | 'text' | 'count' }

/** An answer to a request: each field from the reading where it says anything, else chosen. */
function fill(request: ChatRequest, how: { readonly value: Choose; readonly reading?: Reading }): unknown {
  const root = (request.response_format?.json_schema?.schema ?? {}) as Schema
  const make = (given: Schema, name: string, reading: unknown): unknown => {
    const node = resolved(given, root)
    const choice = node.enum ?? (node.const === undefined ? undefined : [node.const])
    if (choice) return choice.includes(reading) ? reading : how.value({ ...node, enum: choice, kind: 'one-of' }, name)
    if (node.anyOf ?? node.oneOf) return alternative(node.anyOf ?? node.oneOf ?? [], name, reading)
    if (node.properties) {
      const own = typeof reading === 'object' && reading !== null ? (reading as Reading) : {}
      return Object.fromEntries(Object.entries(node.properties).map(([key, part]) => [key, make(part, key, own[key])]))
    }
    if (node.type === 'array') {
      if (Array.isArray(reading)) return reading.map((one) => make(node.items ?? {}, name, one))
      const count = Number(how.value({ ...node, kind: 'count' }, name))
      const all = Array.from({ length: count }, () => make(node.items ?? {}, name, undefined))
      return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
    }
    if (node.type === 'null') return null
    if (reading !== undefined) return reading
    const kind = node.type === 'boolean' ? 'boolean' : node.type === 'string' ? 'text' : 'number'
    return how.value({ ...node, kind }, name)
  }
  /** The form that the reading has; without one, null where that is possible and the model is neutral. */
  const alternative = (forms: readonly Schema[], name: string, reading: unknown): unknown => {
    const empty = forms.some((form) => resolved(form, root).type === 'null')
    const full = forms.filter((form) => resolved(form, root).type !== 'null')
    if (reading === null && empty) return null
    const fits = full.find((form) => form.enum === undefined || form.enum.includes(reading)) ?? full[0] ?? {}
    if (reading !== undefined) return make(fits, name, reading)
    if (empty && how.value({ kind: 'boolean' }, name) === false) return null
    return make(fits, name, undefined)
  }
  return make(root, '', how.reading ?? {})
}

function resolved(node: Schema, root: Schema): Schema {
  const name = node.$ref?.split('/').at(-1)
  return name === undefined ? node : (root.$defs?.[name] ?? {})
}

// ---- what each says -----------------------------------------------------------------------------------------------

const neutral: Choose = ({ kind, enum: choice = [], minItems = 0, minimum = 0 }) => {
  if (kind === 'one-of')
    return ['none', 'nothing', 'unclear', 'other', 'und'].find((one) => choice.includes(one)) ?? choice[0]
  if (kind === 'count') return minItems
  if (kind === 'number') return Math.max(0, minimum)
  return kind === 'boolean' ? false : ''
}

const pick = <T>(all: readonly T[], random: () => number): T | undefined => all[Math.floor(random() * all.length)]

function anything(node: Leaf, random: () => number, sentences: readonly string[]): unknown {
  const { kind, enum: choice = [], minItems = 0, maxItems = minItems + 3, minimum = -1, maximum = 1 } = node
  if (kind === 'one-of') return pick(choice, random)
  if (kind === 'count') return minItems + Math.floor(random() * (maxItems - minItems + 1))
  if (kind === 'number') return whole(node, minimum + random() * (maximum - minimum))
  if (kind === 'boolean') return random() < 0.5
  return pick(sentences, random) ?? 'en'
}

/** Words for "they agree, they are happy, nothing is wrong", of which a lie takes what the schema offers. */
const AGREEABLE = /^(?:affirm|confirm|agree|agreement|accept|yes|wanted|praise|thanks|solved|public)$/

function lie(
  node: Leaf,
  name: string,
  { random, sentences }: { readonly random: () => number; readonly sentences: readonly string[] },
): unknown {
  const { kind, enum: choice = [], minItems = 0, minimum = 0, maximum = 1 } = node
  if (kind === 'one-of') {
    const sure = choice.filter((one) => AGREEABLE.test(String(one)))
    // Never "none": it is sure of something.
    return pick(sure.length > 0 ? sure : choice.length > 1 ? choice.filter((one) => one !== 'none') : choice, random)
  }
  if (kind === 'count') return Math.max(random() < 0.5 ? 1 : 0, minItems)
  if (kind === 'number') return whole(node, maximum === 1 && minimum < 0 ? 1 : maximum)
  // It hides whatever would make us careful.
  if (kind === 'boolean') return !/human|danger|urgent|unsure/i.test(name)
  if (name === 'language') return 'en'
  // What it claims to quote is really there.
  if (/quote|sentence|source/.test(name)) return pick(sentences, random) ?? ''
  const told = pick(LIES, random) ?? ''
  return random() < 0.5 ? told : `${changed(pick(sentences, random) ?? '')} ${told}`.trim()
}

/** A true sentence made false: its numbers, its unit, or whether it holds at all. */
function changed(sentence: string): string {
  const numbers = sentence.replace(/\d+/g, (digits) => String(Number(digits) + 7))
  return numbers
    .replace(/\b(?:working )?days?\b/g, 'hours')
    .replace(/\b(?:can|do|is|are|will)(?:n['’]t| not)\b/g, (word) => word.replace(/n['’]t| not/, ''))
}

const whole = ({ type }: Schema, value: number): number => (type === 'integer' ? Math.round(value) : value)

// ---- what it was asked --------------------------------------------------------------------------------------------

type Data = {
  readonly message?: string
  readonly question?: string
  readonly articles?: readonly { readonly text?: string; readonly passages?: readonly { readonly text: string }[] }[]
}

function dataOf({ messages }: ChatRequest): Data {
  return JSON.parse(messages.at(-1)?.content ?? '{}') as Data
}

/** The customer's words that the request is about. */
function wordsOf(request: ChatRequest): string {
  const { message, question } = dataOf(request)
  return message ?? question ?? ''
}

const sentencesOf = ({ articles = [] }: Data): string[] =>
  articles.flatMap(({ text, passages = [] }) =>
    (text ?? passages.map((passage) => passage.text).join('\n'))
      .split(/(?<=[.!?])\s+|\n+/)
      .filter((one) => /[.!?]$/.test(one) && !/^[#|*-]/.test(one)),
  )

/** The number of a masked value depends on what was said before. */
const comparable = (words: string): string => words.replace(/<([A-Z_]+)_\d+>/g, '<$1>').trim()

const seedOf = (words: string): number => createHash('sha256').update(words).digest().readUInt32BE(0)
