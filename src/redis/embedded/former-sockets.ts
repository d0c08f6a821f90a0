// Ends an embedded server of version 0.1.0, which kept its sockets in the system's temporary folder.
import { createHash } from 'node:crypto'
import { lstat, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { askOwner, shutDown } from './server-socket.ts'

/**
 * Ends a Redis server that such a version left running over this folder: two on one append-only file would ruin it.
 * Returns the process of such a version that still runs. What somebody else put at these names is not looked at.
 */
export async function endFormerServer(dir: string): Promise<string | undefined> {
  const name = createHash('sha256').update(`${userInfo().uid}:${dir}`).digest('hex').slice(0, 16)
  const [owner, redis] = ['owner', 'redis'].map((what) => join(tmpdir(), `warmline-${name}.${what}`)) as [
    string,
    string,
  ]
  if (await isOurs(owner)) {
    const pid = await askOwner(owner)
    if (pid) return pid
    await rm(owner, { force: true })
  }
  if (await isOurs(redis)) {
    await shutDown({ path: redis })
    await rm(redis, { force: true })
  }
  return undefined
}

const isOurs = (path: string) =>
  lstat(path).then(
    (stats) => stats.isSocket() && stats.uid === userInfo().uid,
    () => false,
  )
