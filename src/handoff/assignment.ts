// Gives waiting tickets to colleagues on duty, where the brand chose that: fairest first, nobody more than they may hold.
import type { Logger } from 'pino'
import { KEYS } from '#redis/keys'
import { takeLease } from '#redis/store'
import type { AgentDesk } from './agent-desk.ts'
import type { Agent, DeskContext } from './desk/context.ts'

/** A colleague who is on duty. */
export type OnDuty = Agent & { readonly capacity: number }

export type Assignment = {
  /** Something changed: somebody is free, or a ticket waits. Resolves once nobody can be given more, here or elsewhere. */
  assign(): Promise<void>
  /** The same, without waiting for it. */
  wake(): void
  /** Assigns whenever something changes, until it is closed. */
  begin(): void
  close(): Promise<void>
}

const LEASE = KEYS.ticket.assigning()
/** How often assignment was asked for: whoever assigns looks again when it has grown. */
const ASKED = KEYS.ticket.assignmentsAsked()
/** Hash: e-mail -> when they were assigned a ticket last. */
const LAST = KEYS.ticket.assignedAt()
/** The lease outlives a round by more than a claim may take, so that two never assign at once. */
const LEASE_MS = 60_000
const ROUND_MS = 20_000
/** What was not heard, since Redis was away, is done after this at the latest. */
const AGAIN_MS = 30_000

export function openAssignment(
  options: Pick<DeskContext, 'redis' | 'queue' | 'now'> & {
    readonly desk: Pick<AgentDesk, 'next'>
    /** Whether the brand lets tickets be assigned. */
    readonly isAutomatic: () => boolean
    readonly onDuty: () => Promise<readonly OnDuty[]>
    readonly log: Pick<Logger, 'warn'>
  },
): Assignment {
  const { redis, queue, desk, isAutomatic, onDuty, log, now } = options
  let isClosed = false

  /** Whoever may hold more: the fewest held first, then the longest without a new one. */
  async function fairestFirst(): Promise<readonly OnDuty[]> {
    const people = await onDuty()
    if (people.length === 0) return []
    const [last, ...held] = await Promise.all([
      redis.hmGet(
        LAST,
        people.map(({ email }) => email),
      ),
      ...people.map(({ email }) => queue.count({ owner: email })),
    ])
    return people
      .map((person, at) => ({ person, held: held[at] ?? 0, last: Number(last[at] ?? 0) }))
      .filter((one) => one.held < one.person.capacity)
      .sort((one, other) => one.held - other.held || one.last - other.last)
      .map(({ person }) => person)
  }

  /** False: there is nobody for what waits. */
  async function assignOne(): Promise<boolean> {
    for (const person of await fairestFirst()) {
      const ticket = await desk.next(person, 'assigned')
      if (!ticket) continue
      // Whoever counts next counts this one.
      await queue.follow(ticket.id)
      await redis.hSet(LAST, person.email, now())
      return true
    }
    return false
  }

  async function assign(): Promise<void> {
    if (!isAutomatic()) return
    await redis.incr(ASKED)
    for (;;) {
      const end = await takeLease(redis, LEASE, LEASE_MS)
      // Whoever has it sees that more was asked for.
      if (!end) return
      const asked = await redis.get(ASKED)
      const until = performance.now() + ROUND_MS
      let isMore = true
      try {
        while (isMore && !isClosed && performance.now() < until) isMore = await assignOne()
      } finally {
        await end()
      }
      if (isClosed || (!isMore && (await redis.get(ASKED)) === asked)) return
    }
  }

  let running: Promise<void> | undefined
  let isAsked = false
  /** One at a time; what is asked for meanwhile is done after it. */
  function wake(): void {
    if (isClosed) return
    isAsked = true
    running ??= (async () => {
      while (isAsked && !isClosed) {
        isAsked = false
        await assign().catch((error) => log.warn({ err: error }, 'tickets could not be assigned; it is tried again'))
      }
      running = undefined
    })()
  }

  let ends: readonly (() => void)[] = []
  return {
    assign,
    wake,
    begin() {
      const again = setInterval(wake, AGAIN_MS)
      again.unref()
      ends = [queue.listen(({ type }) => CHANGES.has(type) && wake()), () => clearInterval(again)]
      wake()
    },
    async close() {
      isClosed = true
      for (const end of ends) end()
      await running
    },
  }
}

/** After these a ticket waits, or somebody may hold one more. */
const CHANGES: ReadonlySet<string> = new Set([
  'ticket-opened',
  'ticket-released',
  'ticket-resolved',
  'ticket-returned',
  'ticket-transferred',
  'ticket-snoozed',
  'ticket-split',
])
