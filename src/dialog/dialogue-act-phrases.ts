// Phrase lists for dialogue acts. `(a|b)`: one of these; `x?`: the word or group may be missing.
// Words are written as they are compared: small letters, no apostrophes, no punctuation.

/** Means nothing by itself before or after a yes. */
export const FILLERS = ['um', 'uh', 'er', 'erm', 'well', 'and', 'so', 'like', 'just', 'comma']

/** Courtesy, hurry and temper around a yes. None of these limits it. */
export const COURTESIES = [
  '(please|pls|plz|plez|kindly)',
  '(many|so many)? (thanks|thx|thnx|thanx|ty|tysm|ta|cheers|tnx) (a lot|a million|again|very much|so much|in advance|for (that|your help|helping|the help|asking|checking))?',
  '(thank you|thankyou|thank u) (very much|so much|ever so much|kindly|again|in advance|for (that|your help|helping|the help|asking|checking))?',
  '(love|mate|pal|dear|my dear|sir|madam|bro|bruh|man|dude|friend|my friend|sweetheart|darling|team|folks|guys)',
  '(now|right now|straight away|right away|immediately|already|finally|asap|as soon as (possible|you can)|at once)',
  'for the (second|third|fourth|fifth|tenth|hundredth|last|umpteenth) time',
  'how many times',
  '(ffs|jesus|damn it|dammit|for (gods|heavens|goodness|fucks|petes) sake)',
  '(hurry up|get on with it|get a move on|be quick)',
  'if you (please|would|would be so kind|would be so good|dont mind|will)',
  '(id|i would) be (very|most|so)? grateful (if you would)?',
  'that (would be|d be|will be) (lovely|great|kind|most kind|very kind|wonderful|good|perfect)',
  'thatd be (lovely|great|kind|most kind|very kind|wonderful|good|perfect)',
  'you are (very|so|too)? kind',
  'as (discussed|agreed|i said|i asked|requested|you say|you said)',
  '(no cap|fr|deadass|literally|bitte|por favor)',
  '(all|every bit) of it',
  '(🎉|😊|🙂|😀|😁|❤|🙏|👏|💯|🥰|☺)',
]

/** What the deed may be led in by: "I would like to cancel it". */
export const DEED_LEADS = ['(then|you can|you may|i (want|would like|need) (you to|to)|id like (you to|to))']

/** Said to put us at ease. Alone each may mean the opposite, so that one of GO_AHEADS has to follow. */
export const SOFTENERS = [
  '(no|not a|no no) (problem|problems|prob|probs|worries|issue|issues|objection|objections) (for me|with that|at all)?',
  '(dont|do not) worry',
  '(no|nope|nah|no no)? (no changes|nothing to change|nothing to add|no need to (check|ask|change anything))',
  '(no|nope|nah|no no) (all|its all|thats all) (good|fine|ok|okay)',
  '(no|nope|nah) (its|thats|that is|it is|youre|you are|ur|is) (fine|good|ok|okay|all good)',
  '(idc|i dont care)',
]

/** A yes that nothing said before it can turn round. */
export const GO_AHEADS = [
  '(yes|yeah|yea|yep|yup|yh|ye|yah|aye|yas|yessir)',
  '(please|do|please do|just|then|you (may|can)|you may please)? (go ahead|go on|go for it|go on then|carry on|proceed|continue|crack on|do it|do that|do so|make it so|make it happen)',
  'please do',
  'do please',
  '(yes|yeah|yea|yep|yup|yh) (its|thats|youre|you are|ur|is)? all? (good|fine|ok|okay)',
]

