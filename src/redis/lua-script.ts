import { createHash } from 'node:crypto'
import type { Redis } from './clients.ts'

/** A Lua script; all keys it touches share one hash tag. */
export type Script = { readonly lua: string; readonly sha: string }

export const script = (lua: string): Script => ({ lua, sha: createHash('sha1').update(lua).digest('hex') })

/** Runs a script by its hash, sending its text only when the server does not know it. */
export async function runScript(
  redis: Redis,
  { lua, sha }: Script,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<unknown> {
  const options = { keys: [...keys], arguments: args.map(String) }
  try {
    return await redis.evalSha(sha, options)
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('NOSCRIPT')) return redis.eval(lua, options)
    throw error
  }
}
