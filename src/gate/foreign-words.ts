// Words that are not ours to say: the prompts of a model, and what other people in a thread wrote.
import { CANARY, PROMPTS } from '#prompts'
import { type Check, findingAt } from './draft.ts'
import { findNeedle, findStretches, type Range, squeeze, stretchesOf } from './squeeze.ts'

/** Letters in a row, about six words, that nobody writes twice by chance. */
const SAME = 30
const CANARY_NEEDLE = { text: squeeze(CANARY), whole: false }
const PROMPT_STRETCHES = new Set(PROMPTS.flatMap((prompt) => [...stretchesOf(prompt, SAME)]))

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