/** A yes. */
export const AFFIRMATIONS = [
  '(ya|y|ys|mhm|mmhm|uhuh|uh huh|si|sí|oui|ja)',
  '(yes|yeah|ok|okay|sure|alright|fine|yep) then',
  '(oh|ah|hell|heck|oh hell|why|absolutely|obviously|definitely|certainly) (yes|yeah)',
  '(ok|okay|okey|oky|okie|okej|okie dokie|okey dokey|k|kk|aight|ight|alright|all right)',
  '(sure|surely|sure thing|of course|ofc|course|certainly|absolutely|definitely|indeed|affirmative|agreed|naturally|obviously|exactly|exactly (right|that|so|this)|precisely|gladly|totally|100|100%|hundred percent|one hundred percent)',
  '(very well|very good|quite so|by all means|with pleasure|be my guest)',
  '(right|rite|correct|corect|confirmed|fine|confirm|approved|accepted|done deal)',
  '(right|quite|all|perfectly|absolutely|entirely) (correct|right)',
  'right you are',
  '(oh|ah|no|nope|nah|naw|no no|oh no) (thats|that is|it is|its|is|that was|you are|youre|you got it|its all|thats all|that is all) (all|quite|absolutely|perfectly|completely|definitely|already|perfectly all)? (right|rite|correct|corect)',
  '(thats|that is|that|it is|its|is|everything is|all is|it all is|its all|thats all|that is all|that all|it) (all|quite|absolutely|perfectly|completely|definitely|exactly|totally|perfectly all)? (right|rite|correct|corect|spot on)',
  '(thats|that is|that sounds|sounds|looks|that looks|it looks|all looks|all sounds) (all|quite|absolutely|perfectly|completely|very|about)? (fine|good|ok|okay|great|perfect|right|correct) (to me|by me|with me|for me)?',
  '(thats|that is) (it|the one|what i (want|said|asked for|need)|exactly (it|what i want|right)|me|mine|my (order|account|address|email|number))',
  '(that would be|thatd be) (most|very|so)? (kind|lovely|great|wonderful|good|perfect|brilliant|helpful)',
  '(i|we) (should|would) like (that|it)',
  '(id|wed) like (that|it)',
  'that will do (nicely)?',
  'thatll do (nicely)?',
  '(it is|i do|i would|you may|you can)',
  'to do it',
  'go',
  'i (want|would like|wish|need) (you to|to) (do (it|that|this)|go ahead|proceed)',
  'i (can)? (confirm|agree|approve|accept|consent|do confirm|am agree) (it|that|this|to (it|that|this)|with (it|that|this))?',
  '(i am|im) (sure|certain|happy with (it|that)|happy for you to (do (it|that)|go ahead)|in agreement|positive|very sure|quite sure|completely sure|100% sure|100 sure)',
  'happy with (it|that)',
  '(all|all looks|looking) good to go',
  '(i|we) (have|ve)? (already|have already)? (said|say|told you) yes (already)?',
  '(ive|weve) (already)? (said|told you) yes (already)?',
  'i (would|d) say yes',
  'id say yes',
  'works for me',
  '(my|the) (answer|answers) is yes',
  '(bet|facts|say less|fo sho|for sure|roger|roger that|yuppers|yus)',
  '(👍|✅|👌|🆗|✔|☑)',
]

/** A yes where the message begins with it; after "oh" it is scorn. */
export const GLAD_WORDS = [
  '(perfect|lovely|great|brilliant|grand|super|wonderful|excellent|splendid|smashing|marvellous|fab)',
]

/** Idioms of words that mean yes each by itself: scorn, impatience, or a polite no. */
export const NO_YES =
  /\b(?:(?:yeah|yea|yh|ye|ya|yep|sure|ok|okay|oh|ah) right|(?:yeah|yea|ya) (?:yeah|yea|ya|sure)|sure sure|(?:right|ok|okay|yes|yeah) (?:thats|that is) it|(?:youre|you are|ur|thats|that is|its|it is|is) (?:\w+ )?all ?right|(?:thats|that is) (?:ok|okay|alright))\b/

