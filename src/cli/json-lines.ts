// JSON Lines in, one JSON line out for each, in order.
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { z } from 'zod'
import type { Facts } from '#domain'

export type Streams = { readonly input: Readable; readonly output: Writable; readonly errors: Writable }

/** Facts as they were recorded; what a fact cannot be counts as not known. */
export const facts = z.record(z.string(), z.json()).transform((all) => all as Facts)

/**
 * What `answer` says about a line; a line that cannot be read is answered by its error, and `refused` is told of it.
 * Resolves to how many were bad.
 */
export async function eachLine<T>(
  { input, output }: Pick<Streams, 'input' | 'output'>,
  schema: z.ZodType<T>,
  answer: (line: T) => Promise<object> | object,
  refused: (error: string, line: number) => void = () => {},
): Promise<number> {
  let bad = 0
  let line = 0
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1
    if (text.trim() === '') continue
    const read = readLine(text, schema)
    if ('error' in read) {
      bad += 1
      refused(read.error, line)
    }
    const { id } = read
    const said = 'error' in read ? { error: read.error } : await answer(read.value)
    await writeLine(output, { ...(id !== undefined && { id }), ...said })
  }
  return bad
}

/** Every line of a file of JSON Lines; throws with the number of the first bad line. */
export function readLines<T>(file: string, text: string, schema: z.ZodType<T>): T[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    const read = readLine(line, schema)
    if ('error' in read) throw new WrongUse(`${file}:${index + 1}: ${read.error}`)
    return [read.value]
  })
}

/** The command was not used as it can be; the message says how. */
export class WrongUse extends Error {
  override name = 'WrongUse'
}

export async function writeLine(output: Writable, value: object): Promise<void> {
  if (!output.write(`${JSON.stringify(value)}\n`)) await new Promise((drained) => output.once('drain', drained))
}

type Read<T> = { readonly id?: unknown } & ({ readonly value: T } | { readonly error: string })

function readLine<T>(text: string, schema: z.ZodType<T>): Read<T> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { error: 'the line is not JSON' }
  }
  const id = typeof json === 'object' && json !== null && 'id' in json ? json.id : undefined
  const parsed = schema.safeParse(json)
  if (parsed.success) return { id, value: parsed.data }
  return { id, error: z.prettifyError(parsed.error).replace(/^✖ /gm, '').replace(/\s+/g, ' ') }
}
