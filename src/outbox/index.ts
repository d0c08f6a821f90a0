// Delivers effects exactly once: sends, resolves doubt, retries, dead letters.
// Must not know why something is sent.
export { TIMING, type Timing } from './retry-policy.ts'
