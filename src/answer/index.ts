export type { Answer, Answered, Finding, Question, Suggestion } from './answer.ts'
export { answersOf, openAnswer, passagesOf } from './embedded.ts'
export { withModel } from './model.ts'
export { selfCheck } from './self-check.ts'
