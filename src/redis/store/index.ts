// Every record in Redis: customers, effects, fingerprints, limits, budgets. Keys and scripts are here only.
// Must not know who asks, or why.

export { type ContactCaps, type OutreachDecision, type OutreachRequest, openContactCaps } from './contact-caps.ts'
export {
  commitChange,
  linkIdentity,
  loadCustomer,
  readCase,
  readCaseVersion,
  resolveCustomer,
  updateCase,
} from './customer-store.ts'
export { type EffectStore, knownIds, openEffectStore, type SendAttempt, type SendPermit } from './effect-store.ts'
export { type FindOwners, type FingerprintIndex, openFingerprintIndex } from './fingerprint-index.ts'
export { takeLease } from './lease.ts'
export {
  caseOf,
  deferToNewerWorker,
  effectOf,
  eventOf,
  pendingMessageOf,
  RecordFromNewerVersion,
} from './migrations.ts'
export { LONGEST_MS, rateLimitDelay, recordRateLimit, scopeOf } from './rate-limits.ts'
export { readEffect, tryRead, Unreadable } from './read-effect.ts'
export {
  CHANGE,
  CLAIM,
  DROP,
  ERASE,
  NOTE_REVISION,
  PURGE,
  PURGED,
  RECEIVE,
  REMOVE_IF_SCORE,
  RETRY,
  SWAP,
  TIDY,
} from './scripts.ts'
export { openTokenBudget } from './token-budget.ts'
