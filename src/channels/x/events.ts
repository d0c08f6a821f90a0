// A webhook body of X as events; one endpoint serves both of its webhook products.

import type { ChannelEvent } from '#conversation'
import { inOrder } from '../event.ts'
import type { Us } from './account.ts'
import { readAccountActivity } from './account-activity.ts'
import { eventTypeOf, readActivity } from './activity.ts'

export function parseX(body: unknown, us: Us = {}): ChannelEvent[] {
  return inOrder(eventTypeOf(body) ? readActivity(body, us) : readAccountActivity(body, us))
}
