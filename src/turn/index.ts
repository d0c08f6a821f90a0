// One turn of one customer, from waiting messages to one change. `#turn/worker` commits it.
// Must not know webhooks, the console or the network.
export { buildInput, type Engines, type TurnInput } from './context.ts'
export { factsOf, topicOf } from './facts.ts'
export { type LookUpResult, lookUp } from './lookup-request.ts'
export { NotCached, openResponseCache, type ResponseCache } from './response-cache.ts'
export type { TurnResult } from './settle.ts'
export { takeTurn } from './turn.ts'
export type { TurnContext } from './turn-context.ts'
