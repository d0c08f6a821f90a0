import type { Audience, DeskEvent, Label, Refusal, TicketState, TrainingExample } from '#domain'
import type { GateFinding } from '#gate'
import type { PrivateType } from '#privacy'
import type { Ticket, TicketSummary } from './ticket-view.ts'

/** A person at the console. */
export type Agent = {
  readonly email: string
  readonly name: string
  /** May release, resolve and return what others hold. */
  readonly lead?: boolean
}

/** When the customer is asked whether all is well, and in which words; null: not at all; absent: as the brand does. */
export type FollowUp = { readonly at: number; readonly text?: string } | null

/** Proposes a wording, and says in which draft, and as what: the article's title, or the kind in words. Twice is once. */
export type ProposeExample = (
  asked: TrainingExample & { wording: string; ticket: string; by: string },
) => Promise<
  | { readonly draft: string; readonly what: string }
  | { readonly refused: 'not-found' | 'conflict' | 'invalid'; readonly because: string }
>

/** For how long an agent may take back that a ticket is resolved, before the bot speaks again. */
export const UNDO_MS = 10_000

/** Owner of a case in which somebody answers in the network's own inbox. */
export const NETWORK_INBOX = 'the network’s own inbox'

type CaseTrace = {
  readonly id: string
  readonly events: readonly Readonly<Record<string, unknown>>[]
  /** What is masked wherever it stands in the events. */
  readonly private: readonly { readonly type: PrivateType; readonly value: string }[]
}

/** The desk where people take over; the console's API is this, over HTTP. */
export type AgentDesk = {
  /**
   * Waiting and claimed by priority, then age; resolved newest first. A page of `limit`, at most 200; `next` is the `cursor`
   * of the page after it, absent where there is none.
   */
  list(query: {
    state?: TicketState
    team?: string
    owner?: string
    cursor?: string
    limit?: number
  }): Promise<{ readonly tickets: readonly TicketSummary[]; readonly next?: string }>
  /** How many tickets each list has, for this agent. */
  counts(agent: Agent): Promise<Readonly<Record<TicketState | 'mine', number>>>
  /** The messages that come before the place `before` in all of a ticket's, a page of them; see `Ticket.earlier`. */
  messages(id: string, before: number): Promise<Pick<Ticket, 'conversations' | 'earlier'> | Refusal>
  /** Notes that the agent who holds it has read what the customer wrote. */
  seen(id: string, agent: Agent): Promise<Ticket | Refusal>
  read(id: string): Promise<Ticket | Refusal>
  claim(id: string, agent: Agent): Promise<Ticket | Refusal>
  /** Releases whatever `email` holds. */
  releaseAll(email: string, by: Agent): Promise<void>
  release(id: string, agent: Agent): Promise<Ticket | Refusal>
  /** What the customer writes within `UNDO_MS` is answered after it, so that the agent can take the step back. */
  resolve(id: string, agent: Agent, more?: { followUp?: FollowUp; note?: string }): Promise<Ticket | Refusal>
  /** Makes a resolved ticket the agent's again; within `UNDO_MS`, of whoever held it before this agent resolved it. */
  reopen(id: string, agent: Agent): Promise<Ticket | Refusal>
  /** Gives the case back to the bot, which is told what was promised. */
  return(
    id: string,
    agent: Agent,
    back: { note?: string; promises?: string; followUp?: FollowUp },
  ): Promise<Ticket | Refusal>
  /** Sends through the gate; `invite`: in public, with the network's way to write privately. `findings` are what it objects to, when it refuses. */
  reply(
    id: string,
    agent: Agent,
    reply: { text: string; audience: Audience; override?: string; invite?: boolean },
  ): Promise<Ticket | (Refusal & { findings?: readonly GateFinding[] })>
  note(id: string, agent: Agent, text: string): Promise<Ticket | Refusal>
  /** Records that the agent has the private data of these messages shown; absent: of the whole ticket. */
  show(id: string, agent: Agent, messages?: readonly string[]): Promise<Ticket | Refusal>
  /**
   * Proposes the customer's wording for an article, or as a message of a kind, in a draft that somebody else approves.
   * `conflict` where another article lists it, or it is said to be of another kind; `invalid` where there is no wording.
   * `answer`: the bot's message that answered something else from this article; what it was asked is then proposed as
   * what the article does not answer.
   */
  learn(
    id: string,
    agent: Agent,
    as: { article: string; answer?: string } | { label: Label },
  ): Promise<Ticket | Refusal>
  /** The full trace of a case: messages, decisions with reasons and version, gate verdicts, effects and their state. */
  trace(caseId: string): Promise<CaseTrace | Refusal>
  /** Calls back for every event, of any process, until the returned function is called. */
  listen(listener: (event: DeskEvent) => void): () => void
}
