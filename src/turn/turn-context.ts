// What a turn needs beside the messages: content, engines, look-ups, limits, ids, time.

import type { BotPauses, Colleague } from '#handoff'
import type { LoadLevel } from '#inbox'
import type { Rules } from '#policy'
import type { OutreachDecision, OutreachRequest } from '#redis/store'
import type { ReplyContext } from '#reply'
import type { Engines } from './context.ts'
import type { Tools } from './plan/escalation.ts'

/** What a turn needs beside the customer's words. Nothing here keeps state between turns. */
export type TurnContext = Engines &
  Tools &
  ReplyContext & {
    readonly rules: Rules
    readonly nextTicketId: () => Promise<string>
    /** Whether somebody may be approached who did not address us; it is counted. */
    readonly approach: (wish: OutreachRequest) => Promise<OutreachDecision>
    /** Whether customers wait longer for a turn than they should. */
    readonly load: () => Promise<LoadLevel>
    /** The person with this e-mail, if they are on duty and may hold tickets; absent: nobody is. */
    readonly onDuty?: (email: string) => Promise<Colleague | undefined>
    /** Where people have paused the bot; absent: nowhere. */
    readonly pauseOf?: BotPauses['of']
  }
