export type { HistoryEvent } from './history.ts'
export { type Inbox, openInbox } from './inbox.ts'
export { aliasKey, claimKey, effectKey, IGNORED, keysOf } from './keys.ts'
export {
  type Change,
  changeCase,
  commit,
  linkIdentity,
  type Open,
  openCustomer,
  readCase,
  type Waiting,
} from './mailbox.ts'
export { messagesOf, type Standing } from './messages.ts'
export { effectOf, NewerRecord } from './records.ts'
export { openRetention, type Retention } from './retention.ts'
