// Leaves out what a customer says that they do not mean: "no, I meant …", "not complaining, just asking …".

const NOT_THAT =
  "(?:no|nope|nah|sorry|oops|wait|hang on|oh|not (?:that|this)(?: one)?|that'?s (?:not (?:it|right|what i (?:asked|meant|said))|wrong))"
const MEANT =
  "(?:i(?:'m| am| was)?|what i(?:'m| am| was)?) (?:(?:actually|really|just) )?(?:(?:meant|mean)(?: (?:is|was|to (?:ask|say)))?|(?:asked|asking|talking) about|trying to (?:ask|say))"
const CORRECTION = new RegExp(`^\\W*(?:${NOT_THAT}\\b\\W*)*${MEANT}\\b\\W*(?=\\S)`, 'i')

/** "no, scrap that, how do I …": what was said before is taken back. */
const TAKEN_BACK =
  /^\W*(?:(?:no|oh|actually|sorry|wait|hmm)\W+)*(?:scrap|forget|ignore|disregard|never ?mind)(?: (?:that|it|this|all that|the last (?:one|bit|message)))?\s*[,.;:!–-]+\s*(?=\S+ \S)/i

/** "I'm not cancelling, just checking …": what is denied, and what is asked instead. */
const INSTEAD =
  /^[^.!?\n]*(?:\bnot\b|n['’]t\b|\bno\b|\bnever\b|\bwithout\b)[^.!?\n]*?(?:[,.;–-]|\bbut\b)\s*(?:i['’]?m |i am |i was |we['’]?re |we |i )?(?:just|only)\s+(?:(?:asking|wondering|checking|curious|enquiring|inquiring)|(?:want(?:ed)?|need(?:ed)?|would like)(?: to (?:know|ask|check|find out))?)\b(?:\s+(?:about|if|whether))?\s+(?=\S)/iu

/** Characters in which a correction is looked for: it stands at the beginning. */
const READ = 400

/** What is meant, without "no, I meant" or what was denied before it; a text that does not begin so stays as it is. */
export const withoutCorrection = (text: string): string =>
  text.slice(0, READ).replace(TAKEN_BACK, '').replace(CORRECTION, '').replace(INSTEAD, '') + text.slice(READ)
