// An inverted index of sparse vectors: which samples have a term, and with what weight.

/** Buckets and their weights, side by side. */
export type Terms = { readonly buckets: Uint16Array; readonly weights: Float32Array }

export type PostingLists = {
  /** Where the list of each bucket begins; the last place is their end. */
  readonly starts: Uint32Array
  /** List by list, in ascending order. */
  readonly lines: Uint32Array
  readonly weights: Float32Array
}

export function listPostings(samples: readonly Terms[]): PostingLists {
  const buckets = 1 + samples.reduce((most, { buckets: own }) => own.reduce((max, one) => Math.max(max, one), most), 0)
  const starts = new Uint32Array(buckets + 1)
  for (const { buckets: own } of samples) for (const bucket of own) starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1
  for (let bucket = 0; bucket < buckets; bucket++)
    starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0)
  const places = starts.slice()
  const lines = new Uint32Array(starts[buckets] ?? 0)
  const weights = new Float32Array(lines.length)
  for (const [line, { buckets: own, weights: theirs }] of samples.entries())
    for (let i = 0; i < own.length; i++) {
      const at = places[own[i] as number] as number
      places[own[i] as number] = at + 1
      lines[at] = line
      weights[at] = theirs[i] as number
    }
  return { starts, lines, weights }
}

/** Adds the product of each sample with these terms to what is there. */
export function addProducts(
  products: Float64Array,
  { starts, lines, weights }: PostingLists,
  { buckets: own, weights: theirs }: Terms,
): void {
  const buckets = starts.length - 1
  for (let i = 0; i < own.length; i++) {
    const weight = theirs[i] as number
    if ((own[i] as number) >= buckets) continue
    const end = starts[(own[i] as number) + 1] as number
    for (let at = starts[own[i] as number] as number; at < end; at++) {
      const line = lines[at] as number
      // Lines are in order; later ones were not asked for.
      if (line >= products.length) break
      products[line] = (products[line] as number) + weight * (weights[at] as number)
    }
  }
}
