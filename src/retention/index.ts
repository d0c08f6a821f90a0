// Retention: purges deleted messages, erases customers, compacts the append-only file.
// Must not know HTTP or the console.
export type { RetentionEvents } from './context.ts'
export type { ExternalErasure } from './purge.ts'
export { openRetention, type Retention } from './retention.ts'
