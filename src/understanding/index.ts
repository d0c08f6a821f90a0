// Understanding: language, intent, sentiment, signals and complaints of a message.
// `/nlu` reads messages, `/retrieval` searches sentences, `/models` calls language models.
// Must not know cases, policies or Redis.
export { withoutCorrection } from './nlu/correction.ts'
export { asksInstead } from './nlu/denied-wish.ts'
export { detectLanguage } from './nlu/language.ts'
export { valueMask } from './nlu/mask-values.ts'
export { nudgeOf } from './nlu/nudge.ts'
export { moodOf } from './nlu/sentiment.ts'
export { withoutDeclined } from './nlu/signals/declines-human.ts'
export { optsOut } from './nlu/signals/signals.ts'
export type { HeardSignal, Understand, UnderstandInput } from './nlu/types.ts'
export { mentions, scoreUnaddressed } from './nlu/unaddressed.ts'
