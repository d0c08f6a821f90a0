export { address } from './address.ts'
export type { Effect, SendEffect } from './effect.ts'
export { type Mishap, type Outbox, openOutbox } from './outbox.ts'
export { say } from './say.ts'
