// Builds the engine of one content version: rules, understanding and answering. A version is swapped as a whole.
import { openAnswer, withModel } from '#answer'
import type { Content } from '#content'
import { CAPABILITIES } from '#domain'
import { compile, type Rules } from '#policy'
import type { Engines, ResponseCache, TurnContext } from '#turn'
import type { Moods } from '#understanding/classifier'
import { openLocalNlu } from '#understanding/local-nlu'
import type { LanguageModel } from '#understanding/models'
import type { SearchEngine } from '#understanding/retrieval'

/** A finder that serves by words alone for no moment: what it learns was served by another content until then. */
export const waitForEmbeddings = (finder: SearchEngine): SearchEngine => ({
  ...finder,
  early: false,
  index: (units) => finder.index(units, { early: false }),
})

export type Engine = Engines & {
  readonly content: Content
  readonly rules: Rules
  /** How well moods are learnt; undefined without labels, or until there is a sentence model. */
  readonly moods: () => Moods | undefined
  /** The same engines, which hear what a model has said and ask it nothing. */
  readonly silent: Engines
}

/** `heard` remembers what the model says, for versions that decide silently. */
export async function buildEngine(
  content: Content,
  finder: SearchEngine,
  model: LanguageModel | undefined,
  log: { warn(about: object, message: string): void },
  heard?: ResponseCache,
): Promise<Engine> {
  const rules = compile(content.rules, content.version)
  const { understand, moods } = await openLocalNlu({ finder, content })
  const embedded = { understand, answer: await openAnswer({ finder, content }) }
  if (!model) return { content, rules, moods, ...embedded, silent: embedded }
  const over = (one: LanguageModel) => withModel(embedded, one, content, log)
  const [asking, silent] = heard ? [asks(model, heard), recalls(heard)] : [model, model]
  return { content, rules, moods, ...over(asking), silent: over(silent) }
}

const questionOf = ({ name, task, data }: Parameters<LanguageModel['ask']>[0]) =>
  `model ${JSON.stringify([name, task, data])}`
const asks = (model: LanguageModel, heard: ResponseCache): LanguageModel => ({
  ask: (question) => heard.keep(questionOf(question), model.ask(question)),
})
const recalls = (heard: ResponseCache): LanguageModel => ({ ask: (question) => heard.recall(questionOf(question)) })

/** A mind for trying things: the laws of the networks, and nothing that is sent, kept or looked up. */
export function simulationContext({ content, rules, understand, answer }: Engine): TurnContext {
  let count = 0
  const nextId = () => `${++count}`
  return {
    content,
    rules,
    understand,
    answer,
    law: (channel) => CAPABILITIES[channel],
    keys: [],
    recognise: async () => [],
    lookUp: async () => ({ state: 'failed', because: 'nothing is looked up here' }),
    nextTicketId: async () => nextId(),
    approach: async () => 'granted',
    load: async () => 'normal',
    newId: nextId,
    now: Date.now,
  }
}
