// Reads messages: language, sentiment, signals; searches sentences; calls language models.
// Must not know cases, policies or Redis.
export { detectLanguage } from './nlu/language.ts'
export { nudgeOf } from './nlu/nudge.ts'
export { moodOf } from './nlu/sentiment.ts'
export { optsOut } from './nlu/signals/signals.ts'
export type { Understand } from './nlu/types.ts'
export { mentions, scoreUnaddressed } from './nlu/unaddressed.ts'
