// Deletes and redacts: retention, erasure of a customer, compaction.
// Must not know HTTP or the console.
export type { ExternalErasure } from './purge.ts'
export { openRetention, type Retention, type RetentionEvents } from './retention.ts'
