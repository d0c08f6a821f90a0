// Hashed word and character n-grams of a message: a sparse vector beside the sentence vectors.

/** Feature hashing (Weinberger et al., 2009): how many places there are. */
export const BUCKETS = 2 ** 15

/** What each kind of n-gram counts for, beside a word. */
const KINDS = { word: 1, pair: 0.8, triple: 0.6, place: 0.8, denied: 0.8, piece: 0.4, mark: 1 }
/** How many words a negation reaches. */
const REACH = 4
const NEGATION =
  /^(?:not|no|never|nothing|nobody|none|without|dont|didnt|doesnt|wont|isnt|wasnt|arent|werent|havent|hasnt|hadnt|cant|couldnt|wouldnt|neednt|aint)$/
const TOKEN = /[\p{L}\p{N}]+|\p{Extended_Pictographic}|[!?"“”]/gu
/** Characters and words that are read. */
const LONGEST = 1000
const LONGEST_WORD = 24

/** Bucket by bucket, what is in a text, before it is known how rare each is. */
export function ngramsOf(text: string): Map<number, number> {
  const counts = new Map<number, number>()
  const count = (kind: keyof typeof KINDS, gram: string) => {
    const bucket = hash(`${kind} ${gram}`)
    counts.set(bucket, (counts.get(bucket) ?? 0) + KINDS[kind])
  }
  const plain = text.slice(0, LONGEST).toLowerCase().replace(/['’]/g, '').replace(/\d/g, '0')
  const tokens = plain.match(TOKEN) ?? []
  const words = tokens.filter((token) => /[\p{L}\p{N}]/u.test(token))
  let denied = 0
  for (const [i, word] of words.entries()) {
    const [before, earlier] = [words[i - 1], words[i - 2]]
    count('word', word)
    if (before) count('pair', `${before} ${word}`)
    if (before && earlier) count('triple', `${earlier} ${before} ${word}`)
    if (denied-- > 0) count('denied', word)
    if (NEGATION.test(word)) denied = REACH
    const padded = `<${word.slice(0, LONGEST_WORD)}>`
    for (let size = 3; size <= 5; size++)
      for (let at = 0; at + size <= padded.length; at++) count('piece', padded.slice(at, at + size))
  }
  count('place', `first ${words.slice(0, 2).join(' ')}`)
  count('place', `last ${words.at(-1) ?? ''}`)
  for (const token of new Set(tokens)) if (!/[\p{L}\p{N}]/u.test(token)) count('mark', token)
  count('mark', `length ${Math.round(2 * Math.log2(1 + words.length))}`)
  return counts
}

/** FNV-1a of 32 bits (Fowler, Noll and Vo, 1991), folded to a bucket. */
function hash(gram: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < gram.length; i++) value = Math.imul(value ^ gram.charCodeAt(i), 0x01000193)
  return ((value >>> 15) ^ value) & (BUCKETS - 1)
}
