// One turn of one customer, from waiting messages to one change. The worker commits it.
// Must not know webhooks, the console or the network.
export { type Engines, factsOf, heardOf, type Scene, setScene } from './context.ts'
export { type LookUp, lookUp } from './lookup-request.ts'
export { type Heard, NotHeard, openHeard } from './response-cache.ts'
export { type Thought, think } from './turn.ts'
export type { Mind } from './turn-context.ts'
