export {
  type Asked,
  askAll,
  engineOf,
  isKnown,
  type LabelledQuestion,
  listedQuestions,
  nearMisses,
  ofEngine,
} from './labelled.ts'
export {
  type AtBar,
  atBar,
  auroc,
  type Calibration,
  calibrate,
  coverageOf,
  type Labelled,
  ladder,
  recallAt,
  reciprocalRank,
  type Step,
  upperBound,
} from './risk.ts'
