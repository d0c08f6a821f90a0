// Caches answers of services and models, so that a shadow version asks nothing a second time.
import { LRUCache } from 'lru-cache'

/** Something outside would have to be asked anew. */
export class NotCached extends Error {
  override name = 'NotHeard'
}

export type ResponseCache = {
  /** Remembers an answer on its way. */
  keep<T>(question: string, answer: Promise<T>): Promise<T>
  /** The answer that was given to the same question; rejects with `NotHeard` when it was not asked. */
  recall<T>(question: string): Promise<T>
}

/** Answers of some hundred turns; held in memory only, for they are about customers. */
const MOST = 500

export function openResponseCache(): ResponseCache {
  const answers = new LRUCache<string, Promise<unknown>>({ max: MOST })
  return {
    keep(question, answer) {
      answers.set(question, answer)
      return answer
    },
    recall: async <T>(question: string) => {
      const answer = answers.get(question)
      if (!answer) throw new NotCached('this was not asked')
      return answer as Promise<T>
    },
  }
}
