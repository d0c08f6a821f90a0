// Forms: which slots to ask for, how an answer is read, what a confirmation means. Pure.
// Must not know who calls, or where the answers are kept.
export { type Frame, type ReplyAct, replyAct } from './dialogue-act.ts'
export { patternProblem } from './linear-pattern.ts'
export { quickReplyProblem } from './quick-reply.ts'
export { type Action, action, type Dialog, dialogFile, type Need } from './schema.ts'
export { advance, factsOf, fillFrom, openForm, reopen, type Said, type Step } from './slot-filling.ts'
export { type ActionAnswer, finish, notFound, shortQuestion } from './template.ts'
