// Takes events in: claims, sanitises and stores messages, edits and deletions; monitors mentions.
// Must not know what is answered.
export { openLookout } from './brand-monitor.ts'
export { REMEMBER_MS } from './edits.ts'
export { type Inbox, openInbox, type Takeover } from './inbox.ts'
export { type Load, openLoad } from './load-level.ts'
export { changedOf } from './message-revision.ts'
export { forgetAuthor, writtenFirst } from './own-message.ts'
