// Answers a question from the articles or abstains; calibration of the confidence threshold.
// Must not know customers, channels or Redis.
export {
  type AskedQuestion,
  askAll,
  engineOf,
  isKnown,
  type LabelledQuestion,
  listedQuestions,
  nearMisses,
  ofEngine,
} from './calibration/labelled-questions.ts'
export {
  type AtBar,
  atBar,
  auroc,
  type Calibration,
  calibrate,
  coverageOf,
  type LabelledScore,
  type RiskStep,
  recallAt,
  reciprocalRank,
  riskSteps,
  upperBound,
} from './calibration/risk-bound.ts'
export { answersOf, passagesOf } from './compose-answer.ts'
export { testContent } from './content-test.ts'
export { openAnswer } from './extractive.ts'
export { splitRequests } from './follow-up-questions.ts'
export type { Answer, Answered, Finding, Question } from './types.ts'
export { withModel } from './with-llm.ts'
