// The HTTP API of the console: accounts, tickets, policies, outbox, retention; static pages.
// Must not know Redis keys, or how a part does its work.
export { ensureWebBuilt } from './assets/build.ts'
export { type Accounts, openAccounts } from './auth/accounts.ts'
export { openReplyDrafts, type ReplyDrafts } from './reply-drafts.ts'
export { type ConsoleOptions, mountConsole } from './routes.ts'
