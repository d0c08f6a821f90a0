// Deletes and redacts: retention, erasure of a customer, compaction.
// Must not know HTTP or the console.
export { openRetention, type Retention } from './retention.ts'
