// Adds a language model to the local engines for understanding and answering.
import type { Content } from '#content'
import type { Understand } from '#understanding'
import { understandWithModel } from '#understanding/llm-nlu'
import type { LanguageModel } from '#understanding/models'
import { answerWithModel } from './llm-answer.ts'
import type { Answer } from './types.ts'

type Engines = { readonly understand: Understand; readonly answer: Answer }

/** The embedded engines with a model's help. */
export function withModel(
  { understand, answer }: Engines,
  model: LanguageModel,
  content: Content,
  log: { warn(about: object, message: string): void },
): Engines {
  return {
    understand: understandWithModel(understand, model, content),
    answer: answerWithModel(answer, model, content, log),
  }
}
