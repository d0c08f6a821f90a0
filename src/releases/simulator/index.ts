// Simulated conversations: examples tried, recorded turns replayed.
// Must not know Redis, or send anything.
export { openTalk, sceneOf } from './conversation.ts'
export { titleOf, tryExample } from './run-example.ts'
export type { Ending } from './turn-outcome.ts'
export { type RecordedTurn, recordedTurn } from './turn-recording.schema.ts'
export { MOST_TURNS, openRecorded, type Recorded } from './turn-recordings.ts'
