import { describe, expect, test } from '@jest/globals'
import { openAsyncCache } from '#lib'

type Made = { readonly by: string }

/** A value that is made when the test says so. */
function pending() {
  const { promise, resolve, reject } = Promise.withResolvers<Made>()
  return { context: () => promise, resolve: (by: string) => resolve({ by }), reject }
}

const at = (by: string) => ({ context: async () => ({ by }) })
const never = { context: () => Promise.reject(new Error('made a second time')) }

describe('a cache of values that take time', () => {
  test('makes a value once for all who ask while it is made, and for those who ask later', async () => {
    const cache = openAsyncCache<Made>(2)
    const first = pending()
    const asked = [cache.forceFetch('a', first), cache.forceFetch('a', never)]
    first.resolve('the first')
    expect(await Promise.all(asked)).toEqual([{ by: 'the first' }, { by: 'the first' }])
    expect(await cache.forceFetch('a', never)).toEqual({ by: 'the first' })
  })

  test('drops what was not asked for longest', async () => {
    const cache = openAsyncCache<Made>(2)
    for (const key of ['a', 'b', 'a', 'c']) await cache.forceFetch(key, at('first'))
    expect(await cache.forceFetch('a', never)).toEqual({ by: 'first' })
    expect(await cache.forceFetch('b', at('again'))).toEqual({ by: 'again' })
  })

  test('gives a value to those who wait for it, though others took its place meanwhile', async () => {
    const cache = openAsyncCache<Made>(1)
    const slow = pending()
    const asked = cache.forceFetch('slow', slow)
    expect(await cache.forceFetch('other', at('other'))).toEqual({ by: 'other' })
    slow.resolve('the slow one')
    expect(await asked).toEqual({ by: 'the slow one' })
    expect(await cache.forceFetch('slow', at('again'))).toEqual({ by: 'again' })
  })

  test('rejects for all who wait, also where it was dropped, and does not keep the failure', async () => {
    const cache = openAsyncCache<Made>(1)
    const failing = pending()
    const asked = [cache.forceFetch('a', failing), cache.forceFetch('a', failing)]
    const dropped = pending()
    const other = cache.forceFetch('b', dropped)
    await cache.forceFetch('c', at('c'))
    failing.reject(new Error('no model'))
    dropped.reject(new Error('no disk'))
    const outcomes = await Promise.allSettled([...asked, other])
    expect(outcomes.map((one) => one.status === 'rejected' && (one.reason as Error).message)).toEqual([
      'no model',
      'no model',
      'no disk',
    ])
    expect(await cache.forceFetch('a', at('again'))).toEqual({ by: 'again' })
  })
})
