export type { Answer, Answered, Finding, Question, Suggestion } from './answer.ts'
export { openAnswer } from './embedded.ts'
export { withModel } from './model.ts'
export { selfCheck } from './self-check.ts'
