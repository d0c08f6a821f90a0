// Memoises promises by key; the oldest go when there are too many, and failures are not kept.
/** The value under `key`, made once; the oldest go when there are more than `most`, and so does what failed. */
export async function memoize<T>(
  kept: Map<string, Promise<T>>,
  most: number,
  key: string,
  make: () => Promise<T>,
): Promise<T> {
  const known = kept.get(key)
  if (known) kept.delete(key)
  const value = known ?? make()
  kept.set(key, value)
  for (const oldest of [...kept.keys()].slice(0, -most)) kept.delete(oldest)
  try {
    return await value
  } catch (error) {
    kept.delete(key)
    throw error
  }
}
