// Detects that a customer does not want a person: "no need for a colleague", "I never asked for a human".

const PERSON =
  '(?:humans?(?: being)?|person|people|agents?|representatives?|reps?|operators?|someone|somebody|anyone|anybody|managers?|supervisors?|advis[oe]rs?|staff|colleagues?|team)'
const ANY = '(?:an? |the |your |some |any |one of your |another |any of your )?(?:real |actual |live |human |other )?'
const NOT = "(?:don'?t|dont|do not|didn'?t|didnt|did not|never|not|wasn'?t|won'?t|wouldn'?t|no longer)"
const TO = '(?:to |with |for |by |onto |through to )?'
const TALK =
  '(?:(?:speak(?:ing)?|talk(?:ing)?|chat(?:ting)?|be (?:put through|passed on|passed|transferred|connected)|deal(?:ing)?|wait(?:ing)?) )'

const DECLINES: readonly RegExp[] = [
  // "don't want to talk to anyone", "never asked for a colleague", "not after a person", "rather not speak to your people"
  new RegExp(
    String.raw`(?<!\b(?:you|they|he|she|it|nobody|why) )\b(?:(?:i|we) (?:really |actually |still )?)?${NOT} (?:\p{L}+ ){0,2}?(?:want(?:ed|ing)?|need(?:ed|ing)?|ask(?:ed|ing)?|request(?:ed|ing)?|require|after|looking|care)(?: to| for)? (?:${TALK})?${TO}${ANY}${PERSON}\b`,
    'giu',
  ),
  new RegExp(
    String.raw`\b(?:(?:i|we)(?:'d| would)? )?(?:rather|prefer) not (?:to )?${TALK}${TO}${ANY}${PERSON}\b`,
    'giu',
  ),
  // "don't put me through to anyone"
  new RegExp(
    String.raw`(?<=^|[.,;:!?\n–-]\s*|\b(?:please|just|and|but|no|so) )(?:don'?t|dont|do not|never) (?:please )?(?:put|pass|transfer|connect|hand|send|give|forward|get|bring|call|involve|bother|escalate)(?: (?:me|us|this|it|in))* ?(?:over |on |through |back |to |with )*${ANY}${PERSON}\b`,
    'giu',
  ),
  // "no need for a person", "no person needed", "without a colleague"
  new RegExp(
    String.raw`\bno need (?:for |of |to )?(?:${TALK}|bother |involve |call |get |wait for )?${TO}${ANY}${PERSON}\b`,
    'giu',
  ),
  new RegExp(
    String.raw`\bno (?:real |actual |live |human )?${PERSON} (?:is )?(?:needed|necessary|required|please|thanks|thank you)\b`,
    'giu',
  ),
  new RegExp(
    String.raw`\b(?:who|whoever) (?:said|asked|told you)(?: that)? (?:anything about |i (?:want|need)(?:ed)? |for )${ANY}${PERSON}\b`,
    'giu',
  ),
]

/** What of a person they want another thing than one: "I don't want a person who reads from a script". */
const BUT_ANOTHER = /^\s*(?:who|that|which|from|in|at|to (?:deliver|collect|fit|install|come|be rude))\b/iu

/** The text without what declines a person; undefined where nothing does. */
export function withoutDeclined(text: string): string | undefined {
  let found = false
  const said = text.replaceAll('’', "'")
  const rest = DECLINES.reduce(
    (left, phrase) =>
      left.replace(phrase, (match, ...more) => {
        const at = more.find((one): one is number => typeof one === 'number') ?? 0
        if (BUT_ANOTHER.test(left.slice(at + match.length))) return match
        found = true
        return ' '
      }),
    said,
  )
  return found
    ? rest
        .replace(/^[\s,.;:!-]*(?:(?:no|nah|wait|hold on|hang on|but|and|please|just)\b[\s,.;:!-]*)*/iu, '')
        .replace(/ {2,}/g, ' ')
        .trim()
    : undefined
}
