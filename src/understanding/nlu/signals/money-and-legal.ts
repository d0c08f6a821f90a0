// Phrases of signals about money, law and trust: an ordinary answer would make these worse.
import type { Signal } from '#domain'
import type { Phrases } from './safety.ts'
import { TOUT } from './small-talk.ts'

export const GRIEVANCE = {
  'legal-threat': {
    hear: [
      /\b(?:my|our) (?:lawyers?|attorneys?|solicitors?|barrister|legal team)\b/i,
      /\b(?:talk|speak|contact|call|get|getting|hire|hiring|see|seeing|consult|involve|find|instruct)\p{L}* (?:to |with )?(?:a |an |the |some )?(?:lawyers?|attorneys?|solicitors?|legal advice|legal counsel)\b/iu,
      /\blegal (?:action|proceedings|advice|claim|notice|letter|steps|route|case|department|team)\b|\blaw ?suits?\b|\bclass action\b/i,
      /\bsuing\b|\bsue (?:you|u|them|your|the (?:company|hell|airline|bank|pants)|this (?:company|airline|shop)|over|for)\b/i,
      /\b(?:i'?ll|i will|i'?m gonna|gonna|going to|want to|have to|about to|could|should|might|shall|must) (?:\p{L}+ )?sue\b(?! \p{Lu})/u,
      /\b(?:see|meet) you in (?:small claims )?court\b|\btak(?:e|ing) (?:you|this|them|it|the company) to (?:small claims )?(?:court|tribunal)\b|\bsmall claims\b|\bcourt (?:case|order|date|claim|papers)\b|\bpress(?:ing)? charges\b/i,
      /\b(?:trading standards|ombudsman|better business bureau|bbb|citizens advice|attorney general|consumer (?:protection|rights|affairs|council)|information commissioner|data protection authority|financial conduct authority|regulators?|regulatory (?:body|authority))\b/i,
      /\b(?:complaint|complain|complaining|report|reporting|reported|file|filed|filing|going|escalate)\b.{0,30}\b(?:to|with) (?:the )?(?:ftc|cfpb|fca|ofcom|ofgem|asa|ico|dot|fcc|sec|caa|faa|cma|police|authorities)\b/i,
      /\bbreach of contract\b|\bcease and desist\b|\bstatutory rights\b|\byou(?:'re| are) (?:breaking|violating) the law\b|\b(?:this|that|it)(?:'s| is) (?:\p{L}+ )?illegal\b/iu,
    ],
  },
  press: {
    hear: [
      /\b(?:go|going|went|take|taking|talk|talking|speak|speaking|reach|reaching|contact|contacted|contacting|call|calling|tell|telling|told|email|emailed|emailing|write|writing|tip|tipping|send|sending)\b.{0,20}\b(?:to |with |out to |off )?(?:the |a |some )?(?:local |national )?(?:press|media|news|newspapers?|papers|bbc|cnn|journalists?|reporters?|tv station|news station|evening news|watchdog)\b/i,
      /\b(?:i'?m|i am|as|this is) (?:a|an|the) (?:\p{L}+ )?(?:journalist|reporter|correspondent|news editor)\b/iu,
      /\b(?:[Jj]ournalist|[Rr]eporter|[Cc]orrespondent|[Ee]ditor|[Pp]roducer) (?:from|at|with|for) (?:the )?\p{Lu}/u,
      /\bi (?:write|report) for (?:the |a )?(?:\p{L}+ )?(?:guardian|times|telegraph|mail|post|news|herald|gazette|mirror|sun|independent|bbc|itv|sky|cnn|papers?|newspaper|magazine)\b/iu,
      /\bpress (?:enquir(?:y|ies)|inquir(?:y|ies)|office|officer|request|contact|statement|team|deadline)\b|\bmedia (?:enquir(?:y|ies)|inquir(?:y|ies)|request|contact|relations)\b/i,
      /\b(?:request|asking|reaching out|provide|offer|opportunity)\b.{0,20}\bfor (?:a )?comment\b|\bcare to comment\b/i,
      /\b(?:writing|publishing|running|preparing) (?:a|an|the) (?:\p{L}+ )?(?:article|story|report|piece|feature|investigation) (?:about|on|for|into)\b/iu,
    ],
  },
  compensation: {
    hear: [
      /\b(?:want|need|demand|expect|deserve|owe[ds]?|asking for|like|get|give (?:me|us)|offer(?:ing)? (?:me|us)?|entitled to|due)\b.{0,25}\b(?:compensation|goodwill|recompense)\b/i,
      /\bcompensat(?:e|ed|ing) (?:me|us)\b|\b(?:any|some|what|my|our|no|about|what about|how about) (?:sort of |kind of )?compensation\b/i,
      /\b(?:want|demand|expect|deserve|owe|give (?:me|us)|can (?:i|we) (?:have|get)|could (?:i|we) (?:have|get))\b.{0,25}\b(?:voucher|money off|discount|something|credit|refund|free \p{L}+)\b.{0,15}\bfor (?:the|this|that|all|my|our|your) (?:\p{L}+ )?(?:trouble|delay|wait|waiting|inconvenience|hassle|mess|stress|mistake|error|bad service|poor service|late delivery)\b/iu,
      /\bwhat (?:are|will|can) you (?:going to )?(?:do|give|offer)(?: me| us)? (?:to make (?:it|this|that) up|to make up for|in return|as compensation)\b/i,
    ],
  },
  chargeback: {
    hear: [
      /\bcharge ?-?backs?\b|\bsection 75\b|\bpaypal (?:dispute|claim|case)\b/i,
      /\bdisput(?:e|ed|ing)\b.{0,30}\b(?:with|through|via|at) (?:my |the )?(?:bank|credit card|card (?:company|issuer)|visa|amex|mastercard|paypal)\b/i,
      /\b(?:i'?ll|i will|going to|gonna|have to|will be|i'?m|i am) (?:\p{L}+ )?disput(?:e|ing) (?:the|this|that|these|your|all)\b/iu,
      /\b(?:call|calling|called|contact|contacting|ask|asking|tell|telling|told|get|getting|through|have|having|asked)\b.{0,15}\b(?:my|the) (?:bank|credit card(?: company)?|card (?:issuer|company))\b.{0,30}\b(?:back|dispute|reverse|stop|cancel|claim|refund|block)\b/i,
    ],
  },
  fraud: {
    hear: [
      /\bfraud(?:s|ulent|ulently|ster|sters)?\b|\bidentity theft\b|\bphish(?:ing|ed)\b|\bskimm(?:ed|ing) my card\b/i,
      /\bunauthori[sz]ed (?:\p{L}+ )?(?:charges?|payments?|transactions?|purchases?|withdrawals?|debits?|orders?|use|access|activity)\b/iu,
      /\b(?:charges?|payments?|transactions?|purchases?|orders?|withdrawals?|debits?)\b.{0,25}\b(?:i|we) (?:didn'?t|did not|never|don'?t|do not|haven'?t) (?:make|made|authori[sz]ed?|recogni[sz]ed?|place|placed|approved?|do)\b/i,
      /\b(?:don'?t|do not|didn'?t|did not|never) (?:recogni[sz]ed?|authori[sz]ed?|approved?)\b.{0,20}\b(?:charges?|payments?|transactions?|purchases?|withdrawals?|debits?)\b/i,
      /\b(?:card|identity|cards|account details|card details|bank details|purse|wallet)\b.{0,15}\b(?:was|were|has been|have been|got|been) (?:stolen|cloned|copied|skimmed)\b|\bstolen (?:credit )?card\b|\bstole my (?:card|identity|money|wallet|phone)\b/i,
      /\b(?:someone|somebody|some one|a stranger|person)(?: else)?\b.{0,20}\b(?:us(?:ed|ing|es)|charg(?:ed|ing)|spent|spending) (?:with )?my (?:card|account|name|details|credit card|debit card|money|identity)\b/i,
      /\b(?:got|been|was|were|get|being|getting) scammed\b|\bscammed (?:me|us|out|my|by)\b|\bscam (?:email|e-mail|text|sms|call|website|message|site|account|page|link)s?\b|\bis (?:this|that|it) (?:\p{L}+ )?a scam\b/iu,
      /\b(?:fake|imposter|impersonat\p{L}+) (?:website|web ?site|site|email|e-mail|text|sms|account|page|profile|shop|store|app|call|caller|link)s?\b|\bimpersonating (?:you|your)\b/iu,
    ],
  },
  'account-takeover': {
    hear: [
      /\b(?:account|email|e-mail|profile|page|phone|login|i|i'?ve|password|they|app)\b.{0,15}\b(?:hacked|hijacked|compromised|breached|taken over|broken into)\b/i,
      /\bhack(?:ed|er|ers|ing)\b.{0,25}\b(?:account|profile|my|into|me)\b/i,
      /\b(?:someone|somebody|some one|a stranger|anyone|hacker)(?: else)?\b.{0,20}\b(?:log(?:ged|ging|s)?(?: in)?|sign(?:ed|ing)(?: in)?|got|getting|gained|broke|access(?:ed|ing)?|in|into|using|has|took)\b.{0,15}\bmy account\b/i,
      /\b(?:password|e-?mail|phone number|number|address)(?: address)? (?:on my account |for my account )?(?:was|has been|got|were|is) changed\b(?! (?:by me|successfully))/i,
      /\b(?:log ?-?ins?|sign ?-?ins?|device|devices|activity)\b.{0,30}\b(?:wasn'?t me|not me|don'?t recogni[sz]e|didn'?t recogni[sz]e|isn'?t mine|not mine|unrecogni[sz]ed)\b/i,
      /\b(?:suspicious|strange|unknown|unfamiliar|unrecogni[sz]ed|weird) (?:log ?-?ins?|sign ?-?ins?|activity|access|device)\b/i,
      /\btook over my account\b|\bstole my account\b|\bmy account (?:was|has been|got) stolen\b/i,
    ],
    unless: [/\blife ?hacks?\b|\bhackathons?\b/gi, TOUT],
  },
  'data-request': {
    hear: [
      /\b(?:gdpr|ccpa|dsar)\b|\bsubject access request\b|\bright to (?:be forgotten|erasure|access)\b|\bdata protection officer\b|\bdata (?:deletion|erasure|access) request\b/i,
      /\b(?:delete|erase|remove|wipe|destroy) (?:all )?(?:of )?(?:my|the|any) (?:personal |customer )?(?:data|information|info|details|records)\b/i,
      /\b(?:copy|export|download|disclosure|list) of (?:all )?(?:of )?(?:my|the|any) (?:personal |customer )?(?:data|information|records)\b|\b(?:export|download) (?:all )?my (?:personal )?data\b/i,
      /\b(?:what|which|all|any) (?:the )?(?:personal )?(?:data|information|info)\b.{0,20}\b(?:you|company|they)(?: \p{L}+)? (?:have|hold|store|keep|collect|collected|stored)\b.{0,10}\b(?:on|about|of) (?:me|us)\b/iu,
    ],
  },
  'repeat-contact': {
    hear: [
      /\b(?:third|fourth|fifth|sixth|seventh|tenth|umpteenth|hundredth|3rd|[4-9]th|\d\dth)(?: \p{L}+)? (?:time|message|email|e-mail|tweet|call|dm|attempt|request|complaint|letter|chat|agent|person)\b(?! (?:order|buy|buyer|shop|custom|us(?:ing|er)|visit|try|fly|stay|winner|purchas|lucky|is the charm|in a row))/iu,
      /\b(?:second|2nd) (?:message|email|e-mail|tweet|call|dm|attempt|request|complaint|letter|chat|time (?:i|i'?ve|asking|contacting|writing|calling|messaging|emailing|reporting))\b/iu,
      /\bstill (?:been )?waiting (?:since|for (?:a|an|any|your|some|someone|somebody|you|that|the) (?:reply|response|answer|call ?back|update|call|email|resolution|to (?:reply|respond|answer|call))|(?:for |after )?(?:over |more than |almost |about )?(?:\d+|two|three|four|five|six|ten|several|many|a) (?:days?|weeks?|months?|years?))\b/i,
      /\bstill (?:no|not had|not got|not received|haven'?t (?:had|heard|got|gotten|received)|have not (?:had|heard|received)|without|nothing|waiting on|awaiting) (?:a |an |any |your )?(?:reply|response|answer|call ?back|update|word|back|from you|contact|resolution)\b/i,
      /\b(?:no ?-?one|nobody|none of you)(?: \p{L}+)? (?:has |have |is |ever |bothered to |even )?(?:replied|responded|answered|answers|replies|responds|replying|responding|answering|called (?:me )?back|got(?:ten)? back|gets back|reply|respond|answer|get back)\b/iu,
      /\b(?:contacted|called|emailed|e-mailed|messaged|written|wrote|dm'?d|dmed|tweeted|phoned|rang|asked|told|spoken|complained|reported|reached out|explained|chased)\b.{0,30}\b(?:twice|(?:two|three|four|five|six|ten|several|multiple|many|numerous|countless|\d+) times|again and again|over and over|repeatedly|x ?[2-9]\b)/i,
      /\b(?:already|previously) (?:contacted|called|emailed|messaged|written|wrote|dm'?d|tweeted|phoned|complained|reported|told you|explained|sent (?:you )?(?:a |an |several |two |three )?(?:dm|email|message|emails|messages))\b/i,
      /\bhow many (?:more )?times (?:do|must|should|have|will) (?:i|we)\b|\b(?:you|they|everyone|agents?) keep (?:\p{L}+ )?(?:saying|telling|promising|ignoring|asking|sending|passing)\b|\bi keep (?:asking|calling|emailing|messaging|writing|repeating|chasing|explaining|having to|being (?:passed|told|ignored))\b|\bas i(?:'ve| have)? (?:already|previously) (?:said|told|mentioned|explained)\b/iu,
      /\b(?:you(?:'ve| have)?|they(?:'ve| have)?|been|being|keep|keeps|keeping|getting|are|you'?re) (?:just |all |completely )?(?:ignored|ignoring)\b.{0,15}\b(?:me|my|us|our|by|for|$)/i,
      /\b(?:weeks?|days?|months?|hours) (?:ago|now|later|on) (?:and|&) (?:still |i'?ve |i )?(?:\p{L}+ )?(?:no (?:reply|response|answer|word)|nobody|silence|haven'?t heard)\b/iu,
    ],
  },
} as const satisfies Partial<Record<Signal, Phrases>>
