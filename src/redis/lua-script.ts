// Lua scripts: read from a file once, at start, and called with keys and arguments by name.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Redis } from './clients.ts'

/** What a script is given: `args` there. Numbers arrive as text, which loses no digit; what is undefined is nil there. */
type Argument = string | number | boolean | undefined | readonly Argument[] | { readonly [name: string]: Argument }
export type ScriptArguments = { readonly [name: string]: Argument }

/** A script that needs the keys `Keys`, which share one hash tag, and takes `Args`. */
export type Script<Keys extends string, Args extends ScriptArguments> = {
  readonly name: string
  readonly lua: string
  readonly sha: string
  /** In the order in which the script unpacks them. */
  readonly keys: readonly Keys[]
  /** Carries the type; never there. */
  readonly args?: Args
}

const INCLUDE = /^--- @include "([\w-]+)"$/gm
const HEAD = /^local (\w+(?:, \w+)*) = unpack\(KEYS\)\nlocal args = cjson\.decode\(ARGV\[1\]\)\n/m

/** Reads `name.lua` of a folder. Throws unless it names its keys and arguments, and takes nothing else by position. */
export function loadScript<Keys extends string, Args extends ScriptArguments>(
  folder: string,
  name: string,
): Script<Keys, Args> {
  const read = (file: string) => readFileSync(`${folder}/${file}.lua`, 'utf8')
  const text = read(name)
  const [head, names] = HEAD.exec(text) ?? []
  if (head === undefined || names === undefined || text.replace(head, '').includes('ARGV'))
    throw new Error(
      `\`${name}.lua\` has to begin with \`local … = unpack(KEYS)\` and \`local args = cjson.decode(ARGV[1])\``,
    )
  const lua = text.replace(INCLUDE, (_, file: string) => read(file))
  return { name, lua, sha: createHash('sha1').update(lua).digest('hex'), keys: names.split(', ') as Keys[] }
}

/** Half a character cannot be read in Lua, nor be sent: it becomes U+FFFD. */
const packed = (args: ScriptArguments): string =>
  JSON.stringify(args, (_, value: unknown) =>
    typeof value === 'number' ? String(value) : typeof value === 'string' ? value.toWellFormed() : value,
  )

/** Runs a script by its hash, sending its text only when the server does not know it. `more`: keys without a name. */
export async function runScript<Keys extends string, Args extends ScriptArguments>(
  redis: Redis,
  { lua, sha, keys }: Script<Keys, Args>,
  named: { readonly [Key in Keys]: string },
  args: Args,
  more: readonly string[] = [],
): Promise<unknown> {
  const options = { keys: [...keys.map((key) => named[key]), ...more], arguments: [packed(args)] }
  try {
    return await redis.evalSha(sha, options)
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('NOSCRIPT')) return redis.eval(lua, options)
    throw error
  }
}