/** Short words that are typed wrong, and real words that only look like one of ours. */
export const MISSPELT: Readonly<Record<string, string>> = {
  teh: 'the',
  taht: 'that',
  pelase: 'please',
  yse: 'yes',
  yess: 'yes',
  oaky: 'okay',
  plase: 'please',
  ahed: 'ahead',
  thsi: 'this',
  tis: 'this',
  cancle: 'cancel',
  delet: 'delete',
  kepe: 'keep',
  kep: 'keep',
  wiat: 'wait',
  shure: 'sure',
}
export const REAL_WORDS = new Set(
  'think thing things thinks there their these theme place places pleased pleases pleaser correctly corrects correction incorrect night light fight might sight tight eight border older odder write wrote while whale shore store share score short after alter later lately never fever clever exact extract agree agrees confess conform conforms process precede precedes account accounts another around about again begin going doing gone want wants waist paste great greet treat'.split(
    ' ',
  ),
)

/** A no and nothing else. */
export const DENIALS = [
  '(no|nope|nah|naw|nono|n|nein|non|nee|negative|never)',
  '(certainly|absolutely|definitely|of course|probably|better|best|rather|i said|hell|oh|er|um|uh|ew|lol|oh dear|bruh) (no|not|nope)',
  '(no|not) (way|chance|a chance|at all|really|thank you|thanks|thx|ta|sorry|please|correct|right|rite|ok|okay|that|this|true|quite|it)',
  '(no thats|thats|that is|that|it is|its|is|no it is|no that is|no its) (not|wrong|incorrect) (correct|right|ok|okay|it|true|what i (want|meant|asked for|said))?',
  '(wrong|incorrect|false|by no means|hard pass|not on your nelly|over my dead body|like hell|sike)',
  '(i|we) (do not|dont|didnt|did not) think so',
  'i (have)? (said|say) no',
  '(id|i would|wed|we would) (much)? (rather|prefer) not (to)? (say|tell|give|share|answer)? (you|that|it|this)?',
  '(👎|❌|🚫|✖|🙅)',
]

/** Nothing more is wanted of this. */
export const STOPS = [
  '(stop|quit|exit|abort|end|enough|finish|is finish|stop stop|stop it|stop that|stop this|stop now|just stop|please stop|stop asking|stop asking me|stop asking questions)',
  '(never|nvr) (mind|mid)',
  '(nvm|nevermind|neverminded|im out|im done|i am done|i give up|drop it|scrap (it|that|this)|dw|dw about it|hard pass)',
  '(forget|leave) (it|that|this|about it|about that|it then|please|it now|it be|it there|it at that|it for now|it lol)',
  '(forget|leave) (it|that|this)? (please|thanks)',
  '(no|dont|do not) (need|worry about it|worry bout it|bother|bother about it|need more|longer needed|longer necessary|longer need it|longer need this)',
  '(its|it is|this is)? (no longer|not) (needed|necessary|required|wanted) (more|any more|anymore)?',
  'i (dont|do not) (need|want) (it|this|that|help)? (any more|anymore|no more|any longer)?',
  'dont need it (no more|any more|anymore)?',
  'i no longer need (it|this|that|help)?',
  '(cancel|cancel (it|that|this)|cancel please)',
  '(i|ive|i have)? (just)? changed my mind',
  'lets call it a day',
  '(sorry)? wrong (chat|person|shop|company)',
  '(skip|ignore) (it|this|that|my (last|previous) message)',
]

