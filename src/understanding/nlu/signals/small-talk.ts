// Phrases of signals about manners: greeting, thanks, praise, abuse, spam, prompt injection, opt-out.
import type { Signal } from '#domain'
import type { Phrases } from './safety.ts'

const GREAT =
  'great|amazing|awesome|excellent|fantastic|brilliant|wonderful|superb|outstanding|perfect|incredible|lovely|stellar|fabulous|phenomenal|exceptional|terrific|flawless|first[- ]class|top[- ]notch'

/** Together: to write to somebody, on a network of theirs. Customers who want us to write name themselves, or us. */
const WRITE = String.raw`(?:(?:just|please|pls|kindly|always|go) )?(?:contact|dm|message|inbox|text|write to|hit up|reach out to)\b`
const NAME = String.raw`(?: (?!me\b|us\b|you\b|your\b|my\b|our\b|the\b|sent\b|support\b|customer\b)[\p{L}\p{N}_.]+)`
const THERE = String.raw` (?:on|via|through) (?:ig|insta(?:gram)?|telegram|whatsapp)\b`

/**
 * A whole message that touts somebody who gets lost accounts or money back: what they did, and where to write to them. Who
 * asks, or wants to be written to, has lost something themselves.
 */
export const TOUT = new RegExp(
  [
    String.raw`^(?=.*\b(?:(?:account|fund|crypto|password) recovery|recover(?:s|ed|ing)? (?:\p{L}+ )?(?:my|your|any|all|lost|hacked|stolen|accounts?|funds)|(?:he|she|they) (?:has |have |just )?(?:helped|recovered|restored|unlocked)|helped me|(?:got|get|gets) (?:my|your) .{0,30}\bback|(?:ethical|certified|legit|professional) ?hack\p{L}*)\b)`,
    String.raw`(?=(?:.*[.,!;:\n])?\W*(?:${WRITE}|(?:shout ?-?out|thanks) to\b)${NAME}{0,4}${THERE})`,
    String.raw`[^?]*$`,
  ].join(''),
  'isu',
)

