// Turns a webhook body of X into events; one endpoint serves both webhook products.

import type { ChannelEvent } from '#domain'
import { sortByTime } from '../event-order.ts'
import type { Us } from './account.ts'
import { readAccountActivity } from './account-activity-api.ts'
import { eventTypeOf, readActivity } from './activity-api.ts'

export function parseX(body: unknown, us: Us = {}): ChannelEvent[] {
  return sortByTime(eventTypeOf(body) ? readActivity(body, us) : readAccountActivity(body, us))
}
