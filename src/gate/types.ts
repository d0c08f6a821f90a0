// Types of the gate: context, findings, verdict.
import type { Audience, ChannelName, Offer, OfferKind, PrivateText, PublicText } from '#domain'
import type { TextLimit } from '#lib'
import type { PrivateMatters } from './checks/private-matters.ts'

/** Something the gate objects to. An absolute finding cannot be overridden by an agent. */
export type GateFinding = {
  readonly rule: string
  readonly because: string
  readonly start: number
  readonly end: number
  readonly absolute: boolean
}

/** Something known of a customer. `lookedUp`: a service told us, so that nobody but the customer and us knows. */
export type Known = { readonly name: string; readonly value: string; readonly lookedUp?: boolean }

/** How much of each kind may be offered in one case, and of which kinds the bot may offer by itself. */
export type Promises = { readonly [kind in OfferKind]?: { readonly most: number; readonly currency?: string } } & {
  readonly 'by-bot'?: readonly OfferKind[]
}

/** What the gate needs to know beside the draft. */
export type GateContext = {
  readonly channel?: ChannelName
  readonly law?: TextLimit
  /** What is known of this customer from forms, look-ups and messages. Never said in public. */
  readonly known: readonly Known[]
  /** What the customer has said in public: harmless things in it may be answered there. */
  readonly heard?: readonly string[]
  /** What other people wrote in the thread. */
  readonly others?: readonly string[]
  /** Stretches of the draft that are private data of other customers, as `mayTellOf` spells them. */
  readonly strangers?: readonly string[]
  /** Keys and passwords of this installation. */
  readonly keys?: readonly string[]
  /** Hosts that may be linked. */
  readonly links: readonly string[]
  /** The brand's own phone numbers and addresses; said freely. */
  readonly contacts: readonly string[]
  /** Words the brand does not use. */
  readonly avoid: readonly string[]
  /** Languages that the customer or the brand speaks, as ISO 639-1; absent: any will do. */
  readonly languages?: readonly string[]
  /** What may be promised; absent: nothing. */
  readonly promises?: Promises
  /** What the brand's policies keep out of public. */
  readonly privateMatters?: PrivateMatters
  /** Sentences of the brand's public texts, as `publishedIn` spells them. */
  readonly published?: ReadonlySet<string>
  /** What stands in a saved reply where nothing is known, as `[order number]`. Never sent. */
  readonly gaps?: readonly string[]
  /** What this case was offered before, on any channel. */
  readonly offered?: readonly Offer[]
  /** The day, as 2026-11-22. */
  readonly today?: string
  /** An agent's reason for sending despite findings that are not absolute. */
  readonly override?: string
}

export type GateVerdict =
  | {
      readonly verdict: 'pass'
      readonly audience: 'public'
      readonly text: PublicText
      readonly findings: readonly GateFinding[]
    }
  | {
      readonly verdict: 'pass'
      readonly audience: 'private'
      readonly text: PrivateText
      readonly findings: readonly GateFinding[]
    }
  | { readonly verdict: 'block'; readonly audience: Audience; readonly findings: readonly GateFinding[] }
