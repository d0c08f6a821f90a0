// Calls language models: requests, errors, circuit breaker.
// Must not know what is asked, or of whom.

export { type LanguageModel, type ModelCallOutcome, openLanguageModel, type TokenBudget } from './llm.ts'
export type { Tokens } from './llm-fetch.ts'
