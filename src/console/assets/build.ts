// Builds the browser pages when their sources have changed.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Logger } from 'pino'

const ROOT = resolve(import.meta.dirname, '../../..')
const SOURCES = join(ROOT, 'src/web')
const BUNDLER = join(import.meta.dirname, 'bundle.ts')

/** One hash for everything that a build depends on. */
async function hashSources(): Promise<string> {
  const entries = await readdir(SOURCES, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const hash = createHash('sha256')
  for (const file of [...files.sort(), BUNDLER, join(ROOT, 'package-lock.json')]) {
    hash
      .update(relative(ROOT, file))
      .update('\0')
      .update(await readFile(file))
      .update('\0')
  }
  return hash.digest('hex').slice(0, 16)
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

/**
 * Returns the folder of the built pages: `<out>/<hash of the sources>`, built first if it is not there.
 * A finished folder appears at once by renaming, so several processes may start together.
 */
export async function ensureWebBuilt(options: { log: Pick<Logger, 'info'>; out?: string }): Promise<string> {
  const { log, out = join(ROOT, 'dist/web') } = options
  const done = join(out, await hashSources())
  if (await exists(done)) return done
  log.info('building the console’s pages (once, a few seconds)')
  const from = Date.now()
  await mkdir(out, { recursive: true, mode: 0o700 })
  const work = await mkdtemp(join(dirname(out), '.web-'))
  try {
    await bundle(work)
    await rename(work, done).catch(async (error) => {
      if (!(await exists(done))) throw error
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  const old = (await readdir(out)).map((name) => join(out, name)).filter((folder) => folder !== done)
  await Promise.all(old.map((folder) => rm(folder, { recursive: true, force: true })))
  log.info(`built the console’s pages in ${((Date.now() - from) / 1000).toFixed(1)} s`)
  return done
}

/** In a process of its own: the service stays responsive, and does not keep the bundler's memory. */
async function bundle(folder: string): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, [BUNDLER, SOURCES, folder], { cwd: ROOT })
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr?.trim()
    throw new Error(`the console’s pages could not be built: ${said || 'the bundler ended without a word'}`, { cause })
  }
}
