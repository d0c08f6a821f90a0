// Opens content and engine for one command, without Redis and channels.
import { buildEngine, type Config, type Engine, simulationContext } from '#app'
import { SAMPLE_SERVICE, sampleOrderService } from '#channels/playground'
import type { Content, Example } from '#content'
import { formatProblem, loadContent, OWN_CONTENT } from '#content/load'
import { lookUp, type TurnContext } from '#turn'
import type { Moods } from '#understanding/classifier'
import { openLanguageModel } from '#understanding/models'
import { openSearchEngine } from '#understanding/retrieval'
import { optionOf, type ParsedArguments } from './command.ts'
import type { Streams } from './json-lines.ts'

type Io = Streams & { readonly config: Config }

/** The content cannot serve; the message lists every problem. */
export class BadContent extends Error {
  override name = 'BadContent'
}

export type LocalEngine = {
  readonly content: Content
  readonly examples: readonly Example[]
  readonly context: TurnContext
  readonly moods: Moods | undefined
  /** The same engines over another content. */
  readonly with: (content: Content) => Promise<TurnContext>
  close(): Promise<void>
}

export function contentDir(args: ParsedArguments, { config }: Pick<Io, 'config'>): string {
  return optionOf(args, 'content') ?? config.contentDir ?? OWN_CONTENT
}

export async function openContent(dir: string): Promise<{ content: Content; examples: readonly Example[] }> {
  const loaded = await loadContent(dir)
  if ('content' in loaded) return loaded
  throw new BadContent(loaded.problems.map(formatProblem).join('\n'))
}

/**
 * The sentence model is loaded once; what it made of the content is kept for the next command. `embedded` leaves a
 * configured language model out: examples and thresholds are the embedded engine's.
 */
export async function openLocalEngine(
  dir: string,
  { config, errors }: Io,
  engine: 'configured' | 'embedded' = 'configured',
): Promise<LocalEngine> {
  const log = { warn: (_about: object, message: string) => errors.write(`${message}\n`) }
  const { content, examples } = await openContent(dir)
  const { cacheDir, embeddings } = config
  const finder = await openSearchEngine({ cacheDir, log, ...(embeddings ? { embeddings } : {}) })
  const model = engine === 'configured' && config.model ? await openLanguageModel({ ...config.model, log }) : undefined
  const over = (thinking: Engine): TurnContext => ({
    ...simulationContext(thinking),
    lookUp: async ({ action }, form) => {
      if (!action) return { state: 'failed', because: 'the dialog looks nothing up' }
      const baseUrl = config.serviceUrl(action['url-from'])
      // As on the playground, the sample brand's orders are there without a service.
      const isSample = baseUrl === undefined && action['url-from'] === SAMPLE_SERVICE
      const service = isSample ? { baseUrl: 'http://sample.invalid', fetch: sampleOrderService(Date.now) } : { baseUrl }
      return lookUp(action, form.values, service)
    },
  })
  const open = (of: Content) => buildEngine(of, finder, model, log)
  const thinking = await open(content).catch(async (error) => {
    await finder.close()
    throw error
  })
  return {
    content,
    examples,
    context: over(thinking),
    moods: thinking.moods(),
    with: async (other) => over(await open(other)),
    close: () => finder.close(),
  }
}
