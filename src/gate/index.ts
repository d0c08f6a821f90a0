// The last check of every reply: what may be said to whom. Only the gate makes texts that can be sent. Pure.
// Must not know channels, Redis or how a reply came about.
export { inPrivate, openly } from './check-input.ts'
export { look } from './check-reply.ts'
export { mayTellOf } from './checks/other-customers-data.ts'
export { avoidedIn } from './checks/profanity-and-brand.ts'
export { offersAbove, offersIn } from './checks/promises.ts'
export { tellingForms } from './match/fingerprint-forms.ts'
export { moneyIn, quantitiesIn } from './match/numbers.ts'
export { publishedIn } from './match/published-sentences.ts'
export type { GateContext, GateFinding, GateVerdict, Known } from './types.ts'
