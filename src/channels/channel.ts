import type { Server } from 'restify'
import type { ChannelEvent, ChannelLaw, ChannelName, Customer, Outgoing, Sent } from '#conversation'

/**
 * Takes events in. Resolves once all of them are durable; rejects with `Unavailable` when they are not, and the
 * webhook then answers 503 so that the network delivers again.
 */
export type Deliver = (channel: ChannelName, events: readonly ChannelEvent[]) => Promise<void>

/** A network. What is the network's own (payloads, signatures, ids, limits) stays inside its folder. */
export type Channel = {
  readonly name: ChannelName
  readonly law: ChannelLaw
  /** A webhook's parsed body as events; never throws: what it does not know becomes `ignored` with a reason. */
  parse(body: unknown): ChannelEvent[]
  /** Puts the channel's webhooks on the server. */
  mount(server: Server, deliver: Deliver): void
  /** Carries out one effect. Never throws for what a network may answer; `signal` bounds the call. */
  send(outgoing: Outgoing, signal: AbortSignal): Promise<Sent>
  /** Removes what the channel itself keeps of these messages and conversations of a customer. */
  forget?(customer: Customer, messages: readonly string[], conversations: readonly string[]): Promise<void>
}
