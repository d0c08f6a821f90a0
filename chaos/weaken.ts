// Loaded before the service (`node --import`): takes one safety mechanism out of its source as it is read. The test
// build for testing the checker; the product itself has no switch.
import { registerHooks } from 'node:module'
import { findWeakness, weaken } from './weaknesses.ts'

const weakness = findWeakness(process.env.CHAOS_WITHOUT ?? '')

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    if (!url.endsWith(`/${weakness.file}`)) return loaded
    return { ...loaded, source: weaken(weakness, String(loaded.source)) }
  },
})
