// The bot's mind over one snapshot of content: swapped whole when the content changes, never in mid-turn.
import { type Answer, openAnswer, openModel } from '#answer'
import { LAWS } from '#channels'
import type { Content } from '#content'
import { compile, type Rules } from '#policy'
import type { Mind } from '#turn'
import { type Finder, type ModelSettings, openUnderstanding, type Understand } from '#understanding'

/** A finder that serves by words alone for no moment: what it learns was served by another content until then. */
export const patient = (finder: Finder): Finder => ({
  ...finder,
  index: (units) => finder.index(units, { early: false }),
})

export type Thinking = {
  readonly content: Content
  readonly rules: Rules
  readonly understand: Understand
  readonly answer: Answer
}

export async function openThinking(
  content: Content,
  finder: Finder,
  model: Omit<ModelSettings, 'log'> | undefined,
  log: { warn(about: object, message: string): void },
): Promise<Thinking> {
  const rules = compile(content.rules, content.version)
  const { understand } = await openUnderstanding({ finder, content })
  const answer = await openAnswer({ finder, content })
  if (!model) return { content, rules, understand, answer }
  const engine = await openModel({ ...model, log })
  return { content, rules, understand: engine.understand(understand, content), answer: engine.answer(answer, content) }
}

/** A mind for trying things: the laws of the networks, and nothing that is sent, kept or looked up. */
export function trialOver({ content, rules, understand, answer }: Thinking): Mind {
  let count = 0
  const nextId = () => `${++count}`
  return {
    content,
    rules,
    understand,
    answer,
    law: (channel) => LAWS[channel],
    keys: [],
    recognise: async () => [],
    lookUp: async () => ({ state: 'failed', because: 'nothing is looked up here' }),
    nextTicketId: async () => nextId(),
    load: async () => 'normal',
    newId: nextId,
    now: Date.now,
  }
}
