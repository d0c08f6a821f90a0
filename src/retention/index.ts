// Retention: purges deleted messages, erases customers, compacts the append-only file.
// Must not know HTTP or the console.
export type { ExternalErasure } from './purge.ts'
export { openRetention, type Retention, type RetentionEvents } from './retention.ts'
