// Blocks leaks: our keys, a model's prompt, words of other people in the thread.
import { CANARY, PROMPTS } from '#domain'
import { type Check, findingAt, once } from '../check-input.ts'
import { collapse, findNeedle, findStretches, type Range, reversed, stretchesOf } from '../match/collapsed-text.ts'

/** Letters in a row, about six words, that nobody writes twice by chance. */
const SAME = 30
/** Letters and digits of a key that are as good as all of it. */
const TELLING = 10
const SHORTEST = 8
const bothWays = (text: string, length: number) =>
  [text, reversed(text)].flatMap((way) => [...stretchesOf(way, length)])
const CANARY_NEEDLE = { text: collapse(CANARY), whole: false }
const PROMPT_STRETCHES = new Set(PROMPTS.flatMap((prompt) => bothWays(prompt, SAME)))

export const checkPrompts: Check = (reading) => {
  const [written] = reading.squeezed
  const marked = findNeedle(written, CANARY_NEEDLE)
  const ranges: Range[] = [...(marked ? [marked] : []), ...findStretches(written, PROMPT_STRETCHES, SAME)]
  return ranges.map((range) =>
    findingAt(reading, range, {
      rule: 'prompt-text',
      because: 'these are the words that a language model is told, and nobody else’s business; take them out',
      absolute: true,
    }),
  )
}

/** A key's stretches; a password made of words is one as a whole, for anybody may say two of them. */
function stretchesOfKey(key: string): string[] {
  const all = collapse(key).length
  return bothWays(key, /\d/.test(key) ? Math.min(TELLING, all) : all)
}

const stretchesByLength = once((keys) => {
  const long = keys.filter((key) => collapse(key).length >= SHORTEST)
  const grouped = Map.groupBy(long.flatMap(stretchesOfKey), ({ length }) => length)
  return Array.from(grouped, ([length, stretches]) => ({ length, stretches: new Set(stretches) }))
})

/** What this installation signs in with at networks, at a model and at Redis. */
export const checkKeys: Check = (reading) =>
  stretchesByLength(reading.context.keys ?? []).flatMap(({ length, stretches }) =>
    reading.squeezed
      .flatMap((view) => findStretches(view, stretches, length))
      .map((range) =>
        findingAt(reading, range, {
          rule: 'key',
          because: 'this is a key or a password of ours, or part of it; nobody else may ever read it',
          absolute: true,
        }),
      ),
  )

/** What others in the thread wrote, unless a source of ours says the same. */
export const checkOthersWords: Check = (reading) => {
  const others = reading.context.others ?? []
  if (reading.audience === 'private' || others.length === 0) return []
  const ours = new Set(reading.sources.flatMap((source) => [...stretchesOf(source, SAME)]))
  const theirs = new Set(others.flatMap((text) => [...stretchesOf(text, SAME)]).filter((stretch) => !ours.has(stretch)))
  return findStretches(reading.squeezed[0], theirs, SAME).map((range) =>
    findingAt(reading, range, {
      rule: 'others-words',
      because: 'somebody else in this thread wrote this; say it in your own words, or leave them out of it',
      absolute: true,
    }),
  )
}
