// Small functions that know nothing of Warmline: dates, text length, escaping, did-you-mean.
// Must not know any other part, Redis, HTTP or the system.
export { openAsyncCache } from './async-cache.ts'
export { bind } from './bind.ts'
export { dateOf, findDates, showDate, showDay, WEEKDAYS, weekdayName } from './calendar-dates.ts'
export { didYouMean } from './did-you-mean.ts'
export { FUNCTION_WORDS } from './function-words.ts'
export { readDay } from './natural-dates.ts'
export { safeParse } from './safe-parse.ts'
export { isSameText } from './same-text.ts'
export { stackFrames } from './stack-frames.ts'
export { type TextLimit, textLength } from './text-length.ts'
export { withoutUndefined } from './without-undefined.ts'
export { hasWords, wordCount } from './word-count.ts'
