// Every record in Redis: customers, effects, fingerprints, limits, budgets. Keys and scripts are here only.
// Must not know who asks, or why.
export { type Approaches, type Leave, openApproaches, type Wish } from './contact-caps.ts'
export { changeCase, commit, linkIdentity, openCustomer, readCase, resolveCustomer } from './customer-store.ts'
export { knownIds, openRecords, type Records, type SendAttempt, type SendPermit } from './effect-store.ts'
export { type Others, openOthers, type Recognise } from './fingerprint-index.ts'
export {
  aliasKey,
  answeringKey,
  claimKey,
  ENROLLED,
  effectKey,
  IGNORED,
  keysOf,
  lastAuthorKey,
  RECEIPTS,
  toldKey,
} from './keys.ts'
export { CHANGE, CLAIM, RECEIVE, TELL } from './lua/customer.ts'
export { DROP, RETRY } from './lua/effects.ts'
export { ERASE, PURGE, PURGED, TIDY } from './lua/erasure.ts'
export { caseOf, effectOf, eventOf, leavingNewer, NewerRecord, waitingOf } from './migrations.ts'
export { callerOf, heed, LONGEST_MS, waitFor } from './rate-limits.ts'
export { readEffect, tryRead, Unreadable } from './read-effect.ts'
export { openModelAccount } from './token-budget.ts'
