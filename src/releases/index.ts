// Releases: versions of the content, drafts, approval, rollout, shadow, roll back; replay and the simulator.
// Must not know HTTP or the console.
export { checkOutgoing } from './check-customer-texts.ts'
export { BrokenContent } from './content-folder.ts'
export type { PolicyDesk } from './policy-desk.ts'
export { compare, openPolicySandbox, type PolicySandbox, TookTooLong } from './policy-sandbox.ts'
export type { Refusal } from './refusal.ts'
export { openReleases, type Releases } from './releases.ts'
export type { CommittedTurn } from './rollout-metrics.ts'
export { tarOf } from './tar.ts'
export { openVersionStore } from './version-store.ts'
