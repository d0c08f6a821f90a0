// Detects that a customer asks for a human agent.

const PERSON =
  '(?:human(?: being)?|person|people|agent|representative|rep|operator|someone|somebody|manager|supervisor|advis[oe]r|team member|member of (?:your )?(?:staff|team)|staff|colleague|employee|customer (?:service|care|support|relations)(?: agent| rep| team| representative)?|support (?:agent|team|person|staff|rep)|real (?:one|person|human|agent|people)|anyone (?:real|human|there))'
const ANY =
  '(?:an? |the |your |some |any |one of your |another )?(?:real |actual |live |human |living |proper |fucking |damn |bloody |senior |different )?'

const WANTS: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:speak|talk|chat|talking|speaking|chatting) (?:directly )?(?:to|with) ${ANY}${PERSON}\b`,
    'i',
  ),
  new RegExp(
    String.raw`\b(?:connect|transfer|pass|put|hand|redirect|forward|escalate|switch|get|direct) (?:me |us |this |it )?(?:back |over |on |through |straight )?(?:to|with|onto) ${ANY}${PERSON}\b`,
    'i',
  ),
  new RegExp(
    String.raw`\b(?:i |we |i'?d |just |please )?(?:want|need|get me|give me|prefer|would like|like|demand|send me|find me|is there|are there|can i have|could i have|can i get|may i have|let me (?:have|speak to)) ${ANY}(?:human|real person|actual person|live person|person|agent|representative|operator|manager|supervisor|someone real)\b(?! (?:to (?:deliver|collect|fit|install|sign)|error|resources|who (?:deliver|sold)))`,
    'i',
  ),
  /\b(?:real|actual|live|living) (?:person|human|agent|representative|operator|human being)\b/i,
  /\blive (?:chat|support|agent)\b.{0,20}\b(?:please|pls|now|available|option)\b/i,
  /\b(?:human|agent|representative|operator|supervisor|manager|person|advisor),? (?:please|pls|plz|now|asap)\b/i,
  /\b(?:please|pls) (?:an? )?(?:human|agent|representative|operator)\b/i,
  /^\W*(?:(?:ok|hi|hello|just|no|get me|give me|i want|a|an|the|real|live|another)\W+){0,4}(?:human(?: being)?|person|agent|representative|operator|colleague|customer service|speak to (?:agent|human))(?:\W+(?:please|pls|plz|now|thanks|asap))*\W*$/i,
  /\b(?:stop|no more|enough (?:of|with)|sick of|tired of|fed up with|hate|instead of|rather than|off) (?:talking to |with |dealing with |using |this |the |these |a |your |stupid |damn |automated |annoying )*(?:chat ?bots?|bots?|robots?|machine|ai|automated (?:replies|responses|messages)|automation)\b/i,
  /\b(?:don'?t|do not|didn'?t|not) (?:want|wanna|need|like)(?: to)? (?:talk to |speak to |chat with |be helped by |deal with )?(?:a |the |your |this |some |any )?(?:stupid )?(?:chat ?bots?|bots?|robots?|machine|computer|ai)\b/i,
  /\b(?:not|no) (?:a |another |an? )?(?:chat ?bot|bot|robot|machine|automated (?:reply|response))\b/i,
  /\b(?:please |can (?:you|someone|somebody|anyone) |could (?:you|someone|somebody|anyone) |have (?:someone|somebody) |want (?:someone|somebody) to |need (?:someone|somebody) to )(?:please )?(?:call|phone|ring) (?:me|us)(?: back)?(?:\W*$|[.,!?]| (?:at|on|about|to|regarding|asap|now|today|please|pls|back|tomorrow|immediately|when|\d))/i,
  /\bhablar con (?:una persona|un humano|un agente|alguien)|\b(?:mit )?(?:einem |einer )?(?:echten )?(?:menschen|mitarbeiter(?:in)?|person) (?:sprechen|reden|chatten)\b|\bparler (?:à|a|avec) (?:un |une )?(?:vrai |vraie )?(?:humain|personne|conseiller|agent|quelqu'un)/i,
]

const UNLESS: readonly RegExp[] = [
  /\b(?:do|does|would|will|must|should) (?:i|we|one) (?:need|have) to (?:speak|talk|chat|call|ring)\b[^.?!]*/gi,
  /\b(?:are you|you(?:'?re| are)|your|is (?:this|it|that)(?: true)?|am i (?:talking|speaking|chatting) (?:to|with)|got to (?:speak|talk) (?:to|with)) (?:\p{L}+ )?(?:an? )?(?:actual |real |live )*(?:person|human|someone|agent|human being)\b/giu,
  /\b(?:don'?t|do not|no) (?:want|need)(?: to)? (?:speak to |talk to )?(?:a |an |any )?(?:human|person|agent|representative|manager)\b/gi,
  /\b(?:travel|estate|real estate|letting|insurance|booking) agents?\b|\bthe (?:delivery|next|other|same|first|last) person\b/gi,
]

export function asksForHuman(text: string): boolean {
  const rest = UNLESS.reduce((left, phrase) => left.replace(phrase, ' '), text)
  return WANTS.some((pattern) => pattern.test(rest))
}
