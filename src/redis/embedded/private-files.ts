// Makes and checks files, folders and sockets that only this user may read.
import { createHash, randomBytes } from 'node:crypto'
import type { Stats } from 'node:fs'
import { chmod, link, lstat, mkdir, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NoRedis } from './find-server.ts'

const FOLDER_MODE = 0o700
const FILE_MODE = 0o600
/** The longest path of a socket on every system (macOS: 104 bytes with its end, Linux: 108). */
const LONGEST_SOCKET_PATH = 103

const ourUid = () => process.getuid?.()

async function statsOf(path: string): Promise<Stats | undefined> {
  return lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

function refuseOthers(path: string, stats: Stats, advice: string): void {
  const uid = ourUid()
  if (uid === undefined || stats.uid === uid) return
  throw new NoRedis(
    `\`${path}\` belongs to another user (uid ${stats.uid}; this process runs as uid ${uid}), so it is not used. ${advice}`,
  )
}

const adviceFor = (dir: string) =>
  `Set WARMLINE_DATA_DIR to a folder of this user’s own, or, if all that is in \`${dir}\` is yours, run \`chown -R ${ourUid()} ${dir}\``

/**
 * Makes the data folder if it is not there. It and all that Redis keeps in it are for this user alone from now on,
 * however an earlier version left them. Throws `NoRedis` where anything belongs to somebody else.
 */
export async function openDataFolder(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: FOLDER_MODE })
  await restrict(await realpath(dir), dir)
  const data = join(dir, 'redis')
  await mkdir(data, { recursive: true, mode: FOLDER_MODE })
  const inside = (await readdir(data, { recursive: true })).map((name) => join(data, name))
  for (const path of [data, join(dir, 'redis.log'), ...inside]) await restrict(path, dir)
}

/** Whoever removes a file meanwhile, as Redis does with an append-only file that it has rewritten, is in the right. */
async function restrict(path: string, dir: string): Promise<void> {
  const stats = await statsOf(path)
  if (!stats || stats.isSymbolicLink()) return
  refuseOthers(path, stats, adviceFor(dir))
  if (stats.isSocket() || (stats.mode & 0o077) === 0) return
  await chmod(path, stats.isDirectory() ? FOLDER_MODE : FILE_MODE).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}

const passwordFile = (dir: string) => join(dir, 'redis-password')

/** The embedded Redis's password, made when there is none. */
export async function openPassword(dir: string): Promise<string> {
  const path = passwordFile(dir)
  await restrict(path, dir)
  const before = await readPassword(dir)
  if (before) return before
  const made = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`
  await writeFile(made, randomBytes(32).toString('base64url'), { mode: FILE_MODE, flag: 'wx' })
  try {
    // An empty file is what a power cut left.
    if (before === '') await rm(path, { force: true })
    // Whole or not at all; of two processes one is first.
    await link(made, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(made, { force: true })
  }
  return (await readPassword(dir)) ?? ''
}

/** Undefined where no Warmline has kept its data yet. Throws `NoRedis` where the folder or the file is not ours. */
export async function readPassword(dir: string): Promise<string | undefined> {
  const path = passwordFile(dir)
  for (const one of [dir, path]) {
    const stats = await statsOf(one === dir ? await realpath(dir).catch(() => dir) : path)
    if (!stats) return undefined
    refuseOthers(one, stats, adviceFor(dir))
  }
  return (await readFile(path, 'utf8')).trim()
}

/**
 * The folder for the sockets: the data folder, or where its path is too long for a socket a folder in the system's own
 * for temporary files, by a name that nobody can guess who cannot read the password.
 */
export function socketFolder(dir: string, password: string): string {
  if (Buffer.byteLength(join(dir, 'redis.sock')) <= LONGEST_SOCKET_PATH) return dir
  const name = createHash('sha256').update(`sockets of ${dir}:${password}`).digest('hex').slice(0, 20)
  return join(tmpdir(), `warmline-${name}`)
}

/** Makes the folder for the sockets. Throws `NoRedis` where somebody else has it. */
export async function openSocketFolder(folder: string, dir: string): Promise<void> {
  if (folder === dir) return
  await mkdir(folder, { mode: FOLDER_MODE }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  const stats = await lstat(folder)
  const advice = 'Set WARMLINE_DATA_DIR to a folder with a shorter path, so that its sockets fit into it'
  refuseOthers(folder, stats, advice)
  if (!stats.isDirectory()) throw new NoRedis(`\`${folder}\` is no folder. ${advice}`)
  await restrict(folder, dir)
}

/** Whether there is a socket of ours. Throws `NoRedis` where something else or somebody else's has its name. */
export async function isOurSocket(path: string): Promise<boolean> {
  const stats = await statsOf(path)
  if (!stats) return false
  const advice = 'Remove it, or set WARMLINE_DATA_DIR to a folder of this user’s own'
  refuseOthers(path, stats, advice)
  if (!stats.isSocket()) throw new NoRedis(`\`${path}\` is no socket, and one has to be there. ${advice}`)
  return true
}
