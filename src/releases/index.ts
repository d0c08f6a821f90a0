// Versions of the content: drafts, approval, replay, rollout, roll back; conversations simulated.
// Must not know HTTP or the console.
export { checkOutgoing } from './check-customer-texts.ts'
export { BrokenContent } from './content-folder.ts'
export type { PolicyDesk } from './policy-desk.ts'
export { type Bench, compare, openBench, TookTooLong } from './policy-sandbox.ts'
export type { Refusal } from './refusal.ts'
export { openRelease, type Release } from './releases.ts'
export type { Committed } from './rollout-metrics.ts'
export { tarOf } from './tar.ts'
export { openStore } from './version-store.ts'
