import type { Audience, ChannelName, PrivateText, PublicText, TextLaw } from '#conversation'

/** Something the gate objects to. An absolute finding cannot be overridden by an agent. */
export type GateFinding = {
  readonly rule: string
  readonly because: string
  readonly start: number
  readonly end: number
  readonly absolute: boolean
}

/** What the gate needs to know beside the draft. */
export type GateContext = {
  readonly channel?: ChannelName
  readonly law?: TextLaw
  /** Private values known of this customer from forms, lookups, private messages. Never said in public. */
  readonly known: readonly { readonly name: string; readonly value: string }[]
  /** Hosts that may be linked. */
  readonly links: readonly string[]
  /** The brand's own phone numbers and addresses; said freely. */
  readonly contacts: readonly string[]
  /** Words the brand does not use. */
  readonly avoid: readonly string[]
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
