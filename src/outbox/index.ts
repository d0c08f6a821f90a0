// The outbox: delivers effects once; retries with backoff, resolves doubt, keeps dead letters.
// Must not know why something is sent. `#outbox/worker` does the work.
export { TIMING, type Timing } from './retry-policy.ts'
