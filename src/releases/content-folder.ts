// The content folder as a source of versions: read at start and whenever a file changes.
import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Problem } from '#content'
import { formatProblem, type Loaded, loadContent } from '#content/load'
import { watchContent } from '#content/watch'
import type { DraftStore } from './draft-store.ts'
import type { ReleaseActions } from './release-actions.ts'
import { FILES } from './version.ts'
import type { VersionStore } from './version-store.ts'

/** Content that cannot serve; the message lists every problem by file and line. */
export class BrokenContent extends Error {
  override name = 'BrokenContent'
}

/** `folder`: what is in the folder is released when it changes. `store`: it only says how things begin. */
export type SourceKind = 'folder' | 'store'

export type Source = {
  /** What is wrong with the files as they are now. */
  problems(): readonly Problem[]
  close(): Promise<void>
}

const AGAIN_MS = 1000

/** Throws `BrokenContent` when the files are broken and nothing was ever released. */
export async function openSource(options: {
  dir: string
  kind: SourceKind
  store: VersionStore
  drafts: DraftStore
  releasing: ReleaseActions
  log: Pick<Logger, 'info' | 'error' | 'warn'>
  now: () => number
}): Promise<Source> {
  const { dir, kind, store, drafts, releasing, log, now } = options
  let problems: readonly Problem[] = []

  async function take(loaded: Loaded): Promise<void> {
    if ('problems' in loaded) {
      problems = loaded.problems
      const { value } = await store.state()
      if (!value) throw new BrokenContent(problems.map(formatProblem).join('\n'))
      for (const problem of problems) log.error(formatProblem(problem))
      log.error('the content has problems; the last valid version keeps serving')
      return
    }
    problems = loaded.content.warnings
    const { files } = loaded
    const { value } = await store.state()
    // The draft comes before the note that it was made: whoever dies in between makes it again.
    const isNew = value !== undefined && value.folder !== loaded.content.version
    const about = { at: now(), by: FILES, title: 'The folder', message: '', approvedBy: [], parent: value?.live }
    const version = await store.keep(files, about)
    if (kind === 'folder') await releasing.publishFolder(version)
    else {
      if (isNew) await drafts.fromFolder(version, files, FILES)
      await releasing.sawFolder(version)
    }
  }

  /** Redis may be away: what the files say is told until it is heard, or until they say something else. */
  async function takeIn(loaded: Loaded): Promise<void> {
    while (newest === loaded && !isClosed) {
      try {
        return await take(loaded)
      } catch (error) {
        log.error({ err: error }, 'new content could not be loaded; the last valid version keeps serving')
        await wait(AGAIN_MS)
      }
    }
  }

  await take(await loadContent(dir))
  let newest: Loaded | undefined
  let isClosed = false
  let taking = Promise.resolve()
  const unwatch = await watchContent(
    dir,
    (loaded) => {
      newest = loaded
      taking = taking.then(() => takeIn(loaded))
    },
    log,
  )
  return {
    problems: () => problems,
    async close() {
      isClosed = true
      await unwatch()
      await taking
    },
  }
}
