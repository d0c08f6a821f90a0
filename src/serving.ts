// The content that serves: learnt at the start, swapped whole when its files change. Broken files leave the last good one.
import type { Logger } from 'pino'
import { type Content, formatProblem, loadContent, type Problem, watchContent } from '#content'
import type { Finder } from '#understanding'
import { type ModelSettings, openThinking, type Thinking } from './mind.ts'

/** Content that cannot serve; the message lists every problem by file and line. */
export class BrokenContent extends Error {
  override name = 'BrokenContent'
}

export type Serving = {
  /** The bot's mind over the content that serves now. */
  thinking(): Thinking
  /** What is wrong with the files as they are now. */
  problems(): readonly Problem[]
  /** Stops looking at the files. */
  close(): Promise<void>
}

/** Reads the content once; throws `BrokenContent`. */
export async function readContent(dir: string): Promise<Content> {
  const loaded = await loadContent(dir)
  if ('problems' in loaded) throw new BrokenContent(loaded.problems.map(formatProblem).join('\n'))
  return loaded.content
}

/** Learns `content`, which was read from `dir`, and follows the files from then on. */
export async function openServing(options: {
  dir: string
  content: Content
  finder: Finder
  model: ModelSettings | undefined
  log: Logger
}): Promise<Serving> {
  const { dir, content, finder, model, log } = options
  let thinking = await openThinking(content, finder, model, log)
  let problems: readonly Problem[] = content.warnings

  async function reload(state: Awaited<ReturnType<typeof loadContent>>): Promise<void> {
    if ('problems' in state) {
      problems = state.problems
      for (const problem of problems) log.error(formatProblem(problem))
      log.error('the content has problems: the last good version keeps serving')
      return
    }
    try {
      thinking = await openThinking(state.content, finder, model, log)
      problems = state.content.warnings
      log.info({ version: state.content.version }, 'new content serves')
    } catch (error) {
      log.error({ err: error }, 'new content could not be learnt: the last good version keeps serving')
    }
  }

  let reloading = Promise.resolve()
  const unwatch = await watchContent(
    dir,
    (state) => {
      reloading = reloading.then(() => reload(state))
    },
    log,
  )
  return {
    thinking: () => thinking,
    problems: () => problems,
    async close() {
      await unwatch()
      await reloading
    },
  }
}
