// Types of a ticket as agents see it.
import type {
  Audience,
  ChannelName,
  Label,
  Message,
  Priority,
  Reason,
  Suggestion,
  TicketOutcome,
  TicketState,
} from '#domain'
import type { PrivateSpan } from '#privacy'
import type { ExpertState } from './expert-state.ts'

/** What of a text beside it is masked until somebody has it shown. */
type Masked = readonly PrivateSpan[]

/** Everything an agent needs so that the customer repeats nothing. */
export type Brief = {
  /** One sentence in the customer's own words. */
  readonly wants: string
  readonly facts: readonly {
    readonly name: string
    readonly value: string
    readonly messageId?: string
    readonly private?: Masked
  }[]
  /** What the bot did before it stopped, one sentence each. */
  readonly tried: readonly string[]
  readonly mood: string
  /** What is still to be done, one sentence. */
  readonly open: string
  /** The best suggestion's text, of those that may be sent. */
  readonly suggestedReply?: string
  /** At most three, best first. */
  readonly suggestions: readonly (Suggestion & {
    /** In which draft the customer's wording was proposed for the article, and by whom. */
    readonly proposed?: { readonly by: string; readonly draft: string }
    readonly private?: Masked
  })[]
  /** What the customer asked, as an article may list it: one line, private data masked. */
  readonly wording?: string
  /** What the bot took these words for. */
  readonly heard?: Required<Label>
  /** What kind of message somebody says they are, and in which draft that waits. */
  readonly labelled?: Label & { readonly by: string; readonly draft: string }
  readonly private?: { readonly wants: Masked; readonly suggestedReply: Masked }
}

/** A case that a person must take, as the contract's JSON has it. Times are ISO 8601. */
export type Ticket = {
  readonly id: string
  readonly caseId: string
  readonly state: TicketState
  readonly team: string
  readonly skills: readonly string[]
  /** How it ended. */
  readonly outcome?: TicketOutcome
  readonly contactReason?: string
  /** While none is chosen: the one that fits what the turns were about. */
  readonly suggestedReason?: string
  /** The resolved ticket that the customer came back about soon after. */
  readonly follows?: string
  /** The ticket that this one is merged into, where it goes on. */
  readonly mergedInto?: string
  /** The tickets that are merged into this one, in the order in which they were. */
  readonly parts?: readonly {
    readonly id: string
    /** Resolved with this one, or still to be answered here. */
    readonly state: TicketState
    readonly customer: Ticket['customer']
    readonly by: string
    readonly at: string
    readonly sides: Ticket['sides']
  }[]
  readonly priority: Priority
  readonly openedAt: string
  readonly dueAt: string
  /** When an agent last answered, while the customer has written nothing since: nothing is due then. */
  readonly answeredAt?: string
  /** Put aside, until a time or, without one, until the customer writes. */
  readonly snoozed?: { readonly until?: string; readonly by: string }
  readonly tags: readonly string[]
  /** What the customer writes in, ISO 639-1. */
  readonly language?: string
  readonly customer: {
    readonly id: string
    readonly name: string
    readonly handle: string
    readonly channel: ChannelName
    readonly reach: number
  }
  /** Experts outside who were asked by a link, oldest first. */
  readonly experts?: readonly {
    readonly id: string
    readonly name: string
    readonly question: string
    /** How many messages they may read. */
    readonly messages: number
    readonly by: string
    readonly at: string
    readonly until: string
    readonly state: ExpertState
  }[]
  readonly reasons: readonly Reason[]
  readonly brief: Brief
  /** Whether something can be written to each side; `closed`: why not. */
  readonly sides: Readonly<Record<Audience, { readonly open: boolean; readonly closed?: string }>>
  readonly conversations: readonly {
    readonly id: string
    readonly channel: ChannelName
    readonly audience: Audience
    /** Of which of `parts` it is; absent: of the ticket's own customer. */
    readonly part?: string
    /** False where nothing can be written there, with the reason in `closed`. */
    readonly open: boolean
    readonly closed?: string
    readonly messages: readonly (Pick<Message, 'id' | 'author' | 'authorKind' | 'text' | 'at' | 'attachmentKinds'> & {
      /** How a message of ours fared: `sending`, `sent`, `refused`, `in-doubt`, `suppressed`. */
      readonly delivery?: string
      readonly sources?: readonly string[]
      /** What the bot was asked, as an article may list it; private data masked. */
      readonly asked?: string
      /** Of the sources, those that answered something else, and in which draft the wording is proposed as such. */
      readonly wrong?: readonly { readonly article: string; readonly by: string; readonly draft: string }[]
      /** Its author changed it, and what it said before, while that is kept. */
      readonly edited?: boolean
      readonly before?: string
      /** How many characters it had before it was cut. */
      readonly cutFrom?: number
      /** Where it stands on the network: what others wrote in public. */
      readonly link?: string
      readonly private?: Masked
      readonly privateBefore?: Masked
    })[]
  }[]
  /** How many messages are older than those; the page before them ends there. */
  readonly earlier: number
  /** Customer messages since the agent who holds it last looked. */
  readonly unread: number
  readonly notes: readonly { readonly by: string; readonly text: string; readonly at: string }[]
  readonly history: readonly {
    readonly at: string
    readonly what: string
    readonly by?: string
    readonly detail?: string
  }[]
  /** What people promised when they gave the case back. */
  readonly promises: readonly { readonly by: string; readonly text: string; readonly at: string }[]
  /** The customer's earlier tickets, newest first. */
  readonly past: readonly {
    readonly id: string
    readonly team: string
    readonly wants: string
    readonly private?: Masked
    readonly outcome?: TicketOutcome
    readonly openedAt: string
    readonly closedAt?: string
  }[]
  /** They told of danger in which somebody may need help at once. */
  readonly danger?: true
  /** They want nothing from us that they did not ask for. */
  readonly optedOut?: true
  /** E-mail of the agent who holds it. */
  readonly owner?: string
  readonly epoch: number
  /** Content version that decided. */
  readonly version: string
}

/** One line of the queue. Private data is not in `wants`: `private` says where it was and of which kind. */
export type TicketSummary = Pick<
  Ticket,
  | 'id'
  | 'state'
  | 'team'
  | 'priority'
  | 'openedAt'
  | 'dueAt'
  | 'answeredAt'
  | 'snoozed'
  | 'tags'
  | 'language'
  | 'customer'
  | 'owner'
  | 'unread'
> & {
  readonly wants: string
  readonly because: string
  readonly mood: string
  readonly private?: Masked
}