export const SMALL_TALK = {
  greeting: {
    hear: [
      /^\W*(?:hi|hii+|hello|helo|hey|heya|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|morning|hola|hallo|bonjour|guten tag|ciao|olá|yo|sup)\b/iu,
    ],
  },
  thanks: {
    hear: [
      /\b(?:thanks|thank (?:you|u|ya)|thankyou|thx|thnx|tysm|ty|much appreciated|cheers|gracias|merci|danke|grazie|obrigad[oa])\b/i,
      /\b(?:i |we |really |so |greatly |very much )(?:appreciate|grateful|thankful)\b/i,
    ],
    unless: [
      /\bthanks? (?:\p{L}+ )?(?:in advance|for nothing)\b|\bthank you (?:\p{L}+ )?(?:in advance|for nothing)\b|\b(?:no|not) (?:thanks|thank you)\b/giu,
      /\bno,? (?:thanks|thank you)\b|\bty(?= \d)/gi,
    ],
  },
  praise: {
    hear: [
      new RegExp(
        String.raw`\b(?:${GREAT}|best|good) (?:\p{L}+ )?(?:service|job|work|team|company|brand|experience|support|staff|products?|quality|flight|crew|help|communication|app|delivery|shop|store|customer service|airline|people|guys|stuff)\b`,
        'iu',
      ),
      new RegExp(
        String.raw`\b(?:service|team|staff|support|delivery|crew|everything|everyone|it|they|you|guys|agents?|\p{L}+) (?:was|were|is|are|has been|have been|did) (?:\p{L}+ ){0,2}(?:${GREAT}|so helpful|very helpful|super helpful|so kind|so friendly|the best)\b`,
        'iu',
      ),
      /\b(?:i |we |i'?m |absolutely |really |just |so |totally )?(?:love|loved|loving|adore|obsessed with) (?:you|your|u|ur|the|this|my new|it|these|those|how|what)\b/i,
      /\b(?:well done|keep (?:it )?up|kudos|props to|shout ?-?out to|hats off|bravo|you (?:guys )?(?:rock|rule|are the best|r the best)|made my (?:day|week|year)|highly recommend|10\/10|five stars|5 stars|above and beyond|blown away|can'?t (?:thank|praise|fault) (?:you|your|u)|customer for life|exceeded (?:my |our )?expectations)\b/i,
      /\b(?:so|very|really|extremely|super) (?:happy|pleased|impressed|satisfied|delighted) (?:with|by|about)\b/i,
      /[😍🥰❤💖💕]{1,3}/u,
    ],
    unless: [
      /\b(?:not|isn'?t|wasn'?t|hardly|never|no|far from|would be|would have been|expected|expecting|more like)\b.{0,30}/gi,
      /\b(?:what|who|where|which|when|what'?s|who'?s)(?: is| are| was)? the (?:best|perfect|ideal|greatest)\b.{0,30}/gi,
    ],
  },
  question: {
    hear: [
      /\p{L}[^?？؟]{0,200}[?？؟]/u,
      /(?:^|[.!\n,] ?)(?:please |pls |hi |hey |hello |so |and |but |also |ok |just wondering )*(?:who|what|what's|whats|when|where|where's|wheres|why|how|how's|which|can (?:i|you|we|someone|anyone)|could (?:i|you|we|someone)|do (?:i|you|we|they)|does|did (?:you|my|the)|is (?:it|there|my|the|this|that)|are (?:you|there|my|the|your)|will (?:i|you|my|the|it)|would (?:you|it)|should i|may i|am i|any (?:idea|chance|update|news|eta)|anyone know|have you)\b/im,
      /\b(?:i(?:'d| would) like to know|want to know|need to know|wondering (?:if|how|when|why|what|whether)|tell me (?:how|what|when|where|why|if|about)|let me know (?:if|when|how|what|why|whether)|explain (?:how|why|what))\b/i,
      /¿/,
    ],
    unless: [
      /\b(?:are you (?:kidding|serious|joking|for real|guys kidding)|seriously|really|wtf|wth|what the (?:hell|heck|fuck|actual)|how dare you|who cares|why bother|what a|how (?:rude|awful|nice|lovely)|you know what|u serious)\b[^?.!]{0,20}[?!]*/gi,
    ],
  },
  abuse: {
    hear: [
      /\b(?:fuck|f+\*+k?|fck|fuk|screw|damn) (?:you|u|off|yourself|yourselves|ya|the lot of you|all of you)\b|\b(?:go to hell|piss off|stfu|shut (?:the (?:fuck|hell) )?up|drop dead|kys|kill yourself|go die|die in a fire|eat shit|suck my|kiss my ass|go fuck)\b/i,
      /\b(?:you|u|ur|you'?re|your|youre|y'?all|they|they'?re|ye|staff|team|agents?|people|guys)\b[^.!?\n]{0,30}\b(?:idiots?|morons?|imbeciles?|cretins?|dumb ?ass(?:es)?|assholes?|arseholes?|scum(?:bags?)?|bastards?|bitch(?:es)?|cunts?|dick ?heads?|dicks|pricks?|wankers?|twats?|retards?|retarded|clowns?|douche(?:bags?)?|pieces? of shit|brain ?dead|braindead|low ?life|lowlifes|vermin|parasites|stupid (?:people|bot|cow|woman|man|cows|fools?|robot)|so (?:fucking )?(?:stupid|dumb)|(?:are|r|is) (?:all )?(?:fucking )?(?:stupid|dumb|thick|trash|garbage))\b/i,
      /\b(?:stupid|dumb|fucking|bloody|useless|moronic|idiotic) (?:idiots?|morons?|bot|robot|clowns?|bastards?|bitch|cunts?|assholes?|thieves)\b|^\W*(?:idiots?|morons?|assholes?|bastards?|scum|clowns?|wankers?|cunts?)\W*$/i,
      /\bn[i1]gg(?:er|a)s?\b|\bf[a4]gg?[o0]ts?\b|\bk[i1]kes?\b|\btr[a4]nn(?:y|ies)\b|\bp[a4]kis?\b|\bg[o0]{2}ks?\b/i,
    ],
    unless: [
      /\b(?:think|believe|feel like|felt like|treat(?:ed|ing)?|mak(?:e|ing)|made|call(?:ed|ing)?|tak(?:e|ing)|look(?:ing)?|must think)\b.{0,20}\b(?:i'?m|i am|me|us|we'?re|we are)\b.{0,20}\b(?:idiots?|stupid|dumb|morons?|fools?|clowns?|assholes?)\b/gi,
      /\bi(?:'m| am|m| was) (?:such )?(?:an? )?(?:idiot|moron|stupid|so stupid|dumb|clown)\b/gi,
    ],
  },
  spam: {
    hear: [
      /\b(?:buy|get|gain|grow|free|cheap|boost)\b.{0,20}\b(?:followers|subscribers)\b|\b(?:buy|free|cheap|boost|real) (?:\p{L}+ )?(?:likes|views|engagement)\b/iu,
      /\b(?:earn|make|made|earned|earning|making)\b.{0,15}(?:[$€£] ?\d|\d+ ?(?:usd|dollars|k\b)).{0,25}\b(?:day|daily|week|weekly|hour|month|home|online|profit)\b|\bmake money (?:online|fast|from home)\b|\bwork from home and earn\b|\bpassive income\b/i,
      /\b(?:check out|visit|follow|subscribe to|join) my (?:page|profile|channel|bio|store|shop|site|website|onlyfans|telegram|group|link)\b|\blink in (?:my )?bio\b|\bfollow (?:for|4) follow\b|\bf4f\b/i,
      /\b(?:forex|binary options?|bitcoin|btc|crypto|eth|nft)\b.{0,25}\b(?:trad(?:e|er|ing)|invest\p{L}*|mining|signals?|giveaway|airdrop|mint|profits?|expert|platform)\b|\b(?:invest|trade|trading)\b.{0,20}\b(?:forex|bitcoin|btc|crypto)\b/iu,
      /\b(?:click|tap) (?:here|the link|this link|below|link)\b.{0,25}\b(?:win|claim|earn|free|prize|reward|bonus)\b|\b(?:congratulations|congrats)\b.{0,30}\b(?:you(?:'ve| have)? (?:been |have been )?(?:won|selected|chosen))\b|\byou(?:'ve| have) won (?:a|an|the|\p{Sc})/iu,
      new RegExp(String.raw`(?:^|[.,!;:\n])\W{0,20}${WRITE}${NAME}{1,4}${THERE}`, 'imu'),
      /\b(?:dm|inbox|message|contact) (?:us |me |now |here )?for (?:promo|collab)|\b(?:dm|inbox|message|contact|text|hit up)\b(?: (?!you\b|me\b|us\b)[\p{L}\p{N}_.@]+){1,4} (?:(?:to|for) recover\p{L}*|(?:he|she|they) helped)|\b(?:hire|contact|dm|message) (?:a |this |the )?hacker\b/iu,
      /\b(?:seo|web design|lead generation|backlinks?|guest post|app development) (?:services?|agency|expert|packages?|opportunity)\b|\bpromote (?:it|this|your|your brand) on\b|\bdm (?:us )?(?:to|for) promo\b/i,
      TOUT,
      /\b(?:nfts?|crypto|bitcoin|btc|altcoins?|memecoins?)\b.{0,15}\b(?:drops?|dropping|pre-?sale|whitelist|launch(?:es|ing)?|giveaway|airdrop)\b/i,
      /\byou(?:'ve| have)? ?(?:been|are|were|'re) (?:\p{L}+ )?(?:chosen|selected|picked)\b.{0,40}\b(?:win|winner|prize|claim|rewards?|free|reply yes|lucky)\b/iu,
      /\b(?:meet|date|chat with) (?:\p{L}+ ){0,2}singles\b|\b(?:singles|girls|women|men) (?:near you|in your area)\b/iu,
      /\b(?:like|fav(?:ou?rite)?|heart) (?:for|if|=) .{1,30}\b(?:retweet|rt|repost|share) (?:for|if|=)|\b(?:retweet|rt|repost|share) (?:for|if|=) .{1,30}\b(?:like|fav(?:ou?rite)?|heart|comment) (?:for|if|=)/i,
      /\b(?:best|top|cheapest|affordable|trusted|no\.? ?1) (?:\p{L}+ ){1,3}(?:in (?:town|the (?:city|area|country))|near you)\b.{0,20}\b(?:call|dm|text|whatsapp|contact|message|book) (?:now|us|me|today)\b/iu,
      /\b(?:viagra|cialis|online casino|betting tips|sugar (?:daddy|baby|mommy)|hot singles|onlyfans)\b/i,
    ],
    // Whoever tells us what somebody else wrote to them is no spammer.
    unless: [
      /\b(?:e-?mails?|texts?|messages?|dms?|sms|calls?|letters?|pop-?ups?|ads?|posts?|links?|comments?|someone|somebody|account|page|profile|site|website)\b.{0,25}\b(?:say(?:s|ing)?|said|claim(?:s|ed|ing)|tell(?:s|ing)|told|ask(?:s|ed|ing)|promis(?:es|ed|ing))\b.*|\bi (?:was|am|got|have been|had been) (?:told|asked|advised|messaged|contacted)\b.*/gis,
    ],
  },
  injection: {
    hear: [
      /\b(?:ignore|disregard|forget|override|bypass|skip|drop|discard)\b.{0,20}\b(?:previous|prior|above|earlier|preceding|existing|system|all|any|your|initial|original|safety|these|those)\b.{0,20}\b(?:instructions?|prompts?|rules?|guidelines|directions|commands?|programming|polic(?:y|ies)|restrictions|constraints|filters?)\b/i,
      /\b(?:reveal|show|print|repeat|output|tell me|leak|give me|display|dump|share|write out|what(?:'s| is| are| was| were))\b.{0,25}\b(?:system prompt|system message|initial prompt|hidden prompt|your (?:\p{L}+ )?(?:prompt|instructions)|developer message|api key|text above)\b/iu,
      /\b(?:you are|you're) now (?:a |an |in |my |called |acting |free|unrestricted|dan\b|going to act)|\bfrom now on,? (?:you|your|act|respond|answer|reply)\b/i,
      /\bpretend (?:that )?(?:you are|you're|to be (?:a|an|my|the))\b|\brole ?-?play as\b|\b(?:please |now |^)act as (?:a|an|my|the|if you)\b/im,
      /\b(?:new|updated|revised|additional|system) instructions?:|^\s{0,20}(?:system|assistant|developer)\s{0,20}:|\[\/?(?:system|inst)\]|<\|?\/?(?:im_start|im_end|system|assistant)\|?>|###\s*(?:system|instruction)/im,
      /\b(?:developer|debug|god|admin|dan|sudo|maintenance|unrestricted) mode\b|\bjailbreak (?:mode|prompt|you|yourself)\b|\bdo anything now\b/i,
      /\b(?:end|begin|start|finish|prefix) (?:your|every|each|all) (?:answers?|repl(?:y|ies)|responses?|messages?)\b.{0,10}\bwith\b|\b(?:say|repeat|reply|respond|answer|tweet|post)\b.{0,15}\b(?:exactly|verbatim|word for word|after me|only with|with only|nothing but)\b/i,
      /\blegally binding\b.{0,20}\boffer\b|\bno takesies backsies\b|\b(?:decode|execute|run) (?:this|the following) (?:base64|code|command|script)\b|\b(?:as|you are|you're) (?:an? )?(?:ai|large) language model\b|\byour (?:training data|programmers?|developers? (?:said|told|want))\b/i,
    ],
  },
  'opt-out': {
    hear: [
      /\bunsubscribe me\b|^\W*unsubscribe\W*$|\b(?:i |want to |wish to |like to |am |i'm )opt(?:ing)?[- ]?out\b|^\W*stop(?: ?all| please)?\W*$/i,
      /\bstop (?:\p{L}+ )?(?:messaging|texting|emailing|contacting|dm'?ing|dming|spamming|tagging|replying to|following|bothering|writing to) (?:me|us)\b|\bstop sending (?:me|us) (?:\p{L}+ )?(?:messages?|e-?mails?|texts?|dms|spam|ads|stuff|anything|things|this|these)\b/iu,
      /\b(?:don'?t|do not|never|please don'?t) (?:ever )?(?:message|text|email|contact|dm|write to|reply to|tag|reply) (?:me|us|to me)\b|\bleave me alone\b|\b(?:take|remove) me (?:off|from) (?:your|the|this|all)\b.{0,15}\blists?\b|\bno more (?:messages|emails|texts|dms)\b/i,
    ],
    unless: [/\b(?:how|where|can|could) (?:do|can|to|would|i|we|you)\b.{0,20}\b(?:unsubscribe|opt[- ]?out|stop)\b/gi],
  },
} as const satisfies Partial<Record<Signal, Phrases>>
