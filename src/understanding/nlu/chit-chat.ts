// Detects chit-chat below a post: noises, and talk among people. What could be a wish is not chit-chat.

import { words } from '../retrieval/tokenize.ts'
import { THING, TROUBLE } from './complaint.ts'
import { isCross, NEITHER, sentiment } from './sentiment.ts'
import { STUCK } from './unaddressed.ts'

const NOISE =
  'lo+l[sz]?|lol(?:ol)+|lmf?ao+|rofl|xd+|a?(?:ha+){2,}h?|(?:he+){2,}h?|(?:ja){2,}|k{1,2}|ok(?:ay|ey)?|alright|got it|gotcha|noted|hm+|mm+|mhm|meh|aw+|ooh+|yay|yum|gm|gn|nice|noice|cool|mood|same|me too'
const NOISES = new RegExp(`^(?:first|(?:${NOISE})(?: (?:${NOISE}))*)$`)
/** Words of a noise. */
const MOST = 5

/** Laughter, joy, approval and the like. Pictures of other things may say what went wrong. */
const PICTURES =
  /(?:[😀😃😄😁😆😅😂🤣😹😊🙂🙃😉😌😋😛😜🤪😝😎🤓🤩🥳😇😏🤭🫠🤔👀💀👍👌👏🙌🤝👊💪🤙🤞🎉🎊✨🔥💯💙💚💛💜🧡🤍🖤🤎💗💓💞♥][\u{1f3fb}-\u{1f3ff}\u{fe0f}]*|[:;]-?[)D])/gu
const DOTS = /^[\s.,…!~*-]*$/
/** Signs alone; without dots or pictures they press for something. */
const SIGNS = /^[\s!~*,-]*$/

/** Words in which there is nothing to answer. `text`: without handles. */
export function isChatter(text: string): boolean {
  const rest = text.replace(PICTURES, ' ')
  const said = words(rest)
  if (isCross(text) || /[^\p{L}\p{N}\s.,…!~*'-]/u.test(rest) || SIGNS.test(text)) return false
  return said.length > 0 ? said.length <= MOST && NOISES.test(said.join(' ')) : DOTS.test(rest)
}

const HANDLE = /(?<![\p{L}\p{N}_])@([\p{L}\p{N}_]+)/gu
const LEADING = /^(?:\s*@[\p{L}\p{N}_]+)+/u
/** Words of one who says something to a friend in passing. */
const PASSING = 12
const ASKS =
  /\b(?:help|please|pls|plz|need|needs|want|wants|asap|urgent|contact|reply|respond|answer|support|service|sort (?:it|this|that)|fix|complain\p{L}*|dm(?:ed|'d)?|never again|avoid|you guys|customers?|compan(?:y|ies)|business|employees?|staff|agents?|\d{4,})\b/iu
/** What friends say to each other of a thing they see; who is displeased with us does not. */
const SHARES =
  /\b(?:told (?:you|u|ya)|look at (?:this|these|that)|(?:this|that|these|those) (?:is|are) the ones?|this is (?:it|us|you|what i meant)|remember (?:this|these|that|when)|thought of (?:you|u|us)|reminds me of (?:you|u|us)|we (?:saw|looked at|talked about|were talking about)|(?:you|u|we)(?:'d|'ll| would| will) (?:love|like) (?:this|these|it|that|them)|for (?:our|your|ur) (?:new )?(?:flat|house|place|home|kitchen|bedroom|living room|garden))\b/iu

/**
 * Words to somebody else: each line begins with the handle of one who is not us, and tells nothing that we might have to
 * look into. Who names us beside them may speak to both, and has to sound like a friend. `ours`: the brand's names and
 * handles; as long as nobody said what they are, nobody is known to be another.
 */
export function isSideTalk(text: string, ours: readonly string[]): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return ours.length > 0 && lines.length > 0 && lines.every((line) => isToOthers(line, ours))
}

/** Whether one of the handles in a text is ours. */
export const isNamed = (text: string, ours: readonly string[]): boolean =>
  [...text.matchAll(HANDLE)].some(([, handle = '']) => isOneOf(ours, handle))

function isToOthers(line: string, ours: readonly string[]): boolean {
  const [leading = ''] = LEADING.exec(line) ?? []
  const said = line.slice(leading.length)
  const isOurs = ([, handle = '']: readonly string[]) => isOneOf(ours, handle)
  const [first, ...others] = leading.matchAll(HANDLE)
  if (!first || isOurs(first) || [...said.matchAll(HANDLE)].some(isOurs)) return false
  const isOfNoConcern =
    words(said).length <= PASSING &&
    sentiment(said) >= -NEITHER &&
    ![ASKS, THING, TROUBLE, STUCK].some((pattern) => pattern.test(said))
  return isOfNoConcern && (!others.some(isOurs) || SHARES.test(said))
}

const isOneOf = (ours: readonly string[], handle: string) =>
  ours.some((name) => squeezed(handle).includes(squeezed(name)))
const squeezed = (name: string) => words(name).join('')
