// A reply suggested to an agent.
import type { Audience } from './channel.ts'

/** An article that an agent may answer with. */
export type Suggestion = {
  readonly article: string
  readonly title: string
  /** What the bot would say with it, fitted to the channel. */
  readonly text: string
  /** Who may read the text. */
  readonly audience: Audience
  /** How near it is, 0 to 1; the best one's is how sure it is. */
  readonly score: number
  /** Why it is suggested, for an agent: a part of a sentence. */
  readonly because: string
  /** The article is internal: customers are not told its words. */
  readonly agentsOnly?: true
}
