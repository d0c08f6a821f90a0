// Calls a model's server: counts tokens, and retries only what may succeed.

/** Tokens as the server counts them. */
export type Tokens = { readonly input: number; readonly output: number }

/** A `fetch` that tells of the tokens in each answer, used or not. */
export function countingFetch(used: (tokens: Tokens) => void): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    if (response.ok) countTokens(response.clone(), used)
    return response
  }
}

async function countTokens(response: Response, used: (tokens: Tokens) => void): Promise<void> {
  // Whoever asked learns of an answer that cannot be read.
  const { usage } = ((await response.json().catch(() => null)) ?? {}) as Answer
  if (usage) used({ input: usage.prompt_tokens ?? 0, output: usage.completion_tokens ?? 0 })
}

type Answer = { readonly usage?: { readonly prompt_tokens?: number; readonly completion_tokens?: number } }

/** Throws what another try would only repeat: a refusal, or an answer of the wrong form, which has been paid for. */
export function failedAttempt(error: unknown): void {
  const { name, status } = error as { name?: string; status?: number }
  const isRefusal = status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429
  if (isRefusal || /^(?:SyntaxError|\$?ZodError|AbortError|TimeoutError)$/.test(name ?? '')) throw error
}
