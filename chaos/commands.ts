// What a command on the wire is for: our scripts and BullMQ's are known by their hashes.
import { createHash } from 'node:crypto'
import * as inbox from '../src/inbox/scripts.ts'
import * as outbox from '../src/outbox/scripts.ts'
import type { Unit } from './units.ts'

const names = new Map<string, string>()
for (const [name, { sha }] of Object.entries({ ...inbox, ...outbox })) names.set(sha, name)

type Bundled = { readonly name: string; readonly content: string }
const bundled = new URL('../node_modules/bullmq/dist/esm/scripts/index.js', import.meta.url).href
for (const script of Object.values((await import(bundled)) as Record<string, Bundled>)) {
  names.set(createHash('sha1').update(script.content).digest('hex'), `bullmq ${script.name}`)
}

/** `COMMIT` or `bullmq moveToActive` for a script, else the command: `HGETALL`. */
export function nameOf({ words }: Unit): string {
  const [command = '', script = ''] = words
  switch (command.toUpperCase()) {
    case 'EVALSHA':
      return names.get(script) ?? `script ${script.slice(0, 7)}`
    case 'EVAL':
      return names.get(createHash('sha1').update(script).digest('hex')) ?? 'a script'
    default:
      return command.toUpperCase()
  }
}
