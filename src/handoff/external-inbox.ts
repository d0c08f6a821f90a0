// Handover to a person in the network's own inbox: the bot is silent until they give the case back.
import {
  BOT,
  type Case,
  type CaseTicket,
  type ChannelName,
  type Customer,
  type CustomerChange,
  type CustomerId,
  type CustomerSnapshot,
  continueCase,
  type Reason,
  withConversation,
} from '#domain'
import type { Takeover } from '#inbox'
import type { Outbox } from '#outbox/worker'
import { slaDueAt } from '#policy'
import type { Redis } from '#redis'
import { commitChange, loadCustomer, updateCase } from '#redis/store'
import type { ReplyContext } from '#reply'
import { openTicket, publishTicketState } from './escalate.ts'
import type { TicketQueue } from './ticket-queue.ts'
import { NETWORK_INBOX } from './ticket-states.ts'

/** Networks deliver again, and late: what happened so long before the last change of hands is old. */
const SKEW_MS = 5_000
/** Networks wait for our answer for a few seconds; what is still arriving then left before the person spoke. */
const SILENCE_MS = 1_500

/** `at`: when, by the network's clock; now if it does not say. */
export type NetworkInbox = {
  /** They wrote, took the conversation over or asked for it: from now on the case is theirs. */
  personSpoke(customer: CustomerId, at?: number, how?: Takeover): Promise<void>
  /** They gave the conversation back. */
  personLeft(customer: CustomerId, at?: number): Promise<void>
}

export function openNetworkInbox(options: {
  redis: Redis
  tickets: TicketQueue
  outbox: Pick<Outbox, 'note' | 'due' | 'silence'>
  contextOf: (customer: CustomerId) => ReplyContext
}): NetworkInbox {
  const { redis, tickets, outbox, contextOf } = options
  return {
    async personSpoke(customer, at = contextOf(customer).now(), how = 'wrote') {
      await outbox.note(customer)
      for (;;) {
        const open = await loadCustomer(redis, customer)
        if (open.owner !== BOT || at + SKEW_MS < givenBack(open)) break
        if (await commitChange(redis, open, claim(contextOf(customer), open, await tickets.nextId(), how))) break
      }
      await outbox.due(customer)
      await outbox.silence(customer, SILENCE_MS)
    },
    async personLeft(customer, left = contextOf(customer).now()) {
      const { newId, now } = contextOf(customer)
      await outbox.note(customer)
      await updateCase(redis, customer, ({ case: current, owner }) => {
        const { ticket } = current
        const isOld = left + SKEW_MS < (ticket?.since ?? 0)
        if (owner !== NETWORK_INBOX || !ticket || isOld) return { instead: undefined }
        const at = now()
        const done: Case = { ...current, ticket: { ...ticket, state: 'resolved', since: at, closedAt: at } }
        return {
          change: {
            case: done,
            owner: BOT,
            events: [{ at, type: 'ticket-returned', ticket: ticket.id, by: NETWORK_INBOX }],
            effects: [publishTicketState(done, ticket.id, 'ticket-returned', newId(), at)],
          },
        }
      })
      await outbox.due(customer)
    },
  }
}

/** When the case last became the bot's again. */
const givenBack = ({ history }: CustomerSnapshot): number =>
  history.findLast((event) => event.type === 'ticket-returned' || event.type === 'ticket-released')?.at ?? 0

const BECAUSE: Readonly<Record<Takeover, string>> = {
  wrote: 'A person answered in the network’s own inbox.',
  'wrote-in-public': 'A person answered in public, outside Warmline.',
  'took-over': 'A person took the conversation over in the network’s own inbox.',
  asked: 'A person asked for the conversation in the network’s own inbox.',
}

function claim(
  { content, newId, now }: ReplyContext,
  open: CustomerSnapshot,
  ticketId: string,
  how: Takeover,
): CustomerChange {
  const at = now()
  const reasons: Reason[] = [{ rule: 'network-inbox', because: BECAUSE[how] }]
  const why = { reasons, version: content.version }
  const made = openTicket(caseOf(open, at), why, { id: newId(), ticketId, due: slaDueAt(content.brand, at), now: at })
  const ticket = { ...(made.case.ticket as CaseTicket), state: 'claimed', owner: NETWORK_INBOX, since: at } as const
  const current: Case = { ...made.case, ticket }
  return {
    case: current,
    owner: NETWORK_INBOX,
    events: [...made.events, { at, type: 'ticket-claimed', ticket: ticket.id, by: NETWORK_INBOX }],
    effects: [publishTicketState(current, ticket.id, 'ticket-claimed', newId(), at)],
  }
}

/** They may be quicker than our first turn, or write to somebody who never wrote to us. */
function caseOf({ customer: id, case: current, waiting, history }: CustomerSnapshot, now: number): Case {
  if (current) return current
  const [channel, account = '', ...user] = id.split(':')
  const unknown: Customer = { id, channel: channel as ChannelName, account, user: user.join(':') }
  const made = continueCase(undefined, { ...(waiting[0]?.customer ?? unknown), id }, now)
  const echo = history.findLast((event) => event.type === 'message-echoed')
  return echo ? withConversation(made, echo.message.conversation) : made
}
