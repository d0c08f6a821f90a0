// Caches what was computed from a text.

/** Units of text that are remembered, some megabytes. */
const MOST_UNITS = 2_000_000

/** `make`, which is run once for each text; what was not asked for the longest time is forgotten. */
export function cacheByText<Made>(make: (text: string) => Made, most: number = MOST_UNITS): (text: string) => Made {
  const cached = new Map<string, Made>()
  let units = 0
  return (text) => {
    const known = cached.get(text)
    if (known !== undefined) {
      cached.delete(text)
      cached.set(text, known)
      return known
    }
    const made = make(text)
    cached.set(text, made)
    units += text.length
    for (const [oldest] of cached) {
      if (units <= most || oldest === text) break
      cached.delete(oldest)
      units -= oldest.length
    }
    return made
  }
}
