// Composes a reply: chooses the route, asks the gate, makes the effect. Pure but for the look-up of fingerprints.
// Must not know how an effect is delivered.
export { composeReply } from './compose.ts'
export type { ReplyContext } from './reply-context.ts'
export { chooseRoute, windowClosed } from './route.ts'
export { composeUnprompted, type UnpromptedReply } from './unprompted.ts'
