// The language-model engine for both of its uses; loaded only where a model is configured.
import type { Content } from '#content'
import { type ModelSettings, openLanguageModel, type Understand, understandWithModel } from '#understanding'
import type { Answer } from './answer.ts'
import { answerWithModel } from './model-answer.ts'

export type Model = {
  understand(embedded: Understand, content: Content): Understand
  answer(embedded: Answer, content: Content): Answer
}

export async function openModel(settings: ModelSettings): Promise<Model> {
  const model = await openLanguageModel(settings)
  return {
    understand: (embedded, content) => understandWithModel(embedded, model, content),
    answer: (embedded, content) => answerWithModel(embedded, model, content, settings.log),
  }
}
