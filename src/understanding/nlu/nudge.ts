// Detects nudges: a message that only asks whether anybody is there, or how long it takes.
// Each word is in a closed list, so that a message with a matter of its own is never taken for one.
import { words } from '../retrieval/tokenize.ts'

const GREETINGS = 'hello helo hi hii hiya hey heya yo good morning afternoon evening hallo'
const PRESENCE =
  'anyone anybody someone somebody there here still waiting wait you u guys team are r is any update updates news progress ping bump reply replies answer answers respond response yet again so and or please pls plz ok um er well this thing on gone am i im talking to real'
const TIME =
  'how long when what whats time will would it that be is does do take takes much longer soon eta until till have has to i we get gets an a the person human colleague agent somebody someone call back going gonna for now from hear us me turn'

const setOf = (...lists: readonly string[]) => new Set(lists.join(' ').split(' '))
const ASKS_PRESENCE = setOf(GREETINGS, PRESENCE)
const ASKS_TIME = setOf(GREETINGS, PRESENCE, TIME)
const TIME_WORDS = /\b(?:how (?:much )?(?:long|longer|soon)|when|what time|eta)\b/
/** Words of such a message. */
const MOST = 10

/** `presence`: is anybody there? `time`: how long does it take? Undefined where it says anything else. */
export function nudgeOf(text: string): 'presence' | 'time' | undefined {
  const said = words(text)
  if (said.length === 0) return /\?/.test(text) && !/[\p{L}\p{N}]/u.test(text) ? 'presence' : undefined
  if (said.length > MOST) return undefined
  if (TIME_WORDS.test(said.join(' ')) && said.every((word) => ASKS_TIME.has(word))) return 'time'
  return said.every((word) => ASKS_PRESENCE.has(squeezed(word))) ? 'presence' : undefined
}

/** `hellooo` as `hello`, `heyyy` as `hey`. */
const squeezed = (word: string) => (ASKS_PRESENCE.has(word) ? word : word.replace(/(\p{L})\1+$/u, '$1'))
