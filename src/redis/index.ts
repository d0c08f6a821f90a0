// Connections to Redis, Lua scripts, URLs, health. Light: types and small functions.
// Must not know what is stored; that is `#redis/store`.
export type { Redis } from './clients.ts'
export { withDeadline } from './deadline.ts'
export { Unavailable, UnsafeRedis, withinDeadline } from './health.ts'
export { runScript } from './lua-script.ts'
export type { Runtime } from './runtime.ts'
export { readAddress } from './url.ts'
