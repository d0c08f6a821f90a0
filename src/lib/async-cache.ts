// Caches promises by key: the least recently used go when there are too many, and failures are not kept.
import { LRUCache } from 'lru-cache'

/**
 * Keeps at most `max` values, each made by the `context` of `forceFetch`; those not asked for longest go first. A value
 * that is being made is made once for all who ask, also where it is dropped meanwhile. What fails, or is undefined (then
 * ask with `fetch`), is not kept.
 */
export const openAsyncCache = <T extends object>(max: number): LRUCache<string, T, () => Promise<T | undefined>> =>
  new LRUCache({ max, fetchMethod: (_key, _stale, { context }) => context(), ignoreFetchAbort: true })
