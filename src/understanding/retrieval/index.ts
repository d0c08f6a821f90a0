// Finds sentences: the search engine over terms and vectors, and the sentence encoder.
// Must not know articles, customers or Redis.
export { BUILT, openDiskCache } from './disk-cache.ts'
export type { SentenceVectors } from './embedding/embedder.ts'
export type { Embed, Index, SearchDocument } from './index-search.ts'
export { negates } from './negation.ts'
export { openSearchEngine, type SearchEngine, searchEngineOver } from './search-engine.ts'
export { words } from './tokenize.ts'
