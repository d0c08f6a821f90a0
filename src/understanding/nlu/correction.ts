// Removes words by which a customer corrects how they were understood: "no, I meant …".

const NOT_THAT =
  "(?:no|nope|nah|sorry|oops|wait|hang on|oh|not (?:that|this)(?: one)?|that'?s (?:not (?:it|right|what i (?:asked|meant|said))|wrong))"
const MEANT =
  "(?:i(?:'m| am| was)?|what i(?:'m| am| was)?) (?:(?:actually|really|just) )?(?:(?:meant|mean)(?: (?:is|was|to (?:ask|say)))?|(?:asked|asking|talking) about|trying to (?:ask|say))"
const CORRECTION = new RegExp(`^\\W*(?:${NOT_THAT}\\b\\W*)*${MEANT}\\b\\W*(?=\\S)`, 'i')

/** What is meant, without "no I meant"; a text that does not begin so stays as it is. */
export const withoutCorrection = (text: string): string => text.replace(CORRECTION, '')
