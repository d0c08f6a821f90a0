// The inbox: takes events in; claims, sanitises and stores messages, edits and deletions; the brand monitor.
// Must not know what is answered.
export { openBrandMonitor } from './brand-monitor.ts'
export { REMEMBER_MS } from './edits.ts'
export { type Inbox, type InboxEvents, openInbox, type Takeover } from './inbox.ts'
export { type LoadLevel, openLoadLevel } from './load-level.ts'
export { revisionOf } from './message-revision.ts'
export { forgetAuthor, sentByPersonBefore } from './own-message.ts'
export { sanitize } from './sanitize.ts'
