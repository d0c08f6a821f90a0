// Detects messages that only open a conversation: a greeting, a start button, "is anybody there".

const HAIL =
  'hi+|hello+|helo|hey+|heya|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|morning|yo|hola|hallo|bonjour|ciao|olá|oi'
const ANYBODY = String.raw`(?:any|some) ?(?:one|body)`
const HERE = '(?:out there|in there|there|here|home|around|online|available|awake|listening|about|alive)'
const PRESENCE = [
  String.raw`(?:is|are) (?:there )?(?:${ANYBODY}|you|u)(?: guys| lot)?(?: actually| even| still| really)? ${HERE}`,
  String.raw`is there ${ANYBODY}`,
  String.raw`${ANYBODY}(?: ${HERE})?`,
  String.raw`(?:you|u|ya) (?:there|around|awake)`,
]
/** What the button says with which a conversation begins, and the command of Telegram and others. */
const START = [
  '/start',
  String.raw`(?:let'?s )?(?:get )?start(?:ed)?(?: (?:now|here|chat(?:ting)?|a (?:chat|conversation)))?`,
  'begin|comenzar|empezar|iniciar|commencer|d[ée]marrer|loslegen',
]
const COURTESY = 'please|pls|there|all|team|guys|folks|everyone|again|now|today|right now|excuse me|sorry|knock'

const PARTS = `${[...PRESENCE, ...START].join('|')}|${HAIL}`
const OPENING = new RegExp(
  String.raw`^[^\p{L}\p{N}/]*(?:(?:${COURTESY})[^\p{L}\p{N}/]+)*(?:${PARTS})(?:[^\p{L}\p{N}/]+(?:${PARTS}|${COURTESY}))*[^\p{L}\p{N}/]*$`,
  'iu',
)
/** Nobody opens with more. */
const LONGEST = 120

/** Whether the whole text opens a conversation and says nothing of what it is about. `text`: without handles. */
export const isOpening = (text: string): boolean => text.length <= LONGEST && OPENING.test(text)
