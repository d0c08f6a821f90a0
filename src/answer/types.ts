// Types of a question, its finding and its answer.
import type { Audience, ChannelName, Suggestion } from '#domain'
import type { TextLimit } from '#lib'
import type { MaskedValues } from '#privacy'

/** How likely each article is to answer, best first. */
export type Finding = {
  readonly ranking: readonly { readonly article: string; readonly score: number }[]
  /** How sure we are that the best article is right, 0 to 1; 0 when there is none. */
  readonly confidence: number
  /** What found it: `lexical`, or the name of a sentence model. */
  readonly by: string
  /** The question that was searched for, where the customer's words are half of it. */
  readonly whole?: string
  /** Where the turn asks several things: each with the article that is nearest to it. The confidence is the least of theirs. */
  readonly parts?: readonly { readonly article: string; readonly asked: string }[]
  /** Things that were asked beside `parts`, of which no article is sure. */
  readonly unanswered?: readonly string[]
  /** The sentences of the best article that answer a follow-up question, in its words. */
  readonly excerpt?: string
  /** The best article was the sure answer to the question before, and says no more about a follow-up. */
  readonly isTold?: boolean
  /** What a language model chose to answer with, of the best article. */
  readonly selection?: Selection
  /** Why a language model sees no answer in the best article. */
  readonly veto?: string
  /** Values that a language model found, with the words of the message in which each stands. */
  readonly quotes?: readonly { readonly slot: string; readonly quote: string }[]
}

/** Passages of an article by their numbers from 1, courtesies around them, and in private a reply that joins them. */
export type Selection = {
  readonly article: string
  readonly passages: readonly number[]
  readonly opening?: string
  readonly closing?: string
  readonly reply?: string
  /** The values behind the tokens of the reply. */
  readonly masked?: MaskedValues
}

/** What we would say, in the words of our sources; or nothing. */
export type Answered =
  | {
      readonly outcome: 'answered'
      readonly article: string
      /** The others that it is made of, where several things were asked. */
      readonly further?: readonly string[]
      readonly text: string
      /** Where the customer can read more; an allowed link. */
      readonly source?: string
      /** The passages that the text is made of. */
      readonly passages: readonly string[]
      readonly confidence: number
      readonly engine: 'embedded' | 'model'
    }
  | { readonly outcome: 'abstained'; readonly because: string; readonly confidence: number }

export type Question = {
  readonly text: string
  /** The words as they were said, where `text` leaves values or a correction out. */
  readonly said?: string
  readonly audience: Audience
  readonly channel?: ChannelName
  readonly law?: TextLimit
  readonly history?: readonly { readonly authorKind: string; readonly text: string }[]
  /** A part of what was asked, which the embedded engine reads alone. */
  readonly isPart?: boolean
  /** For an agent's eyes: internal articles take part too. */
  readonly forAgent?: boolean
  /** Asked to see how sure we may be: without this article, with words alone, or as if no article listed the question. */
  readonly trial?: { readonly without?: string; readonly lexicalOnly?: boolean; readonly leaveOut?: boolean }
}

/** Two engines stand behind this: the article's own words, and a language model that only quotes them. */
export type Answer = {
  /** Ranks every article that this audience may be told. */
  find(question: Question): Promise<Finding>
  /** Says the best article's answer if the finding is sure enough for the audience, else abstains. */
  compose(question: Question, finding: Finding): Promise<Answered>
  /** The best articles that are sure enough to be drafts of an agent's, at most three, best first. Asks no language model. */
  suggest(question: Question, finding: Finding): Promise<readonly Suggestion[]>
}
