// Counts the words of a text, in any script, without handles and links.

/** Characters in which words are counted. */
const LONGEST_COUNTED = 1000
const withoutNames = (text: string) => text.replace(/(?<![\p{L}\p{N}])@\w+|https?:\/\/\S+/gu, ' ')
/** Handles, links and signs alone are no words; a face or a thumb is one. */
export const hasWords = (text: string): boolean => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(withoutNames(text))
const WORDS = new Intl.Segmenter('en', { granularity: 'word' })
export const wordCount = (text: string): number =>
  [...WORDS.segment(withoutNames(text).slice(0, LONGEST_COUNTED))].filter(({ isWordLike }) => isWordLike).length