/** It is solved without us. */
export const SOLVED = [
  '(its|it is|its all|it is all|all|is|thats|that is|everything is|everythings|this is|now its)? (already)? (sorted|solved|resolved|fixed|sorted out|taken care of|dealt with|figured out|done now)',
  '(i|ive|i have|we|weve) (sorted|solved|fixed|resolved|figured|found|got) (it|that|this|them) (out|all out|myself|ourselves|in the end|after all)?',
  '(found|got|figured) (it|them|that) (out)?',
  '(it|they|he|she|that|parcel|the parcel|my parcel|package|the package|my package|my order|the order|order|my refund|the refund|the money|my money|money|refund|the delivery|delivery|the email|the driver|my lamp|the lamp|my sofa|the sofa|my vase|the vase) (just|has|have|has just|have just|did|finally|has finally|has now|is|are|was|now|s)? (arrived|turned up|come|came|here|appeared|been delivered|been refunded|landed|showed up|shown up|come through|came through|in my account|on my account|working|working now|got here|delivered|behind the bin|in the shed|with (the|my) neighbour)',
  '(its|theyre) (just)? (arrived|turned up|come|here|appeared|been delivered|been refunded|landed|showed up|in my account|back in my account|working|working again|behind the bin|in the shed|at the neighbours)',
  '(my|the|our) (son|daughter|wife|husband|mum|dad|neighbour|brother|sister|colleague|friend) (has|had|have|s)? (already)? (seen to it|sorted it|done it|fixed it|got it|found it|picked it up|taken it in)',
  '(it|that|its) (is|was|all)? (come|good now|here|arrived|arived|turned up|came)',
  '(arrived|came|come|delivered|panic over|all good now|problem solved|problem is solved|not more necessary)',
  '(i|ive|i have) (already)? (spoken|talked) to (someone|somebody|a colleague|your colleague|support)',
  '(i)? (rang|called|phoned|emailed|spoke to) (your support|support|you|them|your colleague|the shop|customer service) and (they are|theyre|its|it is|they have|theyve) (already)? (looking into it|sorted it|on it|on the case|fixed it|sorting it|dealing with it|handled|sorted)',
  '(it|that) (is|was) (behind|in|under|next to|with|at|by) (the|my|our) (bin|bins|shed|porch|garage|neighbour|neighbours|hall|hallway|door|back door|recycling box|car)',
  '(it|its|everything) (works|is working|working|fine) now',
]

/** Around any of the short sentences above. */
export const AROUND = [
  '(ok|okay|oh|ah|um|er|uh|well|so|and|but|actually|sorry|please|pls|plz|wait|right|yes|yeah|yea|yep|sure|fine|correct|bet|hi|hello|hey|no|nope|nah|just|ooh|no no|no bother|lol|now|then|today|yesterday|this morning|again|anyway|all the same|though|after all|finally|thankfully|i think|just now|already|at last|instead|safely)',
  '(thanks|thx|thnx|thankyou|thank you|ta|cheers|ty|tysm|thank u) (so much|very much|a lot|again|anyway|for (that|your help|asking|the help|nothing))?',
  '(love|mate|dear|my dear|bro|man|sir|bye|goodbye|have a (good|nice) (day|one|evening|weekend))',
  '(sorry to (bother|have bothered|trouble) you|sorry for (the|any) (bother|trouble|confusion)|my mistake|my bad|false alarm)',
  '(ill|i will|i shall) (phone|call|ring|telephone|write|write a letter|go elsewhere|do it myself|do a chargeback|try again)',
  '(ive|i have) (rung them|done it|got it|troubled you enough)',
  '(oops|soz|do apologise|i do apologise|panic over|ignore me|ignore this|found it|dont bother|do not trouble|please do not trouble)',
  '(got it|i got it|figured it out|its fine|its ok|dont worry|no problem|im done|all good|all sorted)',
]

/** Not now. */
export const WAITS = [
  '(wait|waits|wait wait|hold|hold on|hang on|hold up|hol up|hold fire|hold your horses|hang fire|stop wait|wait please|moment|sec|second|minute|brb|later|tomorrow|un momento)',
  '(wait|hold on|hang on|hold fire) (a|one|1|just a)? (sec|second|minute|min|moment|tick|mo|bit|while)',
  '(one|1|just one|just a|a|half a|two|2) (sec|second|secs|minute|min|mins|minutes|moment|moments|tick|ticks|mo)',
  '(give|gimme) (me)? (a|one|1|two|2|five|5|ten|10|half a|a few|an)? (sec|second|minute|min|moment|mo|hour|mins|minutes|secs|seconds|hours)',
  'bear with (me)?',
  '(not|not just|not quite) (yet|now|rn|right now|today)',
  '(dont|do not|please dont) do (it|anything|that) (still|yet|until i say|until i say so|for now)',
  '(ill|i will|i shall|id|i would|i should|i need to|i want to|i must|i have to|let me|lemme|may i|can i|gotta|need to) (first)? (like to|want to|have to)? (think|check|look|see|find|fetch|get|ask|read|let you know|tell you|have a (think|look)|go and (get|find|look|see|ask|check)|go (get|find|look|see|ask|check)|dig|search|grab|get back to you|speak|talk|consult|say you)',
  '(im|i am)? (still)? (looking|searching|checking|finding|fetching|digging)',
  '(please)? (wait)? i (look|search|check)',
  'tomorrow i (say|tell) you',
]

