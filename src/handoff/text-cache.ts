// Caches what was computed from a text.
import { LRUCache } from 'lru-cache'

/** Units of text that are remembered, some megabytes. */
const MOST_UNITS = 2_000_000

/** `make`, which is run once for each text; what was not asked for the longest time is forgotten. */
export function cacheByText<Made extends {}>(make: (text: string) => Made): (text: string) => Made {
  const cached = new LRUCache<string, Made>({
    maxSize: MOST_UNITS,
    sizeCalculation: (_made, text) => Math.max(1, text.length),
    memoMethod: (text) => make(text),
  })
  return (text) => cached.memo(text)
}
