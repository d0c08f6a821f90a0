// Channels: social networks; reads their webhooks, sends to them, finds what was sent.
// Must not know policies, cases or Redis records. Each network has a door of its own, as `#channels/x`.
export type { Channel, Deliver, FoundSend } from './channel.ts'
export { readJson } from './json.ts'
export { parseWebhook } from './parse-webhook.ts'
