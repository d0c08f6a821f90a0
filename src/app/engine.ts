// Builds the engine of one content version: rules, understanding and answering. A version is swapped as a whole.
import { openAnswer, withModel } from '#answer'
import type { Channel } from '#channels'
import type { Content } from '#content'
import type { Dialog } from '#dialog'
import { CAPABILITIES, type ChannelName, type Form } from '#domain'
import type { BotPauses } from '#handoff'
import { compile, type Rules } from '#policy'
import type { ContactCaps, FingerprintIndex } from '#redis/store'
import { type Engines, type LookUpResult, lookUp, type ResponseCache, type TurnContext } from '#turn'
import type { Moods } from '#understanding/classifier'
import { openLocalNlu } from '#understanding/local-nlu'
import type { LanguageModel } from '#understanding/models'
import type { SearchEngine } from '#understanding/retrieval'
import type { Config } from './config.ts'

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
  const { understand, nearDialogs, moods, signals } = await openLocalNlu({ finder, content })
  const embedded = { understand, answer: await openAnswer({ finder, content }) }
  if (!model) return { content, rules, moods, signals, ...embedded, silent: embedded }
  const over = (one: LanguageModel) => withModel({ ...embedded, nearDialogs }, one, content, log)
  const [asking, silent] = heard ? [asks(model, heard), recalls(heard)] : [model, model]
  return { content, rules, moods, signals, ...over(asking), silent: over(silent) }
}

const questionOf = ({ name, task, data }: Parameters<LanguageModel['ask']>[0]) =>
  `model ${JSON.stringify([name, task, data])}`
const asks = (model: LanguageModel, heard: ResponseCache): LanguageModel => ({
  ask: (question) => heard.keep(questionOf(question), model.ask(question)),
})
const recalls = (heard: ResponseCache): LanguageModel => ({ ask: (question) => heard.recall(questionOf(question)) })

/** What the service's turns are decided with. `silent`: it decides what nobody is told, and asks nothing outside. */
export function servingContext(
  { content, rules, silent: quiet, ...engines }: Engine,
  around: {
    readonly channels: ReadonlyMap<ChannelName, Channel>
    readonly config: Pick<Config, 'keys' | 'serviceUrl'>
    readonly stores: {
      readonly fingerprints: Pick<FingerprintIndex, 'recognise'>
      readonly contactCaps: Pick<ContactCaps, 'claim' | 'look'>
      readonly tickets: { nextId(): Promise<string> }
      readonly pauses: Pick<BotPauses, 'of'>
    }
    readonly responses: ResponseCache
    readonly load: TurnContext['load']
    readonly onDuty?: TurnContext['onDuty']
    readonly newId: () => string
    readonly runtime: { readonly now: () => number }
    readonly stopping: AbortSignal
  },
  { silent = false } = {},
): TurnContext {
  const { channels, config, stores, responses, load, onDuty, newId, runtime, stopping } = around
  const look = async ({ action }: Dialog, form: Form): Promise<LookUpResult> =>
    action
      ? lookUp(action, form.values, { baseUrl: config.serviceUrl(action['url-from']), signal: stopping })
      : { state: 'failed', because: 'the dialog has no action' }
  return {
    content,
    rules,
    ...(silent ? quiet : engines),
    law: (channel) => channels.get(channel)?.law ?? { toPrivate: 'none', hide: false },
    keys: config.keys,
    recognise: stores.fingerprints.recognise,
    lookUp(dialog, form) {
      const question = `look-up ${JSON.stringify([dialog.action, form.values])}`
      return silent ? responses.recall(question) : responses.keep(question, look(dialog, form))
    },
    nextTicketId: stores.tickets.nextId,
    approach: silent ? stores.contactCaps.look : stores.contactCaps.claim,
    load,
    ...(onDuty && { onDuty }),
    pauseOf: stores.pauses.of,
    newId,
    now: runtime.now,
  }
}

/** A context for trials: the capabilities of the networks, and nothing that is sent, kept or looked up. */
export function simulationContext({ content, rules, understand, answer, signals }: Engine): TurnContext {
  let count = 0
  const nextId = () => `${++count}`
  return {
    content,
    rules,
    understand,
    answer,
    ...(signals && { signals }),
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
