// A deletion index: finds the words that are one or two slips away from another (the idea of SymSpell, Garbe, 2012).

export type DeletionIndex = {
  readonly words: readonly string[]
  /** Numbers of words that may be so many slips away, each once; some of them are not. */
  near(word: string, slips: 1 | 2): readonly number[]
}

/** Letters that may be left out of a word; of a short one only one. */
const SHORT = 4
const mostOf = (word: string) => (word.length <= SHORT ? 1 : 2)
/** Longer words are not looked for: nobody types one in a hurry. */
const LONGEST = 20

const [START, PRIME] = [0x811c9dc5, 0x01000193]
const add = (hash: number, code: number) => Math.imul(hash ^ code, PRIME)

/** Calls `visit` with a hash of the word and of what is left of it without one letter, or without two. */
function deletions(word: string, most: number, visit: (hash: number) => void): void {
  const size = word.length
  const hash = (one: number, other: number) => {
    let made = START
    for (let i = 0; i < size; i++) if (i !== one && i !== other) made = add(made, word.charCodeAt(i))
    visit((made ^ (made >>> 15)) >>> 0)
  }
  hash(-1, -1)
  for (let one = 0; one < size; one++) {
    hash(one, -1)
    if (most > 1) for (let other = one + 1; other < size; other++) hash(one, other)
  }
}

/** Places for each entry. */
const ROOM = 1

export function buildDeletionIndex(all: readonly string[]): DeletionIndex {
  const words = all.filter((word) => word.length <= LONGEST)
  let entries = 0
  for (const { length } of words) entries += 1 + length + (length > SHORT ? (length * (length - 1)) / 2 : 0)
  const buckets = 2 ** Math.max(4, Math.ceil(Math.log2(Math.max(1, entries * ROOM))))
  const mask = buckets - 1
  // The words of a bucket stand from its start to the next.
  const starts = new Uint32Array(buckets + 1)
  for (const word of words)
    deletions(word, mostOf(word), (hash) => {
      starts[(hash & mask) + 1] = (starts[(hash & mask) + 1] as number) + 1
    })
  for (let i = 0; i < buckets; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number)
  const next = starts.slice()
  const posted = new Uint32Array(entries)
  words.forEach((word, number) => {
    deletions(word, mostOf(word), (hash) => {
      const at = next[hash & mask] as number
      posted[at] = number
      next[hash & mask] = at + 1
    })
  })
  // When a word was found last, by the number of the question.
  const foundIn = new Uint32Array(words.length)
  let question = 0
  return {
    words,
    near(word, slips) {
      const found: number[] = []
      if (word.length > LONGEST) return found
      question += 1
      deletions(word, Math.min(slips, mostOf(word)), (hash) => {
        const end = starts[(hash & mask) + 1] as number
        for (let at = starts[hash & mask] as number; at < end; at++) {
          const number = posted[at] as number
          if (foundIn[number] === question) continue
          foundIn[number] = question
          if (Math.abs((words[number] as string).length - word.length) <= slips) found.push(number)
        }
      })
      return found
    },
  }
}
