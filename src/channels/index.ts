// Social networks: reads their webhooks, sends to them, says what each can do.
// Must not know policies, cases or Redis records.
export type { Channel, Deliver, FoundSend } from './channel.ts'
export { readJson } from './json.ts'
export { parseWebhook } from './parse-webhook.ts'
