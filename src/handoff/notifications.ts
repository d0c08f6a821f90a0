// Tells agents what concerns them: their ticket moved or was written in, a note names them. Kept for the bell, by person.
import { type CaseTicket, type Effect, type HistoryEvent, mergedInto } from '#domain'
import type { Connections } from '#redis/connect'
import { KEYS } from '#redis/keys'
import { loadCustomer, readCase } from '#redis/store'
import { findTicket, type TicketQueue } from './ticket-queue.ts'

type Kind =
  | 'assigned'
  | 'transferred'
  | 'customer-wrote'
  | 'mentioned'
  | 'note'
  | 'due-soon'
  | 'late'
  | 'back'
  | 'danger'

/** Carries no words of the conversation. `by`: the e-mail of whoever did it. */
type Told = { readonly id: string; readonly kind: Kind; readonly ticket: string; readonly by?: string }
type Notification = Told & { readonly at: string; readonly customer: string; readonly read: boolean }

type Announced = Effect & { readonly do: 'announce' }

export type Notifications = {
  /** Tells whoever is concerned by what was announced of a ticket; twice is once. */
  note(effect: Announced, ticket: CaseTicket | undefined): Promise<void>
  /** Newest first; those of tickets that are gone are left out. */
  list(email: string): Promise<readonly Notification[]>
  /** Marks as read what there was until then (milliseconds since 1970): of a ticket, or all. */
  read(email: string, until: number, ticket?: string): Promise<void>
  /** Calls back with whose list has changed, in any process, until the returned function is called. */
  listen(listener: (email: string) => void): () => void
}

const MOST = 100
const KEEP_MS = 30 * 86_400_000
const CHANGED = KEYS.account.notificationsChanged()
const LOUD: ReadonlySet<Announced['event']> = new Set([
  'ticket-claimed',
  'ticket-transferred',
  'ticket-updated',
  'ticket-warning',
  'expert-answered',
  'message-received',
])

/** Who is told what of an event. Nobody is told what they did themselves. */
function toldOf(
  event: HistoryEvent,
  owner: string | undefined,
  onDuty: readonly string[],
): { to: string; kind: Kind; by?: string }[] {
  switch (event.type) {
    case 'danger-unclaimed':
      return onDuty.map((to) => ({ to, kind: 'danger' }))
    case 'ticket-claimed':
      return event.by && event.detail === 'assigned automatically' ? [{ to: event.by, kind: 'assigned' }] : []
    case 'ticket-transferred':
      return event.to && event.by && event.to !== event.by ? [{ to: event.to, kind: 'transferred', by: event.by }] : []
    case 'ticket-unsnoozed':
      return owner && event.by !== owner ? [{ to: owner, kind: 'back' }] : []
    case 'ticket-warning':
      return owner ? [{ to: owner, kind: 'due-soon' }] : []
    case 'ticket-overdue':
      return owner ? [{ to: owner, kind: 'late' }] : []
    case 'note-added': {
      const { by, mentions = [] } = event
      const named = mentions.filter((email) => email !== by)
      const holder = owner && owner !== by && !named.includes(owner) ? [owner] : []
      return [
        ...named.map((to) => ({ to, kind: 'mentioned' as const, by })),
        ...holder.map((to) => ({ to, kind: 'note' as const, by })),
      ]
    }
    default:
      return []
  }
}

export async function openNotifications(
  connections: Pick<Connections, 'main' | 'another'>,
  queue: Pick<TicketQueue, 'whose'>,
  now: () => number,
  onDuty: () => Promise<readonly { readonly email: string }[]>,
): Promise<Notifications> {
  const redis = connections.main
  const listeners = new Set<(email: string) => void>()
  const subscriber = await connections.another()
  await subscriber.subscribe(CHANGED, (email) => {
    for (const listener of listeners) listener(email)
  })

  async function tell(to: string, at: number, told: Told): Promise<void> {
    const key = KEYS.account.notifications(to)
    await redis
      .multi()
      // What is announced late tells nothing that was not told.
      .zAdd(key, { score: at, value: JSON.stringify(told) }, { comparison: 'GT' })
      .zRemRangeByRank(key, 0, -MOST - 1)
      .pExpire(key, KEEP_MS)
      .exec()
    await redis.publish(CHANGED, to)
  }

  async function wholeOf(ticket: CaseTicket): Promise<CaseTicket | undefined> {
    const into = mergedInto(ticket)
    if (into === undefined) return ticket
    const customer = await queue.whose(into)
    const current = customer ? await readCase(redis, customer) : undefined
    return current && findTicket(current, into)
  }

  return {
    async note(effect, ticket) {
      if (!LOUD.has(effect.event) || !ticket) return
      // What happens in a ticket that is merged into another concerns whoever holds that one.
      const whole = await wholeOf(ticket)
      if (!whole) return
      const owner = whole.state === 'claimed' ? whole.owner : undefined
      const { madeAt: at } = effect
      if (effect.event === 'message-received') {
        // Of many messages in a row the last one is told.
        const told = { id: `wrote ${whole.id}`, kind: 'customer-wrote', ticket: whole.id } as const
        if (owner) await tell(owner, at, told)
        return
      }
      const customer = await queue.whose(ticket.id)
      const { history } = customer ? await loadCustomer(redis, customer) : { history: [] }
      const happened = history.filter((event) => event.at === at && 'ticket' in event && event.ticket === ticket.id)
      const isDanger = happened.some(({ type }) => type === 'danger-unclaimed')
      const people = isDanger ? (await onDuty()).map(({ email }) => email) : []
      for (const { to, kind, by } of happened.flatMap((event) => toldOf(event, owner, people)))
        await tell(to, at, {
          id: `${kind} ${ticket.id} ${at} ${by ?? ''}`.trim(),
          kind,
          ticket: whole.id,
          ...(by ? { by } : {}),
        })
    },
    async list(email) {
      const [told, readAt] = await Promise.all([
        redis.zRangeWithScores(KEYS.account.notifications(email), 0, MOST - 1, { REV: true }),
        redis.hGetAll(KEYS.account.notificationsRead(email)),
      ])
      const all = await Promise.all(
        told.map(async ({ value, score }) => {
          const one = JSON.parse(value) as Told
          const whose = await queue.whose(one.ticket)
          const current = whose && (await readCase(redis, whose))
          if (!current) return []
          const { name, handle, user } = current.customer
          const readUntil = Math.max(Number(readAt.all ?? 0), Number(readAt[one.ticket] ?? 0))
          return [
            {
              ...one,
              at: new Date(score).toISOString(),
              customer: name ?? handle ?? user,
              read: score <= readUntil,
            },
          ]
        }),
      )
      return all.flat()
    },
    async read(email, until, ticket) {
      const key = KEYS.account.notificationsRead(email)
      await redis
        .multi()
        .hSet(key, ticket ?? 'all', String(Math.min(until, now())))
        .pExpire(key, KEEP_MS)
        .exec()
      await redis.publish(CHANGED, email)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
