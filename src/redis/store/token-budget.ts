// The token budget of the language model: counts tokens for /metrics and against a daily limit of all processes.
import type { Logger } from 'pino'
import type { TokenBudget } from '#understanding/models'
import type { Redis } from '../clients.ts'
import { KEYS } from './keys.ts'

const KEPT_SECONDS = 2 * 86_400

/** The key of a day, in UTC, under which the tokens of all processes add up. */
export const tokensKey = (now: number) => KEYS.limit.modelTokens(new Date(now).toISOString().slice(0, 10))

/** `dailyTokens`: absent, there is no limit. A limit that cannot be read stops nothing: it guards money, not customers. */
export function openTokenBudget(options: {
  redis: Redis
  figures: { readonly modelAsked: TokenBudget['asked']; readonly modelUsed: TokenBudget['used'] }
  dailyTokens?: number | undefined
  log: Pick<Logger, 'warn'>
  now: () => number
}): TokenBudget {
  const { redis, figures, dailyTokens, log, now } = options
  return {
    async mayAsk() {
      if (dailyTokens === undefined) return true
      const used = await redis.get(tokensKey(now())).catch(() => null)
      return Number(used ?? 0) < dailyTokens
    },
    asked: figures.modelAsked,
    used(tokens) {
      figures.modelUsed(tokens)
      const spent = tokens.input + tokens.output
      if (dailyTokens === undefined || spent === 0) return
      const key = tokensKey(now())
      const adding = redis.multi().incrBy(key, spent).expire(key, KEPT_SECONDS).exec()
      adding.then(
        ([used]) => {
          const before = Number(used) - spent
          if (before < dailyTokens && Number(used) >= dailyTokens)
            log.warn(
              { dailyTokens },
              'the language model has used up its tokens of today; answering continues without it',
            )
        },
        (error: Error) => log.warn({ reason: error.message }, 'tokens of the language model could not be counted'),
      )
    },
  }
}
