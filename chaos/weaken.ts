// Loaded before the service (`node --import`): takes one safety mechanism out of its source as it is read. The test
// build for testing the checker; the product itself has no switch.
import fs from 'node:fs'
import { registerHooks, syncBuiltinESMExports } from 'node:module'
import { findWeakness, weaken } from './weaknesses.ts'

const weakness = findWeakness(process.env.CHAOS_WITHOUT ?? '')

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    if (!url.endsWith(`/${weakness.file}`)) return loaded
    return { ...loaded, source: weaken(weakness, String(loaded.source)) }
  },
})

// A Lua script is no module: it is read.
const { readFileSync } = fs
fs.readFileSync = ((path: string | URL, options: BufferEncoding) => {
  const read = readFileSync(path, options)
  const isWeakened = weakness.file.endsWith('.lua') && String(path).endsWith(`/${weakness.file}`)
  return isWeakened ? weaken(weakness, String(read)) : read
}) as typeof readFileSync
syncBuiltinESMExports()
