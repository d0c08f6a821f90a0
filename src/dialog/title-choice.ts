// Reads which of the offered titles a customer means. Pure.
import { stemmer } from 'stemmer'
import { dialogueActOf } from './dialogue-act.ts'

/** Indexes of the titles that are meant; `none`: neither of them. */
export type Chosen = readonly number[] | 'none'

const ORDINALS: readonly ReadonlySet<string>[] = [
  new Set(['first', '1st', 'former', 'a', 'top', 'frist', 'fist', 'no1']),
  new Set(['second', '2nd', '2', 'two', 'latter', 'b', 'last', 'bottom', 'secound', 'sec', 'no2', 'other']),
]
/** Means the first where nothing else is chosen: in “the second one” it counts nothing. */
const ONE: ReadonlySet<string> = new Set(['one', '1'])
const ALL = new Set(['both', 'all', 'either', 'each'])
const NONE = new Set(['neither', 'none', 'nothing'])
/** Words around a choice that choose nothing by themselves. */
const AROUND = new Set(
  'the no please pls plz it its is i im mean meant id like want would option number no 1 one ones thing question about of that this them those these nope nah yes yeah yep ok okay um er oh well sorry actually probably think guess bit mostly more and or maybe definitely def thanks thank you just answer choice item really for me go with'.split(
    ' ',
  ),
)
/** Words of an answer that says a title's words and nothing else. */
const SHORT = 6
const SMALL = new Set(
  'a an and at by for from how in of on or our out the to up what when where with you your'.split(' '),
)

/** Undefined where the message does not choose: it may be about something else. */
export function chosenOf(text: string, titles: readonly string[]): Chosen | undefined {
  const said = wordsOf(text)
  if (said.length === 0) return undefined
  const isOne = titles.length === 1
  const act = dialogueActOf(text, { kind: 'slot:yes-no' })
  // A yes to two of them is one to what they asked, and the first is the nearest.
  if (act === 'affirm') return [0]
  if (isOne && (closed(said, ORDINALS[0] ?? new Set()) || closed(said, ONE))) return [0]
  if (!isOne) {
    const counted = titles.flatMap((_, at) => (closed(said, ORDINALS[at] ?? new Set()) ? [at] : []))
    if (counted.length === 1) return counted
    if (closed(said, ALL)) return titles.map((_, at) => at)
    if (counted.length === 0 && closed(said, ONE)) return [0]
  }
  if (act === 'deny' || closed(said, NONE)) return 'none'
  const named = said.length > SHORT ? [] : titledIn(said, titles)
  return named.length === 1 ? named : undefined
}

/** Whether a message has one of these words, and beside it only words that choose nothing. */
const closed = (said: readonly string[], kind: ReadonlySet<string>): boolean =>
  said.some((word) => kind.has(word)) && said.every((word) => kind.has(word) || AROUND.has(word))

/** The titles of which a message has a word that no other title has. */
function titledIn(said: readonly string[], titles: readonly string[]): number[] {
  const stems = titles.map(
    (title) =>
      new Set(
        wordsOf(title)
          .filter((word) => !SMALL.has(word))
          .map(stemmer),
      ),
  )
  const own = new Set(said.map(stemmer))
  return stems.flatMap((mine, at) => {
    const telling = [...mine].filter((stem) => !stems.some((theirs, other) => other !== at && theirs.has(stem)))
    return telling.some((stem) => own.has(stem)) ? [at] : []
  })
}

/** Digits on a key or in a circle are digits. */
function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\uFE0F\u20E3]/g, '')
      .replace(/['’]/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}
