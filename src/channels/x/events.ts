// A webhook body of X as events; one endpoint serves both of its webhook products.

import type { ChannelEvent } from '#domain'
import { inOrder } from '../event-order.ts'
import type { Us } from './account.ts'
import { readAccountActivity } from './account-activity-api.ts'
import { eventTypeOf, readActivity } from './activity-api.ts'

export function parseX(body: unknown, us: Us = {}): ChannelEvent[] {
  return inOrder(eventTypeOf(body) ? readActivity(body, us) : readAccountActivity(body, us))
}
