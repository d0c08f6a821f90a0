// What is read of a message: signals, complaint, mood, intent.
import type { PrivateSpan } from '#privacy'
import type { Act, ActReading } from './dialogue-act.ts'

/** What may be heard in a turn beside its question; each may be spoken of by a policy. */
export const SIGNALS = [
  'greeting',
  'thanks',
  'praise',
  'question',
  'sarcasm',
  'legal-threat',
  'self-harm',
  'medical',
  'safety',
  'press',
  'abuse',
  'threat',
  'spam',
  'competitor',
  'injection',
  'minor',
  'fraud',
  'account-takeover',
  'data-request',
  'discrimination',
  'chargeback',
  'compensation',
  'repeat-contact',
  'opt-out',
  'agreement',
  'refusal',
  'chatter',
  'side-talk',
  'account-specific',
  'not-wanted',
  'values-only',
  'farewell',
  'happened',
  'doubt',
] as const
export type Signal = (typeof SIGNALS)[number]

/**
 * Signals that mean something else in each trade: an owner may teach them by examples. The others are how people talk, or
 * decide what is hidden and who is left alone; nobody but the engine says when they are heard.
 */
export const TEACHABLE = [
  'legal-threat',
  'medical',
  'safety',
  'press',
  'fraud',
  'account-takeover',
  'data-request',
  'discrimination',
  'chargeback',
  'compensation',
  'repeat-contact',
] as const satisfies readonly Signal[]

export const isSignal = (name: string): name is Signal => SIGNALS.some((signal) => signal === name)

/** Why somebody who speaks of us without addressing us is left alone. */
export const LEAVE_ALONE = [
  'not-about-us',
  'conversation',
  'quote',
  'news',
  'job',
  'spam',
  'competitor',
  'sarcasm',
  'joke',
  'praise',
  'no-need',
] as const
export type LeaveAlone = (typeof LEAVE_ALONE)[number]

export const COMPLAINTS = ['none', 'rant', 'minor', 'major'] as const
export type Complaint = (typeof COMPLAINTS)[number]

export const MOODS = ['negative', 'neutral', 'positive'] as const
export type Mood = (typeof MOODS)[number]

/** Whether what a message is about is wanted, is not, has happened already, or is only asked about. */
export const POLARITIES = ['wanted', 'not-wanted', 'happened', 'asked'] as const
export type Polarity = (typeof POLARITIES)[number]

/** What the turn says, with confidences from 0 to 1. */
export type Understanding = {
  /** A dialog's id, or `none`. */
  readonly intent: string
  readonly intentConfidence: number
  readonly topic: string
  readonly complaint: Complaint
  /** From -1 (furious) to 1 (delighted). */
  readonly sentiment: number
  readonly urgency: number
  /** ISO 639-1, or `und`. */
  readonly language: string
  /** Those of SIGNALS in their order, then the names that the brand's policies teach. */
  readonly signals: readonly string[]
  readonly privateData: readonly PrivateSpan[]
  /** The choice of the open question that the words come clearly nearest to. */
  readonly nearestChoice?: string
  /** They say that they want no person; absent in records of an earlier version. */
  readonly declinesHuman?: true
  readonly wantsHuman: boolean
  /** What they do with the open question; absent in older records, and where nothing is learnt to read it. */
  readonly act?: ActReading
  /** `asked`: what it is about is only asked about; absent where that is not so. */
  readonly polarity?: Polarity
  /** What they do, as a language model reads it; absent without one. */
  readonly modelAct?: Act
}
