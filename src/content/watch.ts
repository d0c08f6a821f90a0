// Watches a content folder and loads it again when a file changes.
import { join } from 'node:path'
import { watch } from 'chokidar'
import { type Loaded, loadContent } from './load.ts'
import { FOLDERS } from './read/content-paths.ts'

/** How long the files have to be left alone before they are read; editors write one file in several steps. */
const QUIET_MS = 80

/**
 * Calls back with each new state of the folder, right or wrong; a state that was replaced while it was being read is
 * left out. Resolves once changes are seen; what it resolves to ends the watching.
 */
export async function watchContent(
  dir: string,
  onChange: (loaded: Loaded) => void,
  log: { warn(details: object, message: string): void },
): Promise<() => Promise<void>> {
  let changes = 0
  let quiet: NodeJS.Timeout | undefined
  let reading = Promise.resolve()
  let last = ''

  const watcher = watch(
    Object.keys(FOLDERS).map((folder) => join(dir, folder)),
    { ignoreInitial: true },
  )
  watcher.on('all', () => {
    changes += 1
    clearTimeout(quiet)
    quiet = setTimeout(() => {
      reading = reading.then(read)
    }, QUIET_MS)
  })
  watcher.on('error', (error) => log.warn({ err: error }, 'content: changes of files may go unseen'))
  await new Promise<void>((ready) => watcher.once('ready', ready))

  return async () => {
    changes += 1
    clearTimeout(quiet)
    await watcher.close()
    await reading
  }

  async function read(): Promise<void> {
    const seen = changes
    const loaded = await loadContent(dir)
    const state = 'content' in loaded ? loaded.content.version : JSON.stringify(loaded.problems)
    if (seen !== changes || state === last) return
    last = state
    onChange(loaded)
  }
}
