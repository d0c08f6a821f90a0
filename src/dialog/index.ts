export { findDates } from './dates.ts'
export * from './dialog.ts'
export {
  advance,
  type Form,
  type FormValue,
  factsOf,
  fillFrom,
  openForm,
  reopen,
  resume,
  type Said,
  type Step,
} from './form.ts'
export { patternProblem } from './linear-pattern.ts'
export { type LookUp, lookUp } from './look-up.ts'
export { type ActionAnswer, finish, notFound } from './template.ts'