/** What may follow "let me check". */
export const WAIT_ENDINGS = [
  '(for)? (my|the) (glasses|spectacles|email|emails|order|number|order number|confirmation|receipt|box|letter|phone)',
  '(out)? (the|my) (email|confirmation|receipt|number|box|letter)',
  '(it|that|this|about it|about that|for it|it out|it over|it up|them|tomorrow|later|first|again|back in a mo|in a moment|in a bit|soon)',
  '(with|to|about|for|in|on|at|from)? (my|the|our|his|her) (wife|husband|son|daughter|mum|mom|mother|dad|father|partner|bank|boss|glasses|email|emails|inbox|order|number|phone|laptop|confirmation|receipt|box|details|address|neighbour|neighbours|flatmate|sister|brother|colleague|calendar|diary)',
  '(im|i am) (driving|at work|on the bus|on the train|just asking the husband)',
  '(just)? asking (my|the) (husband|wife|son|daughter|mum|partner)',
]

export const THANKS = [
  '(thanks|thx|thnx|thanx|thankyou|thank you|thank u|ta|cheers|ty|tysm|gracias|merci|danke|🙏|❤)',
  '(so|very|ever so) (much|kind)',
  '(a lot|a million|again|anyway|bro|mate|love|for (that|your help|asking|the help|helping|everything))',
  '(ok|okay|great|lovely|perfect|brilliant|cool|nice|finally|right|good|bye|goodbye|you are very kind|youre very kind|you are a star|appreciate it|much appreciated|all good|thats all)',
]

export const GREETINGS = [
  '(hi|hello|hey|hiya|yo|heya|good (morning|afternoon|evening|day)|morning|evening|greetings|hello there|hi there|hey there|anybody there|anyone there|is (anyone|anybody) there|are you there|you there)',
]

/** The deed itself is refused: keep it, do not do it. */
export const REFUSALS = [
  '(no keep|keep|keep it|keep them|keep that|keep everything|keep both|keep all|leave it)',
  '(keep|keeping|leave|leave alone|hang on to|let stand) (my|the|that|this) (order|account|card|lamp|sofa|table|rug|vase|item|items|parcel|address|delivery|appointment|booking|membership|plan)',
  '(i|im|i am|ill|i will|we|we are|were|well)? (want|wish|would like|prefer|like|decided|going)? (to)? (keep|keeping) (it|them|that|this|everything|both|mine|my order|my account|the order|the account)',
  '(let|leave) (it|things|everything|the order|my order|my account|that) (as|the way) (it|they) (is|are|was|were|stands)',
  'let it (come|be|stand)',
  '(you)? (dont|do not|dont you|never|dont you dare|do not you) (cancel|delete|remove|return|send|change|touch|bin|block|close|move|order|proceed|go ahead|do) (it|that|this|them|anything|anything yet|my order|the order|my account|the account|my card|the card)?',
  'i (still)? (want|need|like) (it|that|this|them|my order|my account|the order) (back)?',
  '(i)? (do not|dont|didnt|did not) (want|ask for) (it|that|this|to|that done|this done|it cancelled|it canceled|it deleted)',
  '(id|i would) (rather|prefer) (you|that you|we)? (not|didnt|did not)',
  '(dont|do not|then dont|please not|better not|best not|id rather not|i would rather not)',
  'i (have|ve)? (just)? (changed my mind|thought better of it)',
  'on (second thoughts|second thought|reflection)',
]

