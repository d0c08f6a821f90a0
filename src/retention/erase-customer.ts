// Removes all that is known of a customer.
import {
  type Case,
  type CustomerId,
  customerFromId,
  endedTickets,
  type HistoryEvent,
  type Message,
  mergedInto,
} from '#domain'
import { forgetAuthor, REMEMBER_MS } from '#inbox'
import { type Redis, runScript } from '#redis'
import { KEYS, keysOf } from '#redis/keys'
import { caseOf, ERASE, eventOf, readCase } from '#redis/store'
import { ALARMS, type RetentionContext, rewriteSoon } from './context.ts'
import { fingerprint, logErasure } from './erasure-log.ts'
import { loadRecords } from './purge.ts'

/** A send in hand when a customer is erased has ended by then, and so has what it wrote. */
const SETTLED_MS = 600_000

/** False if nothing was known. `seen`: erases only what has not changed since. */
export async function eraseCustomer(
  context: RetentionContext,
  customer: CustomerId,
  by: string,
  seen?: { readonly version: string; readonly length: number },
): Promise<boolean> {
  const { redis, clock, now, events: listeners } = context
  const { state, history, effects } = await loadRecords(redis, customer)
  if (!history.length && !state.case) return false
  const events = history.map(eventOf)
  const current = state.case ? caseOf(state.case) : undefined
  const messages = events.flatMap((event) => (event.type === 'message-received' ? [event.message] : []))
  const person = current?.customer ?? customerFromId(customer)
  const tickets = ticketsOf(current)
  const opened = events.flatMap((event) => (event.type === 'ticket-opened' ? [event.ticket] : []))
  const sends = [...new Set(Object.keys(effects).map((field) => field.split('/')[0] ?? field))]
  // Whoever is forgotten for being quiet is forgotten account by account.
  if (!seen) for (const other of await mergedCustomers(redis, current)) await eraseCustomer(context, other, by)
  // What leads here goes first, so that whoever dies in between can begin again.
  await listeners.erased({
    customer: person,
    messages: messages.map((one) => one.id),
    conversations: [...new Set(messages.filter(isPrivate).map((one) => one.conversation.id))],
    tickets: [...new Set([...tickets, ...opened])],
    effects: sends,
    left: { history: [] },
  })
  await Promise.all(sends.map((effect) => redis.del(KEYS.effect.customer(effect))))
  const users = new Set(messages.map((one) => `${person.channel}:${person.account}:${one.author}`))
  await eraseReferences(redis, customer, person.account, users, messages, events)
  const done = await runScript(redis, ERASE, keysOf(customer), { now: now(), keepMs: REMEMBER_MS, ...seen })
  if (done !== 1) return false
  const counts = { messages: messages.length, events: events.length, tickets: tickets.length }
  await logErasure(redis, { at: now(), what: 'customer-erased', customer: fingerprint(customer), by, counts })
  await Promise.all([rewriteSoon(context), clock.set(ALARMS.retire, customer, now() + SETTLED_MS)])
  return true
}

const isPrivate = (message: Message) => message.conversation.audience === 'private'

const ticketsOf = (current: Case | undefined): string[] =>
  current ? [...endedTickets(current), ...(current.ticket ? [current.ticket] : [])].map((one) => one.id) : []

/** The accounts whose tickets an agent has merged into one of this case: they are the same person's. */
async function mergedCustomers(redis: Redis, current: Case | undefined): Promise<readonly CustomerId[]> {
  const wholes = current ? [...current.past, ...(current.ticket ? [current.ticket] : [])] : []
  const parts = wholes.flatMap(({ id, parts: some = [] }) => some.map(({ ticket }) => ({ id, ticket })))
  const found = await Promise.all(
    parts.map(async ({ id, ticket }) => {
      const customer = await redis.hGet(KEYS.ticket.customers(), ticket)
      const part = customer ? await readCase(redis, customer) : undefined
      const merged = part && [...part.past, ...(part.ticket ? [part.ticket] : [])].find((one) => one.id === ticket)
      return customer && merged && mergedInto(merged) === id ? [customer] : []
    }),
  )
  return [...new Set(found.flat())]
}

/** What leads to the customer from their names on networks, their messages and public threads. */
async function eraseReferences(
  redis: Redis,
  customer: CustomerId,
  account: string,
  users: ReadonlySet<string>,
  messages: readonly Message[],
  events: readonly HistoryEvent[],
): Promise<void> {
  for (const alias of users)
    if ((await redis.get(KEYS.identity.alias(alias))) === customer) await redis.del(KEYS.identity.alias(alias))
  const echoes = events.flatMap((event) => (event.type === 'message-echoed' ? [event.message] : []))
  for (const { id } of [...messages, ...echoes])
    await Promise.all([redis.del(KEYS.message.claim(account, id)), redis.del(KEYS.message.revision(account, id))])
  for (const id of new Set(messages.filter((one) => !isPrivate(one)).map((one) => one.conversation.id)))
    await Promise.all([redis.sRem(KEYS.message.repliers(id), customer), forgetAuthor(redis, id, users)])
}
