// The interface of a channel: webhook in, send, find a sent message, search.
import type { Server } from 'restify'
import type { ChannelCapabilities, ChannelEvent, ChannelName, Customer, Outgoing, RateLimit, Sent } from '#domain'

/**
 * Takes events in. Resolves once all of them are durable; rejects with `Unavailable` when they are not, and the
 * webhook then answers 503 so that the network delivers again.
 */
export type Deliver = (channel: ChannelName, events: readonly ChannelEvent[]) => Promise<void>

/** What to look for on a network: not before `since` (milliseconds since 1970), and none of what is known already. */
export type Search = {
  readonly since: number
  isKnown(platformId: string): Promise<boolean>
}

/**
 * Whether a send whose answer was lost is there. `unknown`: we could not look, or not at everything; `passing`: looking
 * may succeed later.
 */
export type FoundSend =
  | { readonly state: 'found'; readonly sent: Extract<Sent, { state: 'sent' }> }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown'; readonly reason: string; readonly passing?: boolean; readonly limit?: RateLimit }

/** What to listen for: posts that speak of the brand, newer than what was read. */
export type SearchRequest = {
  /** What the brand is called: one of them is in the post. */
  readonly terms: readonly string[]
  /** Phrases that are not in it. */
  readonly not: readonly string[]
  /** The network's id of the newest post that was read; absent: none was. */
  readonly after?: string
  /** When that was, or from when on to read; and now. Milliseconds since 1970. */
  readonly since: number
  readonly now: number
}

/** `newest`: to be handed back as `after`. `whole`: whether that is all; else older ones are left out. */
export type SearchResult =
  | {
      readonly state: 'read'
      readonly events: readonly ChannelEvent[]
      readonly newest?: string
      readonly whole: boolean
      readonly limit?: RateLimit
    }
  | { readonly state: 'unknown'; readonly reason: string; readonly limit?: RateLimit }

/** A network. What is the network's own (payloads, signatures, ids, limits) stays inside its folder. */
export type Channel = {
  readonly name: ChannelName
  readonly law: ChannelCapabilities
  /** A webhook's parsed body as events; never throws: what it does not know becomes `ignored` with a reason. */
  parse(body: unknown): ChannelEvent[]
  /** Puts the channel's webhooks on the server. */
  mount(server: Server, deliver: Deliver): void
  /** Carries out one effect. Never throws for what a network may answer; `signal` bounds the call. */
  send(outgoing: Outgoing, signal: AbortSignal): Promise<Sent>
  /** Reads whether an effect was carried out; absent where the network cannot be read. Never throws, like `send`. */
  find?(outgoing: Outgoing, search: Search, signal: AbortSignal): Promise<FoundSend>
  /** Reads what people say of the brand without addressing it; absent where the network has no search. Never throws. */
  search?(asked: SearchRequest, signal: AbortSignal): Promise<SearchResult>
  /** Removes what the channel itself keeps of these messages and conversations of a customer. */
  forget?(customer: Customer, messages: readonly string[], conversations: readonly string[]): Promise<void>
}
