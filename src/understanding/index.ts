export { openUnderstanding } from './embedded.ts'
export { type Finder, finderOver, openFinder } from './finder.ts'
export { openKeep } from './keep.ts'
export { detectLanguage } from './language.ts'
export {
  type LanguageModel,
  type ModelAccount,
  type ModelFate,
  type ModelSettings,
  openLanguageModel,
} from './language-model.ts'
export type { Tokens } from './model-calls.ts'
export { understandWithModel } from './model-understanding.ts'
export { moodOf } from './mood.ts'
export { negates } from './negation.ts'
export { nudgeOf } from './nudge.ts'
export type { Embed, Unit } from './search.ts'
export { optsOut } from './signals.ts'
export { type Labelled, MESSAGES, type Moods, readLabelled } from './taught.ts'
export { words } from './terms.ts'
export type { Heard, Understand } from './understanding.ts'
export { mentions, weighUndirected } from './undirected.ts'
