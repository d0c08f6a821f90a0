// What a turn needs beside the messages.

import type { Load } from '#inbox'
import type { Rules } from '#policy'
import type { Leave, Wish } from '#redis/store'
import type { ReplyContext } from '#reply'
import type { Engines } from './context.ts'
import type { Tools } from './plan/escalation.ts'

/** What a turn needs beside the customer's words. Nothing here keeps state between turns. */
export type Mind = Engines &
  Tools &
  ReplyContext & {
    readonly rules: Rules
    readonly nextTicketId: () => Promise<string>
    /** Whether somebody may be approached who did not address us; it is counted. */
    readonly approach: (wish: Wish) => Promise<Leave>
    /** Whether customers wait longer for a turn than they should. */
    readonly load: () => Promise<Load>
  }
