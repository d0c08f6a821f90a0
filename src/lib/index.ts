// Small functions that know nothing of Warmline.
// Must not know any other part, Redis, HTTP or the system.
export { dateOf, findDates, showDate } from './calendar-dates.ts'
export { nearest } from './did-you-mean.ts'
export { verbatim } from './escape-regexp.ts'
export { SMALL_WORDS } from './function-words.ts'
export { remember } from './memoize.ts'
export { safeParse } from './safe-parse.ts'
export { sameWords } from './same-text.ts'
export { framesOf } from './stack-frames.ts'
export { measure, type TextLaw } from './text-length.ts'
