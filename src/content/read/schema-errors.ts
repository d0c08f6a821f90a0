// Turns schema errors into sentences for the author of the file.
import { z } from 'zod'
import { didYouMean } from '#lib'

const KINDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a block of `name: value` lines',
  record: 'a block of `name: value` lines',
  null: 'nothing',
  undefined: 'nothing',
}
const FORMATS: Record<string, string> = {
  url: 'an address such as `https://example.com/help`',
  date: 'a date such as `2026-11-22`',
}

/** The message of one zod issue; schemas that bring their own message keep it. */
export function explainSchemaErrors(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type': {
      const expected = KINDS[issue.expected] ?? issue.expected
      return issue.input === undefined
        ? `missing; expected ${expected}`
        : `expected ${expected}, not ${show(issue.input)}`
    }
    case 'invalid_value': {
      const words = issue.values.map(String)
      const meant = didYouMean(String(issue.input), words)
      const one = words.length === 1 ? `\`${words[0]}\`` : `one of ${words.map((word) => `\`${word}\``).join(', ')}`
      if (issue.input === undefined) return `missing; expected ${one}`
      return `expected ${one}, not ${show(issue.input)}${meant ? `; did you mean \`${meant}\`?` : ''}`
    }
    case 'too_small':
      return `expected ${amount('at least', issue.minimum, issue.origin)}`
    case 'too_big':
      return `expected ${amount('at most', issue.maximum, issue.origin)}`
    case 'invalid_format':
      return issue.format === 'starts_with'
        ? `expected text that begins with \`${String(issue.prefix)}\``
        : `expected ${FORMATS[issue.format] ?? `text that fits ${issue.pattern ?? issue.format}`}`
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'this name does not fit here'
    case 'invalid_union':
      return `expected something else than ${show(issue.input)}${shapes(issue.errors)}`
    default:
      return issue.message ?? 'does not fit here'
  }
}

/** The message for a name that the schema does not have at `path`. */
export function unknownNames(schema: z.ZodType, path: readonly PropertyKey[], name: string): string {
  const meant = didYouMean(name, namesAt(schema, path))
  return `there is no \`${name}\` here${meant ? `; did you mean \`${meant}\`?` : ''}`
}

type JsonSchema = {
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema | boolean
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
}

/** The names that a block at `path` may have. */
function namesAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let here: JsonSchema[] = [z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema]
  for (const key of path) here = here.flatMap(branches).flatMap((one) => inside(one, key))
  return here.flatMap(branches).flatMap((one) => Object.keys(one.properties ?? {}))
}

function branches(schema: JsonSchema): readonly JsonSchema[] {
  return schema.anyOf ?? [schema]
}

function inside(schema: JsonSchema, key: PropertyKey): JsonSchema[] {
  const any = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined
  const found = typeof key === 'number' ? schema.items : (schema.properties?.[String(key)] ?? any)
  return found ? [found] : []
}

function shapes(errors: readonly (readonly z.core.$ZodIssue[])[]): string {
  const names = errors.flatMap(([first]) =>
    first?.code === 'invalid_type' && first.path.length === 1 ? [`\`${String(first.path[0])}:\``] : [],
  )
  return names.length > 0 ? `; expected ${names.join(' or ')}` : ''
}

function amount(bound: string, figure: number | bigint, origin: string): string {
  const unit = { string: ' characters', array: ' entries', object: ' entries' }[origin] ?? ''
  return `${bound} ${figure}${Number(figure) === 1 ? unit.replace('entries', 'entry').replace(/s$/, '') : unit}`
}

function show(input: unknown): string {
  if (input === null) return 'nothing'
  if (Array.isArray(input)) return 'a list'
  if (typeof input === 'object') return 'a block'
  const text = String(input)
  return `\`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\``
}
