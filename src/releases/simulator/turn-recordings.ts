// Records the last turns for replay.
// Only ids are stored; texts are read from each customer's history, so what is erased there is gone here.
import { type CustomerId, type HistoryEvent, timelineOf } from '#domain'
import type { Redis } from '#redis'
import { KEYS } from '#redis/keys'
import { loadCustomer } from '#redis/store'
import { type RecordedTurn, recordedTurn } from './turn-recording.schema.ts'

/** Sorted set of JSON `[customer, first message]` by time. */
const TURNS = KEYS.release.recordings()
export const MOST_TURNS = 5000

type Taken = Extract<HistoryEvent, { type: 'turn-taken' }>

/** A turn of a customer's, for people to look at. */
export type PastTurn = RecordedTurn & {
  readonly at: number
  readonly case: string
  /** How the customer is called on their network. */
  readonly customer: string
}

export type LastTurns = {
  /** Newest first. */
  readonly turns: readonly PastTurn[]
  /** In the middle of a form, or with words that are gone. */
  readonly notReplayed: number
}

export type TurnRecordings = ReturnType<typeof openTurnRecordings>

export function openTurnRecordings(redis: Redis, { keepMs, now }: { keepMs: number; now: () => number }) {
  async function all(): Promise<{ entry: string; customer: CustomerId; message: string }[]> {
    const entries = await redis.zRange(TURNS, 0, -1, { REV: true })
    return entries.map((entry) => {
      const [customer, message] = JSON.parse(entry) as [CustomerId, string]
      return { entry, customer, message }
    })
  }

  return {
    /** Notes that a turn was taken, once it is committed. */
    async note(customer: CustomerId, { at, messages }: Taken): Promise<void> {
      await redis.zAdd(TURNS, { value: JSON.stringify([customer, messages[0]]), score: at })
      await redis.zRemRangeByRank(TURNS, 0, -MOST_TURNS - 1)
      await redis.zRemRangeByScore(TURNS, '-inf', now() - keepMs)
    },

    /** Forgets a customer's turns that began with one of these messages. */
    async forget(customer: CustomerId, messages: readonly string[]): Promise<void> {
      const gone = new Set(messages)
      const entries = (await all()).filter((one) => one.customer === customer && gone.has(one.message))
      if (entries.length > 0)
        await redis.zRem(
          TURNS,
          entries.map(({ entry }) => entry),
        )
    },

    async last(count: number): Promise<LastTurns> {
      const wanted = (await all()).slice(0, count)
      const byCustomer = Map.groupBy(wanted, ({ customer }) => customer)
      const found = new Map<string, PastTurn>()
      for (const [customer, theirs] of byCustomer) {
        const open = await loadCustomer(redis, customer)
        const messages = new Map(timelineOf(open.history).map((message) => [message.id, message]))
        const person = open.case?.customer
        for (const { entry, message } of theirs) {
          const event = open.history.find(
            (one): one is Taken => one.type === 'turn-taken' && one.messages[0] === message,
          )
          const said = event?.messages.map((id) => messages.get(id))
          const first = said?.[0]
          // A form's own state is not recorded, and its answers mean nothing without it.
          if (
            !event?.facts ||
            event.facts.form === true ||
            !first ||
            said?.some((one) => !one || one.deleted || !one.text)
          )
            continue
          const { audience, channel } = first.conversation
          const turn = recordedTurn.safeParse({
            id: message,
            text: said?.map((one) => one?.text).join('\n'),
            audience,
            channel,
            at: event.at,
            facts: { ...event.facts, signals: [event.facts.signals ?? []].flat().map(String) },
          })
          if (!turn.success) continue
          const name = person?.handle ?? person?.name ?? person?.user ?? customer
          found.set(entry, { ...turn.data, at: event.at, case: event.caseId ?? '', customer: name })
        }
      }
      const turns = wanted.flatMap(({ entry }) => found.get(entry) ?? [])
      return { turns, notReplayed: wanted.length - turns.length }
    },
  }
}
