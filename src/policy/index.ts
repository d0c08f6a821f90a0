// Policy: rules, facts and decisions; what the policy owner allows for a message; checks of rules. Pure.
// Must not know texts of replies, channels or Redis.

export {
  type Brand,
  brandFile,
  confidenceThreshold,
  courtesiesOf,
  introductionOf,
  type Proactive,
  SAYINGS,
  type SayingName,
} from './brand.ts'
export { applyVoice, EMOJI, type VoiceScope, voiceOf } from './brand-voice.ts'
export { addBusinessMinutes, localDate, localTime, openingState, slaDueAt } from './business-hours.ts'
export { meetsCondition, membersOf } from './conditions.ts'
export { compile, type Decision, decide, type Rules } from './decide.ts'
export { type FactReference, factReference } from './fact-reference.ts'
export { FACTS, type FactDefinition } from './facts.ts'
export { type Incident, incidentOf, isAbout, ruleOfIncident } from './incident.ts'
export { policyFile } from './policy-file.ts'
export { type PrivateMatter, privateMattersOf } from './private-matters.ts'
export {
  isLabel,
  LABELS,
  type LabelledMessage,
  type PolicyExample,
  PRIORITIES,
  type Rule,
  rule,
  VERDICTS,
  type Verdict,
} from './rule.ts'
export type { SavedReply } from './saved-reply.ts'
export type { TaughtSignal } from './taught-signal.ts'
export { tiedDecisions, uncoveredTurns } from './uncovered-turns.ts'
export { checkFacts, checkRules } from './validate/rules.ts'
export type { Vocabulary } from './vocabulary.ts'
