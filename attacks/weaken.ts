// Loaded before the service (`node --import`): takes guards out of its source as it is read. The product has no switch.
import { registerHooks } from 'node:module'
import { findGuards, without } from './weaknesses.ts'

const guards = findGuards(process.env.ATTACKS_WITHOUT ?? '')

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    const guard = guards.find(({ file }) => url.endsWith(`/${file}`))
    return guard ? { ...loaded, source: without(guards, guard.file, String(loaded.source)) } : loaded
  },
})
