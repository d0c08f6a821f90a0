// The gate: checks every reply before it is sent. Only the gate makes texts that can be sent. Pure.
// Must not know channels, Redis or how a reply came about.
export { privateSource, publicSource } from './check-input.ts'
export { checkReply } from './check-reply.ts'
export { canDisclose } from './checks/other-customers-data.ts'
export { findAvoidedWords } from './checks/profanity-and-brand.ts'
export { findOffers, offersAbove } from './checks/promises.ts'
export { fingerprintForms } from './match/fingerprint-forms.ts'
export { moneyIn } from './match/numbers.ts'
export { publishedIn } from './match/published-sentences.ts'
export type { GateContext, GateFinding, GateVerdict, Known } from './types.ts'
