// Phrases of safety signals, after which a person has to look.
// Each names an act or an event in several words: `sue`, `press` or `kill` alone is too often something else.
import type { Signal } from '#domain'

/** What is listened for. `unless` phrases are taken out of the text first. */
export type Phrases = { readonly hear: readonly RegExp[]; readonly unless?: readonly RegExp[] }

export const DANGER = {
  'self-harm': {
    hear: [
      /\b(?:kill|killing|hang|hanging|shoot|shooting|unalive) myself\b/i,
      /\bend(?:ing)? (?:my (?:own )?life|it all)\b/i,
      /\btak(?:e|ing) my (?:own )?life\b/i,
      /\b(?:want|wanted|wanna|going|ready|rather|wish i (?:could|would)) (?:to )?(?:just )?die\b/i,
      /\b(?:don'?t|do not|didn'?t) (?:want|wanna) (?:to )?(?:live|be alive|be here|exist|wake up)\b/i,
      /\b(?:no reason|nothing left|nothing) to live\b|\bbetter off (?:dead|without me)\b|\bwish i (?:was|were) dead\b/i,
      /\b(?:no|any|a|the) (?:reason|point) (?:to|in|of) (?:wak(?:e|ing) up|liv(?:e|ing)(?! in| at| with| near| room)|go(?:ing)? on living|be(?:ing)? (?:alive|here any ?more))\b/i,
      /\bcan'?t go on living\b|\blife (?:is|isn'?t) not? ?worth living\b/i,
      /\bsuicid\p{L}*/iu,
      /\b(?:want|wanted|going|thinking|thought|urge|urges)\b.{0,15}\b(?:hurt|hurting|harm|harming|cut|cutting) myself\b/i,
      /\bself[- ]?harm(?:ing|ed)?\b|\bjump(?:ing)? off (?:a|the) (?:bridge|roof|building)\b/i,
      /\btak(?:e|en|ing) (?:all (?:of )?my|too many|a bottle of) (?:pills|tablets)\b/i,
      /\bselbstmord\p{L}*|\bmich umbringen\b|\bquiero morir|\bmatarme\b|\bje veux mourir\b|\bme tuer\b/iu,
    ],
    unless: [
      /\bsuicide (?:squad|doors?|mission|burn)\b|\b(?:career|brand|social|political|commercial) suicide\b/gi,
      /\bdie of (?:laughter|laughing|embarrassment|boredom)\b/gi,
    ],
  },
  medical: {
    hear: [
      /\ballergic reaction\b|\banaphyla\p{L}+|\ballerg(?:y|ic) to\b/iu,
      /\bfood poison(?:ing|ed)\b|\b(?:threw|throwing) up\b|\bvomit(?:s|ed|ing)?\b/i,
      /\b(?:rushed|taken|went|go|going|ended up|sent|been|was|is|am|are|him|her|me|she'?s|he'?s|i'?m|they'?re|we'?re) (?:in |to |at |in to )(?:the |a )?(?:hospital|emergency room|er|a&e)\b/i,
      /\b(?:hospitali[sz]ed|ambulance|paramedics?|unconscious|passed out|fainted|concussion|seizures?|miscarriage)\b/i,
      /\b(?:side effects?|overdos(?:e|ed|ing)|insulin|epi-?pen|inhaler|asthma|diabet(?:ic|es)|chest pains?|heart attack|can'?t breathe|trouble breathing)\b/i,
      /\b(?:my|his|her|their|take|taking|with|prescription|blood pressure) (?:medication|medicine|meds|prescription|pills)\b/i,
      /\b(?:i'?m|i am|my wife is|she'?s|while|when|if|being) pregnant\b|\bbreast ?feeding\b/i,
      /\b(?:got|have|has|gave me|caused|developed|broke out in|had)\b.{0,15}\b(?:a rash|hives|blisters|an infection)\b/i,
      /\b(?:ate|eating|drank|drinking|taking|using|food|meal|product|cream)\b.{0,40}\b(?:sick|ill)\b/i,
      /\bmade (?:me|us|him|her|my \p{L}+) (?:\p{L}+ )?(?:physically |violently |really |very )?ill\b/iu,
    ],
    unless: [
      /\b(?:gave|giving|give|having|had|nearly had|almost had) (?:me )?an? (?:\p{L}+ )?heart attack\b/giu,
      /\bsick (?:and tired|of)\b|\bmakes? me sick\b/gi,
    ],
  },
  safety: {
    hear: [
      /\b(?:caught|catch(?:es|ing)?|set|on) fire\b|\bburst into flames\b|\bup in flames\b|\bin flames\b/i,
      /\b(?:battery|phone|charger|laptop|device|toy|oven|kettle|bottle|it|tire|tyre|lamp|heater|plug|cable|socket|hob) (?:just |has |has just )?(?:exploded|blew up|is smoking|is melting|is sparking|melted|overheats?|overheated|is overheating|is swollen)\b/i,
      /\bsmoke (?:is |was )?(?:coming|pouring) (?:out|from)\b|\bsparks? (?:came|coming|flew|flying)\b|\bsmell(?:s|ed)? (?:of )?(?:burning|gas)\b/i,
      /\belectric(?:al)? shock\b|\belectrocut\p{L}+|\b(?:got|felt|gave (?:me|us|him|her)) (?:a|an) (?:\p{L}+ )?shock\b.{0,25}\b(?:touch|plug|switch|lamp|cable|socket)|\bshocked me\b.{0,20}\b(?:plug|touch|charg|cable|socket)/iu,
      /\b(?:burn(?:ed|t|s)?|cut|hurt|broke|broken|injured|crushed|trapped|sliced) (?:my|his|her|our|their|the baby'?s)(?: \p{L}+'?s?)? (?:hand|hands|finger|fingers|skin|face|foot|feet|arm|leg|back|neck|head|eye|eyes|tongue|mouth|lip|child|baby|son|daughter|ankle|wrist|tooth)\b/iu,
      /\b(?:burn(?:ed|t)?|cut|hurt|injured) (?:myself|himself|herself|themselves)\b/i,
      /\b(?:injur(?:y|ed|ies)|bleeding|got hurt|was hurt|were hurt|stitches)\b/i,
      /\bchok(?:e|ed|ing) (?:on|hazard)\b|\bswallow(?:ed|ing)? (?:a|the|one|it|some|part)\b/i,
      /\b(?:glass|metal|plastic|mou?ld|needle|nail|razor|insects?|maggots?) (?:in|inside) (?:my|the|our|his|her) (?:food|drink|bottle|meal|salad|jar|baby)/i,
      /\b(?:collapsed|gave way|fell apart|came down|tipped over)\b.{0,30}\b(?:on|onto|under|with|killed|crushed|hit) (?:me|us|my|our|him|her|the (?:baby|child|kids))\b/i,
      /\bgas leak\b|\bcarbon monoxide\b|\blife[- ]threatening\b|\b(?:safety|fire|choking|tripping) hazard\b/i,
      /\b(?:this|it|that|product|seat|toy|which|they) ?(?:'s|is|are|was) (?:\p{L}+ )?(?:very |really |so |extremely )?(?:dangerous|unsafe|a hazard)\b/iu,
      /\b(?:could|could've|could have|might have|nearly|almost) (?:have )?(?:died|been killed|been seriously hurt|killed (?:me|us|him|her|someone|my))\b/i,
      /\b(?:brakes?|steering|airbags?|seat ?belts?) (?:\p{L}+ )?(?:failed|fail|broke|snapped|stopped working)\b/iu,
      /\b(?:was|been) (?:sexually )?(?:assaulted|attacked|groped|threatened|followed home)\b|\b(?:he|she|they|driver|courier|staff) (?:assaulted|attacked|threatened|hit|pushed|shoved|grabbed|groped) (?:me|us|my)\b/i,
      /\b(?:feel|felt|am|are|was|were) (?:not safe|unsafe|in danger)\b|\bdon'?t feel safe\b/i,
    ],
    unless: [
      /\b(?:you|u|team|guys|crew|deals?|sale|\p{L}+'s) (?:\p{L}+ )?(?:are|is|were|was|r) on fire\b/giu,
      /\bfire ?(?:tv|stick|tablet|sale)\b\b|\binsult to injury\b/gi,
    ],
  },
  threat: {
    hear: [
      /\b(?:i'?ll|i will|i'?m (?:going to|gonna)|i am going to|gonna|going to|we will|we'?ll|i want to|i could) (?:\p{L}+ )?(?:kill|murder|shoot|stab|strangle|bomb|hurt|punch|beat up|hunt down|attack) (?:you|u|ur|your|all of you|them|him|her|everyone|everybody|someone|somebody|the|that|this|one of)\b/iu,
      /\b(?:bomb|shoot up|blow up|burn down|burn|set fire to|firebomb|smash up) (?:your|ur|the|this|that) (?:\p{L}+ )?(?:store|shop|office|offices|building|warehouse|branch|headquarters|hq|house|place down)\b/iu,
      /\bi (?:know|will find out|'ll find out) where (?:you|your|u|he|she|they)(?: \p{L}+)? (?:live|lives|work|works|sleep)\b/iu,
      /\b(?:come|coming|going) (?:down|over|round|back)?\b.{0,30}\b(?:burn|smash|blow|trash) (?:it|you|the place|everything) (?:down|up)\b|\bbrick through (?:your|ur|the) windows?\b|\bthere(?:'s| is) a bomb (?:in|at|under)\b/i,
      /\bwatch your back\b|\byou (?:deserve to|should|will|better|are going to|'re going to|gonna) die\b|\byou(?:'re| are) dead\b/i,
      /\b(?:come|coming|drive|show up)\b.{0,30}\bwith (?:a|my) (?:gun|knife|bat|hammer|rifle)\b/i,
    ],
    unless: [
      /\b(?:kill|killing|killed) (?:the|your|my|this) (?:vibe|mood|time|battery|deal|app|process|bot|buzz|joy|music|lights?|engine)\b/gi,
    ],
  },
  discrimination: {
    hear: [
      /\bdiscriminat(?:e|es|ed|ing|ion|ory)\b|\bracis(?:t|m)\b|\bsexis(?:t|m)\b|\b(?:homo|trans|islamo|xeno)phob\p{L}+|\banti-?semit\p{L}+|\bableis[tm]\b|\bracial(?:ly)?\b/iu,
      /\b(?:because|due to|based on|just for|for)(?: of)?\b.{0,20}\b(?:being (?:black|asian|brown|gay|lesbian|trans|muslim|jewish|hindu|disabled|a woman|old|foreign|pregnant|in a wheelchair|deaf|blind)|(?:my|his|her|their|our) (?:race|religion|skin|disability|gender|accent|hijab|turban|wheelchair|ethnicity|nationality|sexuality|colou?r|age))\b/i,
      /\bbecause (?:i use|of (?:my|his|her)|i have) (?:a |an )?(?:\p{L}+ )?(?:wheelchair|guide dog|assistance dog|disability|hijab|turban)|because (?:i'?m|i am|we'?re|we are|he'?s|he is|she'?s|she is|they'?re) (?:a )?(?:black|asian|brown|gay|lesbian|trans|muslim|jewish|hindu|disabled|woman|foreigner|deaf|blind|autistic|in a wheelchair)\b/iu,
      /\b(?:laughed|laughing|mocked|mocking|made fun|making fun|joked|sneered)\b.{0,15}\b(?:at|of|about)? ?(?:my|his|her|our|their) (?:accent|skin|hijab|turban|disability|stammer|wheelchair|name)\b/i,
      /\b(?:used|called|shouted|using) (?:\p{L}+ )?(?:a |an )?(?:racial |homophobic )?slurs?\b/iu,
    ],
    unless: [/\b(?:price discrimination|discriminating (?:taste|palate))\b/gi],
  },
  minor: {
    hear: [
      /\bi(?:'m| am|m) (?:only |just |actually )?(?:[5-9]|1[0-7])(?: ?years?[ -]old| ?yrs?[ -]old| ?y\/?o\b| ?[.,!?)]| and (?:i|my|ordered|bought|used|signed|made|clicked)\b|$)/im,
      /\bi(?:'m| am|m) (?:under|not yet|below|not) (?:age|18|16|13|eighteen|sixteen)\b|\bi(?:'m| am|m) (?:a minor|underage|under ?age)\b/i,
      /\bmy (?:[1-9]|1[0-7])[ -]?(?:year|yr|y)s?[ -]?(?:old|o)\b.{0,25}\b(?:bought|ordered|purchased|signed|spent|made|subscribed|used|account|clicked)\b/i,
      /\b(?:child|kid|son|daughter|minor|toddler|nephew|niece|grandson|granddaughter)\b.{0,25}\b(?:bought|ordered|purchased|signed up|spent|made a purchase|subscribed|clicked|used my card|racked up)\b/i,
      /\b(?:without|ask|asked|asking) my (?:mum|mom|mam|dad|parents?)\b|\bmy (?:mum|mom|dad|parents?)(?:'s)? (?:don'?t|doesn'?t|didn'?t) know\b|\bi(?:'m| am) in (?:year|grade) [1-9]\b|\bi(?:'m| am) in (?:the )?\d(?:st|nd|rd|th) grade\b/i,
    ],
  },
} as const satisfies Partial<Record<Signal, Phrases>>
