// The simulator: conversations in memory, examples tried, recorded turns replayed.
// Must not know HTTP, or send anything.
export { openSimulatedConversation, simulateInput } from './conversation.ts'
export { type ConversedTurn, converse, type SaidTurn } from './converse.ts'
export { titleOf, tryExample, unheardLines } from './run-example.ts'
export type { TurnOutcome } from './turn-outcome.ts'
export { type RecordedTurn, recordedTurn } from './turn-recording.schema.ts'
export { MOST_TURNS, openTurnRecordings, type TurnRecordings } from './turn-recordings.ts'
