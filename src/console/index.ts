export { type Account, type Accounts, openAccounts, ROLES, type Role } from './accounts.ts'
export { ensureWebBuilt } from './build.ts'
export { type Drafts, openDrafts } from './drafts.ts'
export { type ConsoleOptions, mountConsole } from './mount.ts'
