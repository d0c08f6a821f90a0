export type { HistoryEvent } from './history.ts'
export { type Inbox, openInbox, type Takeover } from './inbox.ts'
export { aliasKey, answeringKey, claimKey, effectKey, IGNORED, keysOf } from './keys.ts'
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
export { writtenFirst } from './own-message.ts'
export { effectOf, NewerRecord } from './records.ts'
export { openRetention, type Retention } from './retention.ts'
