// What a command on the wire is for: our scripts and BullMQ's are known by their hashes.
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import * as scripts from '../src/redis/store/scripts.ts'
import type { Unit } from './units.ts'
import { WEAKNESSES } from './weaknesses.ts'

const names = new Map<string, string>()
const hashOf = (text: string) => createHash('sha1').update(text).digest('hex')
for (const [name, { lua, sha }] of Object.entries(scripts)) {
  names.set(sha, name)
  for (const { from, to } of WEAKNESSES) if (lua.includes(from)) names.set(hashOf(lua.replace(from, () => to)), name)
}

type Bundled = { readonly name: string; readonly content: string }
const bundled = createRequire(import.meta.url)('../node_modules/bullmq/dist/cjs/scripts/index.js')
for (const script of Object.values(bundled as Record<string, Bundled>)) {
  names.set(hashOf(script.content), `bullmq ${script.name}`)
}

/** `COMMIT` or `bullmq moveToActive` for a script, else the command: `HGETALL`. */
export function nameOf({ words }: Unit): string {
  const [command = '', script = ''] = words
  switch (command.toUpperCase()) {
    case 'EVALSHA':
      return names.get(script) ?? `script ${script.slice(0, 7)}`
    case 'EVAL':
      return names.get(hashOf(script)) ?? 'a script'
    default:
      return command.toUpperCase()
  }
}
