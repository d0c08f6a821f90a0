// Turns a webhook body of Meta into events; one body may hold several Pages.

import type { ChannelEvent } from '#domain'
import { sortByTime, type TimedEvent } from '../event-order.ts'
import { at, idOf, listOf, textOf, timeOf } from '../json.ts'
import { readChange } from './feed.ts'
import { readMessaging } from './messaging.ts'
import { ignored } from './page.ts'

/** Whose webhook this is. Without a Page id every Page in the body is taken for ours. */
export type Us = { readonly pageId?: string; readonly appId?: string }

export function parseFacebook(body: unknown, { pageId, appId }: Us = {}): ChannelEvent[] {
  const object = textOf(at(body, 'object'))
  if (object !== 'page') return [ignored('delivery', `a delivery about \`${object}\`, which is not a page`)]
  const entries = listOf(at(body, 'entry'))
  const pages = pageId ? [pageId] : entries.flatMap((entry) => idOf(at(entry, 'id')) ?? [])
  const events = sortByTime(entries.flatMap((entry) => readEntry(entry, pages, appId)))
  return events.length > 0 ? events : [ignored('delivery', 'a delivery without entries')]
}

function readEntry(entry: unknown, pages: readonly string[], appId: string | undefined): TimedEvent[] {
  const page = idOf(at(entry, 'id'))
  const time = at(entry, 'time')
  const ignore = (reason: string): TimedEvent => ({
    at: timeOf(time),
    event: ignored(`${page ?? 'entry'}:${timeOf(time)}`, reason),
  })
  if (!page) return [ignore('an entry that names no page')]
  if (!pages.includes(page)) return [ignore(`an entry for the page \`${page}\`, which is not ours`)]
  const events = [
    ...listOf(at(entry, 'messaging')).map((item) => readMessaging(item, page, appId, time)),
    ...listOf(at(entry, 'standby')).map(() => ignore('another app has the thread; we only stand by')),
    ...listOf(at(entry, 'changes')).map((change) => readChange(change, page, pages, time)),
  ]
  return events.length > 0 ? events : [ignore('an entry without messages or changes')]
}
