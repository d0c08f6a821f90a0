// Dialogs: slot filling (which value to ask for, how an answer is read), dialogue acts, confirmations. Pure.
// Must not know who calls, or where the answers are kept.

export { dialogueActOf, isFarewell, refusesDeed, saysSolved } from './dialogue-act.ts'
export { confirmationFrame, frameOf } from './frame.ts'
export { patternProblem } from './linear-pattern.ts'
export { findOrders } from './order-numbers.ts'
export { quickReplyProblem } from './quick-reply.ts'
export { type Action, action, type Dialog, dialogFile, type Need } from './schema.ts'
export { advance, type CustomerText, type FormStep, factsOf, fillFrom, openForm, reopen } from './slot-filling.ts'
export { type ActionAnswer, finishForm, notFound, shortQuestion } from './template.ts'
export { chosenOf } from './title-choice.ts'
