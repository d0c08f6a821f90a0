// Finds which of a question's choices a message comes nearest to, by sentence vectors.
import type { SearchEngine } from '../retrieval/search-engine.ts'

/** As near as this to one choice, and this much nearer than to any other; below it the question is asked again. */
const NEAR = 0.37
const NEARER = 0.1

/** The choice that is clearly the nearest; undefined where none is, and without the sentence model. */
export async function nearestChoice(
  finder: SearchEngine,
  text: string,
  choices: Readonly<Record<string, readonly string[]>>,
): Promise<string | undefined> {
  const lines = Object.entries(choices).flatMap(([value, words]) =>
    [value, ...words].filter((word) => /\p{L}{2}/u.test(word)).map((line) => ({ value, line })),
  )
  const [known, asked] = await Promise.all([finder.lines(lines.map(({ line }) => line)), finder.question([text])])
  const said = asked?.[0]?.last
  if (!known || !said || said.length === 0) return undefined
  const best = new Map<string, number>()
  lines.forEach(({ value }, at) => {
    const near = likeness(said, known[at]?.last ?? said.subarray(0, 0))
    best.set(value, Math.max(near, best.get(value) ?? -1))
  })
  const [first, second] = [...best].sort(([, one], [, other]) => other - one)
  return first && first[1] >= NEAR && first[1] - (second?.[1] ?? 0) >= NEARER ? first[0] : undefined
}

/** The cosine of two vectors of length 1. */
function likeness(one: Float32Array, other: Float32Array): number {
  return other.reduce((sum, value, at) => sum + value * (one[at] ?? 0), 0)
}
