// Blocks medical and legal advice.
// Safety information in the words of our own article passes, and so does sending somebody to a doctor or a lawyer.
import { type Check, findingAt, findMatches } from '../check-input.ts'

const MEDICINE = String.raw`(?:ibuprofen|paracetamol|acetaminophen|aspirin|codeine|antihistamines?|piriton|cetirizine|loratadine|benadryl|antibiotics?|penicillin|amoxicillin|hydrocortisone|steroids?|cortisone|insulin|adrenaline|epipen|inhaler|painkillers?|anti-inflammatory|antiseptic|medicines?|medication|sedatives?|antidepressants?|melatonin|savlon|calamine|germolene|activated charcoal)`
const ILLNESS = String.raw`(?:allerg(?:y|ies|ic (?:reaction|to))|infection|infected|concussion|concussed|eczema|dermatitis|asthma|anaphyla\w+|fracture|fractured|broken bone|sprain|(?:first|second|third)[- ]degree|poisoning|poisoned|carbon monoxide|migraine|depress(?:ion|ed)|hives|cellulitis|sepsis|shock|tetanus)`
const MEDICAL = new RegExp(
  [
    String.raw`(?<![\p{L}])(?:take|taking|give (?:him|her|them|your \w+)|try|have|swallow|dose of|double)(?: \p{L}+){0,3} (?:\d+(?:[.,]\d+)? ?(?:mg|mcg|ml|milligrams?|millilit(?:er|re)s?)(?![\p{L}])|tablets?(?! of)|pills?|${MEDICINE})`,
    String.raw`(?<![\p{L}\d])\d+(?:[.,]\d+)? ?(?:mg|mcg|milligrams?|micrograms?)(?![\p{L}/])`,
    String.raw`(?<![\p{L}])(?:use|using|apply|applying|put|putting|rub|rubbing|stop|stopping|start|starting|skip|recommend|suggest|advise|prescribe)(?: \p{L}+){0,4} ${MEDICINE}(?![\p{L}])`,
    String.raw`(?<![\p{L}])(?:you|he|she|they|it|that|this)(?:['’](?:re|s|ve)| (?:are|is|have|has|may|might|must|could|probably|likely|clearly|definitely|just|only|sounds?|looks?|seems?|like|be|an?))+ ${ILLNESS}(?![\p{L}])`,
    String.raw`(?<![\p{L}])(?:no need|not? (?:necessary|need)|don['’]?t (?:need|have)|needn['’]?t|do not (?:need|have)) (?:to )?(?:go to |see |ring |call |visit |bother |contact )?(?:an? |the |your )?(?:doctor|gp|hospital|a&e|ambulance|vet|pharmacist|medical)`,
    String.raw`(?<![\p{L}])(?:induce vomiting|make (?:him|her|yourself|them) (?:sick|vomit)|burst the blister|(?:run|hold|keep|cool|put) (?:it|the (?:burn|wound|cut|hand)|your \p{L}+|the area) (?:under|in|with) (?:cold|cool|running|lukewarm|ice)|bandage it|it will heal|(?:your|the) (?:symptoms|diagnosis|dosage|dose)(?: \p{L}+){0,2} (?:is|are|means?|suggests?|sounds?))`,
    String.raw`(?<![\p{L}])safe (?:to (?:take|use|eat|drink)|for you)(?: \p{L}+){0,3} (?:while|if|when|during) (?:you['’]?re |you are )?(?:pregnan|breastfeed|allergic|asthma|on medication|ill)`,
  ].join('|'),
  'giu',
)

const LEGAL = new RegExp(
  [
    String.raw`(?<![\p{L}])(?:entitled|have (?:a|the|every|your) (?:legal )?right|within your rights|you (?:can|could|should|may|might|ought to|must)|i(?:['’]d| would) (?:advise|recommend|suggest)(?: \p{L}+){0,2}|advise you to|feel free to) (?:to )?(?:legally )?(?:sue|take (?:us|them|him|her|it|the \p{L}+) to court|go to court|press charges|(?:claim|seek|demand|get) damages|bring (?:a )?(?:claim|proceedings|action)|take legal action|file (?:a )?(?:claim|lawsuit|suit)|start proceedings|withhold (?:the )?(?:payment|rent)|cancel the contract|terminate the contract|rescind)`,
    String.raw`(?<![\p{L}])(?:entitled|entitles you|owed) to(?: \p{L}+){0,3} (?:damages|compensation|legal \p{L}+|statutory \p{L}+)`,
    String.raw`(?<![\p{L}])(?:you|we|they)(?:['’](?:ve|d|re)| have| would have| are| do not| don['’]?t| has)?(?: \p{L}+){0,2} (?:(?:a|no|any|every) (?:strong |good |weak |legal )*(?:case(?: against| in court)|legal (?:claim|obligation|duty|liability|grounds|basis|standing))|(?:not )?(?:legally )?(?:liable|negligent|in breach)|(?:admit|accept|deny|acknowledge) (?:all |any |full |legal |the )*(?:liability|negligence|fault in law|legal responsibility))(?![\p{L}])`,
    String.raw`(?<![\p{L}])(?:under|according to|pursuant to|in breach of|breach(?:es|ed)?) (?:the |section \d+|article \d+|clause \d+|uk |english |eu |consumer |data |contract |british |federal )*(?:law|act(?![\p{L}])|regulations?|directive|gdpr|statute|legislation|rights act)`,
    String.raw`(?<![\p{L}])(?:the law (?:says|requires|entitles|gives|means|allows|states|is (?:clear|on))|(?:legally|in legal terms|from a legal point of view|in law),? (?:you|we|they|speaking|that|this|it)|(?:my|our) legal (?:advice|view|opinion)|(?:would|will|['’]ll|could|can|might) (?:win|lose) (?:in court|the case|your case)|small claims(?: court)?|(?:legal|court|tribunal) (?:proceedings|claim|case)|not legally binding|is illegal|is unlawful|against the law|statute of limitations)(?![\p{L}])`,
    String.raw`(?<![\p{L}])your (?:legal|statutory|consumer) rights (?:are (?!not)|include|mean|entitle|allow|let|give|say)`,
  ].join('|'),
  'giu',
)

const MINDED = [
  {
    pattern: MEDICAL,
    rule: 'medical-advice',
    because: 'this is medical advice, which we do not give; say only what our article says, or who can help',
  },
  {
    pattern: LEGAL,
    rule: 'legal-advice',
    because: 'this is legal advice, which we do not give; say only what our article says, or who can help',
  },
]

export const checkAdvice: Check = (reading) => {
  const grounds = reading.sources.join('\n').toLowerCase()
  return MINDED.flatMap(({ pattern, ...minding }) =>
    findMatches(reading, pattern)
      .filter(({ said }) => !grounds.includes(said.toLowerCase()))
      .map((range) => findingAt(reading, range, { ...minding, absolute: false })),
  )
}