/** They do not have it, or do not know it. */
export const CANNOTS = [
  '(i|we)? (do not|dont|cant|cannot|can not|couldnt|could not|havent|have not|didnt|did not|never|not) (actually|even|really|ever|currently)? (have|hav|got|get|know|find|remember|rember|recall|see|locate|access|keep|kept|receive|received|tell|say)',
  '(i)? (havent|have not|havent got|not) a clue',
  '(ive|i have|i)? (got)? no (idea|clue|email|e-mail|mail|number|order number|confirmation|record)',
  '(there)? (isnt|is no|is not|wasnt|was no) (one|any|number|email|order number)',
  '(i|ive|i have)? (lost|deleted|binned|misplaced|mislaid|forgot|forgotten|threw away|thrown away|chucked) (it|that|the email|the letter|the box|the number|the receipt|the paper|which one)?',
  '(idk|dunno|n a|none|not sure|unknown|not known|skip|skip it|skip this)',
  '(guest checkout|(i)? (checked out|ordered|bought|purchased) (as a guest|as guest|without an account|without account))',
  '(i)? no longer have it',
]
export const CANNOTS_AROUND = [
  '(it|that|this|one|any|them|the number|the email|my number|my email|my order number|an order number|an email|an email address|a number|the order number|the date|the day)',
  '(anywhere|on me|to hand|exactly|right now|at the moment|any more|anymore|lol|im afraid|i am afraid|where that is|where it is|what it is|which one|when|what that is|i used|with me)',
]

/** They go, are content, or make up for their tone; nothing is left to do. */
export const FAREWELLS = [
  '(bye|bye bye|bye now|byee|by|goodbye|good bye|good night|goodnight|ta ra|ta-ra|cheerio|tara|see you|see ya|see you later|so long|take care|cya|have a (good|nice|great|lovely) (day|one|evening|night|weekend|week))',
  '(all the best|best wishes|best regards|kind regards|regards|same to you|you too|and you)',
  '(thats|that is|that was|this is|that will be|thatll be) (all|it|everything) (i needed|i wanted|from me|for now|for today)?',
  '(no more questions|no further questions|nothing else|nothing more|no questions|im (all)? (good|done|set|sorted)|were (all)? (good|done|set|sorted)|all (good|done|set|sorted|fine|clear)|(its|it is|thats) (all)? (good|fine|ok|okay|cool))',
  '(perfect|great|lovely|brilliant|brill|wonderful|excellent|super|awesome|amazing|fab|fantastic|cool|nice|nice one|sweet|ace|sorted|grand|magic|splendid|good|good to know|fair enough|understood|got it|gotcha|noted|makes sense|i see|will do|sounds good|works for me|all clear)',
  '(sorry|apologies|my apologies|im sorry|i am sorry|i apologise|i apologize|forgive me|pardon) (again|about that|about (before|earlier|my (tone|language|temper|mood))|for (being|getting) (so)? (rude|short|angry|grumpy|impatient|snappy|cross)|for (my|the) (tone|language|temper|mood|outburst|confusion|bother|trouble|hassle|mix-up|rant|swearing)|for (bothering|troubling|disturbing|shouting at|snapping at) you|for (shouting|snapping|swearing|ranting|the wait)|(i|if i) (was|were|got|have been|came across) (as)? (so|a bit|very|too|rather)? (rude|short|angry|grumpy|impatient|snappy|cross|harsh)|to (bother|have bothered|trouble|have troubled|disturb|be rude|be short) (you)?)?',
  '(no hard feelings|no offence|didnt mean to (be rude|snap|shout)|i didnt mean (it|that) (like that)?|(i|ive) (was|were|been|got) (so|a bit|very|too|rather)? (rude|short|grumpy|impatient|snappy) (with you|to you|earlier|before)?)',
  '(👍|👌|🙂|😊|😀|😁|🙏|❤|👋|✌|😉|🤝|🥰|😃|😄|☺|💚|🎉|🤗|✅|🫶|💯)',
]
/** Nothing here refuses, puts off or turns round what was said before. */
export const FAREWELLS_AROUND = [
  '(ok|okay|oh|ah|um|well|so|and|lol|haha|then|right|yes|yeah|yep|sure|for now|again|everyone|all|really|very|so much|too|earlier|before|just now)',
]
