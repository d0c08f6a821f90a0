// Detects denied wishes: something is not wanted, or is done already. Features for the classifier. Pure.

const NEGATION =
  /\b(?:not|never|no|nothing|none|without|zero|neither|nor|far from|rather than|instead of)\b|n't\b|\b(?:dont|didnt|wont|isnt|wasnt|havent|hasnt|doesnt|cant|arent)\b/i
const WANTING =
  /\b(?:want|wish|needs?|after|ask(?:ing|ed)?|look(?:ing)? for|plan(?:ning)?|going to|gonna|meant?|request(?:ed|ing)?|touch|bother|be \w+ing)\b/i
const DONE =
  /\b(?:arrived?|came|come|recei?ved|recieved|got|here|(?:turned|showed) up|delivered|found|sorted|solved|resolved|settled|fixed|works?|working|done|refunded|credited|paid|posted|collected|returned|swapped|exchanged|cancell?ed|closed|changed|updated|log(?:ged)? in(?: again)?|back in|already|now|just|finally|so far|yet|since)\b/i
const KEEPING =
  /\b(?:keep|keeping|leave (?:it|my|the|them|everything|things)|ignore|disregard|withdraw|drop (?:my|the)|retract|never ?mind|no longer|changed my mind|mistake|undo|as (?:it|they) (?:is|was|were|are|stands?)|still (?:want|coming|need|valid)|happy with|love it|all good|no need|false alarm|after all)\b/i
const ASKING =
  /\?|^\W*(?:can|could|how|where|when|what|why|is|are|do|does|will|would|please|pls|i (?:want|need|would like|wish)|i'd like)\b/i
const ABSENT =
  /\b(?:not|never|no|yet to|without|still nothing|nothing)\b(?:\s+\p{L}+){0,3}\s+(?:arriv|com|recei|recie|had|got|get|here|show|turn|deliver|refunded|credit|reach|been|seen|work|money|sign|update|access)\p{L}*|(?:n't|\b(?:hasnt|havent|didnt|isnt|wasnt|doesnt|wont|cant))\b(?:\s+\p{L}+){0,2}\s+(?:arriv|com|recei|had|got|get|here|show|turn|deliver|refund|credit|reach|been|work|log|access|open|have)\p{L}*/iu

const STILL_NOTHING = /\bstill (?:nothing|none|no (?:sign|word|news))\b/i

const FAULT = String.raw`(?:broken?|break|smash|crack|chip|dent|scratch|damag|lost|lose|miss|late|delay|wrong|fault|defect|stolen|stole|expired|reject|fail|forg[eo]t|(?:over|double |double-)?charg|bill|lock|block|cold|down|problem|issue|troubl|complain)\p{L}*`
/** A fault that is said not to be there: "not lost", "nothing was broken", "without a dent". */
const NO_FAULT = new RegExp(
  String.raw`(?:\b(?:not|never|no|nothing|none|nobody|without|zero|neither|far from|dont|didnt|isnt|wasnt|havent|hasnt|werent|arent)\b|n't\b)(?:['’]s)?(?:\s+(?!only\b|just\b|idea\b|sign\b|sure\b|happy\b|good\b|even\b)[\p{L}'’]+){0,4}\s+${FAULT}`,
  'iu',
)

const DEED = String.raw`(?:cancel|delete|close|remove|erase|wipe|return|send (?:it|them|this) back|take (?:it|them|this|the \p{L}+) back|refund|replace|swap|exchange|change|stop|terminate|end|collect|pick (?:it|them) up|send|update|block)`
/** A clause that asks for a deed. */
const REQUEST = new RegExp(
  String.raw`^\W*(?:(?:so|and|then|ok|hi|hello|just|please|pls|plz|kindly|therefore)\W+)*(?:(?:can|could|will|would) (?:you|i|we|someone|u) (?:please )?|i(?:'d| would)? (?:want|like|need|wish|love) (?:you )?to |i want |we (?:want|need|would like|wish) to |let me |i'm |get rid of |how (?:do|can) i )?(?:please )?${DEED}\b`,
  'iu',
)
/** Somebody takes back what they raised with us. */
const TAKES_BACK =
  /\b(?:close|scrap|cancel|withdraw|drop|retract|forget|bin|ignore|end|stop|take back|call off)\b(?:\s+[\p{L}'’]+){0,2}\s+(?:complaints?|tickets?|case|requests?|messages?|e-?mails?|enquiry|query)\b|\btake\b[^.!?]{0,30}\b(?:complaint|request|report|that) back\b/iu
/** What is asked to be ended here is a matter of ours, not a thing of theirs. */
const OUR_MATTER = /complain|my (?:last|message|mail|e-?mail|request)|ticket|\bcase\b/i
const CONTRAST = /\b(?:but|though|although|except|however|only half)\b/i
/** Order numbers and addresses say nothing of a wish. */
const VALUES = /(?<!\S)[^\s\d@]*[\d@]\S*/g
const CLAUSES = /[.!?;,\n]+| (?:but|so|and|then|because|cos|since) /iu

/** How likely it has to be that a thing is not wanted: to ask once too often costs less than to begin the opposite. */
const BARS = { usual: 0.4, unmarked: 0.6, contradicted: 0.75 }

const plain = (text: string) => text.replaceAll('’', "'")

/** Whether a clause of the text asks for a deed outright. */
const requestsDeed = (text: string): boolean =>
  plain(text)
    .replace(VALUES, ' ')
    .split(CLAUSES)
    .some((clause) => REQUEST.test(clause) && !NEGATION.test(clause) && !OUR_MATTER.test(clause))

/** Words before a wish that takes the place of another. */
const INSTEAD_LEAD = /^\W*(?:(?:no|oh|actually|you know what|instead|in that case|on second thoughts?)\b\W*)+/iu

/** Whether it asks for another deed in place of what is not wanted: “no, I'd rather change …”, “you know what, cancel it”. */
export const asksInstead = (text: string): boolean =>
  requestsDeed(
    plain(text)
      .replace(INSTEAD_LEAD, '')
      .replace(/\b(i'd|i would) (?:rather|prefer to)\b/iu, '$1 like to'),
  )

/** Marks of the wording, in an order that never changes. */
export function wishMarks(text: string): readonly boolean[] {
  const said = plain(text)
  const [negated, wanting, done] = [NEGATION.test(said), WANTING.test(said), DONE.test(said)]
  return [
    negated,
    wanting,
    done,
    KEEPING.test(said),
    ASKING.test(said),
    negated && wanting,
    done && !negated,
    ABSENT.test(said),
    requestsDeed(text),
    NO_FAULT.test(said),
    TAKES_BACK.test(said),
  ]
}

/** How outright the wording says it: the less, the surer the classifier has to be. */
export function wishBar(text: string): number {
  const said = plain(text)
  const isOutright = NEGATION.test(said) || KEEPING.test(said)
  // Who only asks has not said that it is over.
  // What is not there yet is missed, not refused.
  const isMissed = STILL_NOTHING.test(said) && !KEEPING.test(said)
  const isOpen =
    isMissed || requestsDeed(text) || (CONTRAST.test(said) && DONE.test(said)) || (ASKING.test(said) && !isOutright)
  if (isOpen) return BARS.contradicted
  return isOutright || DONE.test(said) ? BARS.usual : BARS.unmarked
}

/** By the wording alone, where nothing is learnt: only what is said outright counts. */
export function isDeniedWish(text: string): boolean {
  const said = plain(text)
  const denies = NEGATION.test(said) && WANTING.test(said) && !ABSENT.test(said)
  return (denies || KEEPING.test(said)) && !requestsDeed(text)
}
