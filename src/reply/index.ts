// Composes a reply: chooses the route, asks the gate, makes the effect. Pure but for the owner look-up.
// Must not know how an effect is delivered.
export { say } from './compose.ts'
export type { ReplyContext } from './reply-context.ts'
export { address, windowClosed } from './route.ts'
export { type Unasked, unasked } from './unprompted.ts'
