// The console: its HTTP API (accounts, tickets, policies, outbox, retention) and the static pages.
// Must not know Redis keys of other parts, or how a part does its work.
export { ensureWebBuilt } from './assets/build.ts'
export { type Accounts, openAccounts } from './auth/accounts.ts'
export { maySeeTickets } from './endpoint.ts'
export { openPresence, type Presence } from './presence.ts'
export { openReplyDrafts, type ReplyDrafts } from './reply-drafts.ts'
export { type ConsoleOptions, mountConsole } from './routes.ts'
export { openViewers, type Viewers } from './viewers.ts'
