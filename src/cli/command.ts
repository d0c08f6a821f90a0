// What a command of the command line is.
import type { ParseArgsOptionsConfig, parseArgs } from 'node:util'
import type { Config } from '#app'
import type { Streams } from './json-lines.ts'

/** What was typed after the command's name. */
export type ParsedArguments = {
  readonly options: ReturnType<typeof parseArgs>['values']
  readonly rest: readonly string[]
}

/** One command. `run` resolves to the exit code: 0 fine, 1 a finding; wrong use is thrown. */
export type Command = {
  readonly usage: string
  readonly does: string
  readonly options: ParseArgsOptionsConfig
  run(args: ParsedArguments, io: Streams & { readonly config: Config }): Promise<number>
}

export const JSON_LINES: ParseArgsOptionsConfig = { json: { type: 'boolean' } }
export const CONTENT: ParseArgsOptionsConfig = { content: { type: 'string' } }

/** An option that was given as text. */
export function optionOf({ options }: ParsedArguments, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}
