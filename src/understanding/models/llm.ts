// An OpenAI-compatible language model behind LangChain: typed answers only, within a deadline.
// Whoever asks masks private data first.
import type { z } from 'zod'
import { openCircuitBreaker } from './circuit-breaker.ts'
import { reasonOf } from './error-kind.ts'
import { countingFetch, failedAttempt, type Tokens } from './llm-fetch.ts'

export type ModelSettings = {
  readonly apiKey: string
  readonly baseUrl?: string
  readonly model: string
  readonly log: { warn(about: object, message: string): void }
  /** How long one question may take, retry included; a turn asks two. */
  readonly timeoutMs?: number
  readonly now?: () => number
  readonly account?: TokenBudget
}

export type ModelCallOutcome = 'answered' | 'unusable' | 'resting' | 'over-limit'

/** Who keeps count of what a model costs. */
export type TokenBudget = {
  /** Whether today's limit is not reached. */
  mayAsk(): Promise<boolean>
  /** What came of a question. */
  asked(question: string, fate: ModelCallOutcome): void
  /** What one call cost, whatever came of it. */
  used(tokens: Tokens): void
}

export const FREE: TokenBudget = { mayAsk: async () => true, asked() {}, used() {} }

export type LanguageModel = {
  /** `data` is given as JSON: words of customers stay inside a string. Undefined when there is no usable answer. */
  ask<T extends Record<string, unknown>>(question: {
    readonly name: string
    readonly schema: z.ZodType<T>
    readonly task: string
    readonly data: object
  }): Promise<T | undefined>
}

const TIMEOUT_MS = 4000
const FAILURES = 3
const REST_MS = 30_000
/** These refuse a temperature. */
const REASONING = /^(?:o\d|gpt-5)/

export async function openLanguageModel(settings: ModelSettings): Promise<LanguageModel> {
  const { apiKey, baseUrl, model, log, timeoutMs = TIMEOUT_MS, now = Date.now, account = FREE } = settings
  // Loading LangChain costs 140 MB and most of a second: only those who use it pay.
  const { HumanMessage, initChatModel, SystemMessage } = await import('langchain')
  const chat = await initChatModel(model, {
    modelProvider: 'openai',
    apiKey,
    maxRetries: 1,
    timeout: timeoutMs,
    ...(REASONING.test(model) ? {} : { temperature: 0 }),
    onFailedAttempt: failedAttempt,
    configuration: { fetch: countingFetch(account.used), ...(baseUrl ? { baseURL: baseUrl } : {}) },
  })
  const breaker = openCircuitBreaker(FAILURES, REST_MS, now)

  return {
    async ask({ name, schema, task, data }) {
      const leave = (fate: ModelCallOutcome) => {
        account.asked(name, fate)
        return undefined
      }
      if (!(await account.mayAsk())) return leave('over-limit')
      if (!breaker.allows()) return leave('resting')
      try {
        const typed = chat.withStructuredOutput(schema, { name, method: 'jsonSchema', strict: true })
        const messages = [new SystemMessage(task), new HumanMessage(JSON.stringify(data))]
        // The client's own timeout is per attempt; this one bounds them together.
        const answer = schema.parse(await typed.invoke(messages, { signal: AbortSignal.timeout(timeoutMs) }))
        breaker.succeeded()
        account.asked(name, 'answered')
        return answer
      } catch (error) {
        breaker.failed()
        log.warn({ model, question: name, reason: reasonOf(error) }, 'the language model gave no usable answer')
        return leave('unusable')
      }
    },
  }
}
