// Short answers to a question of ours: yes, no, stop. Only a message that is little else counts, so that
// "ok so where is my order" does not confirm anything.

const YES =
  /^\W*(?:(?:yes|yess+|yep|yup|yeah|yea|ya|aye|sure|ok|okay|okey|si|sí|ja|oui)(?!\p{L})|(?:k|kk|correct|right|exactly|absolutely|definitely|certainly|of course|confirm(?:ed)?|go ahead|please do|do it|sounds? good|that'?s (?:right|correct|it|fine|me|the one|perfect|good)|that is (?:right|correct|it|fine)|that works|works for me|perfect|fine|indeed|looks (?:good|right|correct)|all (?:good|correct)|affirmative|i do|i am|it is|claro|genau|d'accord)(?:$|\W*$|[.,!]| (?:please|thanks|thank|yes|and|go|do|sir)(?!\p{L})))/iu
const NOD = /^\W*[👍✅👌🆗✔]/u
const NO =
  /^\W*(?:(?:no+|nope|nah|naw|never ?mind|nvm|not (?:now|really|anymore|interested|yet|today|correct|right)|that'?s (?:wrong|not right|incorrect|not it|not correct|not me)|that is (?:wrong|not right|incorrect|not correct)|nein|non|nee)(?!\p{L})|(?:stop|cancel|forget|leave|quit|exit|abort|skip|wrong|incorrect|don'?t|do not|go back)(?: (?:it|this|that|now|please|bother|about it|do it|do that|the form|just))*\W*$)/iu
const SHAKE = /^\W*[👎❌🚫]/u
const UNWILLING =
  /\b(?:i(?:'d| would) rather not|i(?:'m| am) not (?:giving|sharing|telling|sending|going to (?:give|share|tell|send))|i (?:don'?t|do not|won'?t|will not|refuse to|'m not going to) (?:want to |wish to |feel comfortable )?(?:giv(?:e|ing)|shar(?:e|ing)|tell(?:ing)?|send(?:ing)?|provid(?:e|ing)|continue|do this|answer) ?(?:you|that|this|my|it|any)?|i give up)\b/i
const CHANGED = /\b(?:changed my mind|forget (?:it|about it)|never ?mind)\b/i
const NOT_A_NO = /^\W*no+ (?:problem|worries|rush|prob|idea|clue|one|way|doubt|matter|longer|reply|response|answer)\b/i
const BUT = /\b(?:but|not|however|wait|except|wrong|although|no)\b|n'?t\b|\?/i

/** Words of a message that can still be an answer and nothing else. */
const ANSWER = 7

export function agrees(text: string): boolean {
  return isShort(text) && (YES.test(text) || NOD.test(text)) && !BUT.test(text)
}

export function refuses(text: string): boolean {
  if (UNWILLING.test(text)) return true
  return (
    isShort(text) &&
    !NOT_A_NO.test(text) &&
    !/\?/.test(text) &&
    (NO.test(text) || SHAKE.test(text) || CHANGED.test(text))
  )
}

function isShort(text: string): boolean {
  return text.trim().split(/\s+/).length <= ANSWER
}
