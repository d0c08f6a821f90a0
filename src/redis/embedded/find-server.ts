// Finds a Redis server on this machine, or unpacks Debian's packages for this user, without root.
import { execFile } from 'node:child_process'
import { access, constants, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A server that can be started: its binary and the libraries it needs beside the system's own. */
export type ServerBinary = { readonly path: string; readonly env: Record<string, string> }

const NAMES = ['redis-server', 'valkey-server']
const USUAL = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/usr/sbin', '/snap/bin']

/** What a person has to do when no server can be had. */
export class NoRedis extends Error {
  override name = 'NoRedis'
}

const canRun = (path: string) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )

async function installed(searchPath: string): Promise<string | undefined> {
  const folders = [...searchPath.split(delimiter), ...USUAL].filter(Boolean)
  for (const folder of folders) {
    for (const name of NAMES) {
      const path = join(folder, name)
      if (await canRun(path)) return path
    }
  }
  return undefined
}

async function unpacked(folder: string): Promise<ServerBinary | undefined> {
  const path = join(folder, 'usr/bin/redis-server')
  if (!(await canRun(path))) return undefined
  const [{ uid }, installation] = await Promise.all([stat(path), stat(import.meta.filename)])
  if (![process.getuid?.() ?? uid, installation.uid, 0].includes(uid)) {
    throw new NoRedis(`\`${path}\` belongs to another user (uid ${uid}), so it is not run: remove \`${folder}\``)
  }
  const libraries = (await readdir(join(folder, 'usr/lib')).catch(() => [])).map((name) =>
    join(folder, 'usr/lib', name),
  )
  return { path, env: { LD_LIBRARY_PATH: [...libraries, join(folder, 'usr/lib')].join(delimiter) } }
}

/** Debian and Ubuntu: asks apt what `redis-server` still needs here and unpacks it into `folder`. Needs no root. */
async function unpackPackages(folder: string, progress: (line: string) => void): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  const work = await mkdtemp(`${folder}-`)
  try {
    const [lists, cache, root] = [join(work, 'lists'), join(work, 'cache'), join(work, 'root')]
    await Promise.all([
      mkdir(join(lists, 'partial'), { recursive: true }),
      mkdir(join(cache, 'archives/partial'), { recursive: true }),
    ])
    const own = ['-o', `Dir::State::lists=${lists}`, '-o', `Dir::Cache=${cache}`, '-o', 'Debug::NoLocking=1', '-q']
    const apt = (...args: string[]) => run('apt-get', [...own, ...args], { cwd: cache, maxBuffer: 16e6 })
    progress('no Redis on this machine: getting Debian’s redis-server for this user alone (once, about 10 s)')
    await apt('update')
    const { stdout } = await apt('install', '--no-install-recommends', '--print-uris', '-y', 'redis-server')
    const packages = [...stdout.matchAll(/^'[^']+' ([a-z0-9.+-]+)_\S+\.deb/gm)].map((match) => match[1] as string)
    // An installed package is not listed, and its files are on the machine already.
    await apt('download', ...new Set([...packages, 'redis-server', 'redis-tools']))
    await mkdir(root)
    for (const file of await readdir(cache)) {
      if (file.endsWith('.deb')) await run('dpkg', ['-x', join(cache, file), root])
    }
    // Whoever comes second finds the first one's folder and uses that.
    await rename(root, folder).catch(async (error) => {
      if (!(await unpacked(folder))) throw error
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Where an unpacked server is kept: with this installation, or with the data where that may not be written. */
async function serverFolder(dir: string): Promise<string> {
  const installation = join(import.meta.dirname, '../../../node_modules/.cache/warmline')
  const mayWrite = await mkdir(installation, { recursive: true }).then(
    () =>
      access(installation, constants.W_OK).then(
        () => true,
        () => false,
      ),
    () => false,
  )
  return join(mayWrite ? installation : dir, 'redis-server')
}

/**
 * The server to start: an installed one, else one unpacked for this user. Throws `NoRedis` with what to do.
 */
export async function findServer(
  dir: string,
  searchPath: string,
  progress: (line: string) => void,
): Promise<ServerBinary> {
  const path = await installed(searchPath)
  if (path) return { path, env: {} }
  const folder = await serverFolder(dir)
  const before = await unpacked(folder)
  if (before) return before
  try {
    await unpackPackages(folder, progress)
  } catch (cause) {
    throw new NoRedis(
      'no Redis server could be had. Install one (Debian, Ubuntu: `sudo apt-get install redis-server`; macOS: `brew install redis`) or set REDIS_URL to a running one',
      { cause },
    )
  }
  const after = await unpacked(folder)
  if (!after) {
    throw new NoRedis(
      `the packages of redis-server under \`${folder}\` hold no server; install redis-server or set REDIS_URL`,
    )
  }
  return after
}
