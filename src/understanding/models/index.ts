// Calls language models: requests, errors, circuit breaker.
// Must not know what is asked, or of whom.

export { type LanguageModel, type ModelAccount, type ModelFate, openLanguageModel } from './llm.ts'
export type { Tokens } from './llm-fetch.ts'
