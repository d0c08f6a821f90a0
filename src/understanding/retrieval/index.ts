// Finds sentences: the search engine over terms and vectors, and the sentence encoder.
// Must not know articles, customers or Redis.
export { openKeep } from './disk-cache.ts'
export type { Embed, Unit } from './index-search.ts'
export { negates } from './negation.ts'
export { type Finder, finderOver, openFinder } from './search-engine.ts'
export { words } from './tokenize.ts'
