// The bot's mind over one snapshot of content: swapped whole when the content changes, never in mid-turn.
import type { Logger } from 'pino'
import { type Answer, openAnswer, openModel } from '#answer'
import type { Content } from '#content'
import { compile, type Rules } from '#policy'
import { type Finder, openUnderstanding, type Understand } from '#understanding'

export type Thinking = {
  readonly content: Content
  readonly rules: Rules
  readonly understand: Understand
  readonly answer: Answer
}

export type ModelSettings = { readonly apiKey: string; readonly baseUrl?: string; readonly model: string }

export async function openThinking(
  content: Content,
  finder: Finder,
  model: ModelSettings | undefined,
  log: Logger,
): Promise<Thinking> {
  const rules = compile(content.rules, content.version)
  const { understand } = await openUnderstanding({ finder, content })
  const answer = await openAnswer({ finder, content })
  if (!model) return { content, rules, understand, answer }
  const engine = await openModel({ ...model, log })
  return { content, rules, understand: engine.understand(understand, content), answer: engine.answer(answer, content) }
}
