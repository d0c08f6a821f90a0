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
  type Said,
  type Step,
} from './form.ts'
export { patternProblem } from './linear-pattern.ts'
export { type LookUp, lookUp } from './look-up.ts'
export { quickReplyProblem } from './quick-reply.ts'
export { type Frame, type ReplyAct, replyAct } from './reply-act.ts'
export { type ActionAnswer, finish, notFound, shortQuestion } from './template.ts'
