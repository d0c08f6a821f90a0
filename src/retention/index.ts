// Retention: purges deleted messages, erases customers, compacts the append-only file.
// Must not know HTTP or the console.
export { openRetention, type Retention } from './retention.ts'
