// What the embedded Redis keeps belongs to one user: nobody else on the machine reads it, or gets in its place.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, chown, lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createClient } from 'redis'
import { connectRedis } from '#redis/connect'
import { type EmbeddedRedis, embeddedAddress, NoRedis, startEmbeddedRedis } from '#redis/embedded'
import { findServer } from '../../src/redis/embedded/find-server.ts'
import { silent, until } from '../setup/redis.ts'

/** Nobody in particular: a local user who is not us. */
const STRANGER = 65_534
const isRoot = process.getuid?.() === 0
/** Only root can be somebody else for a moment. */
const asRoot = isRoot ? test : test.skip
if (!isRoot) process.stderr.write('skipped: what another user of the machine may do is tried as root only\n')

let dir: string
const closings: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'warmline-folder-'))
})
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close()
  await rm(dir, { recursive: true, force: true })
})

async function start(folder = dir): Promise<EmbeddedRedis> {
  const redis = await startEmbeddedRedis({ dir: folder, searchPath: process.env.PATH ?? '' })
  closings.push(redis.close)
  return redis
}

async function counted(redis: EmbeddedRedis): Promise<number> {
  const connections = connectRedis(redis.address, silent)
  await connections.ready
  const value = await connections.main.incr('counted')
  await connections.close()
  return value
}

const modeOf = async (path: string) => (await lstat(path)).mode & 0o777
const isAlive = (child: ChildProcess) => child.exitCode === null && child.signalCode === null

/** The sockets of version 0.1.0: anybody can work out their names. */
function formerSocket(what: 'redis' | 'owner', folder = dir): string {
  const name = createHash('sha256').update(`${userInfo().uid}:${folder}`).digest('hex').slice(0, 16)
  return join(tmpdir(), `warmline-${name}.${what}`)
}

/** A server as version 0.1.0 started it: files for everybody, no password. */
async function startFormer(data: string, as?: number): Promise<ChildProcess> {
  const server = await findServer(dir, process.env.PATH ?? '', () => {})
  const path = formerSocket('redis')
  const settings = { port: '0', unixsocket: path, unixsocketperm: '777', dir: data, appendonly: 'yes', save: '' }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
  const [command, ...rest] = as
    ? ['setpriv', `--reuid=${as}`, `--regid=${as}`, '--clear-groups', server.path, ...args]
    : [server.path, ...args]
  const child = spawn(command ?? '', rest, { stdio: 'ignore', env: { ...process.env, ...server.env } })
  closings.push(async () => {
    child.kill('SIGKILL')
    await rm(path, { force: true })
  })
  await until(() => askFormer((client) => client.ping()).catch(() => undefined))
  return child
}

const openFormer = () => createClient({ socket: { path: formerSocket('redis'), reconnectStrategy: false } })
async function askFormer<T>(work: (client: ReturnType<typeof openFormer>) => Promise<T>): Promise<T> {
  const client = openFormer()
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    client.destroy()
  }
}

describe('what is on disk', () => {
  test('is for this user alone: folder, files, socket and password', async () => {
    const folder = join(dir, 'data')
    const redis = await start(folder)
    await counted(redis)
    const inside = (await readdir(folder, { recursive: true })).map((name) => join(folder, name))
    expect(inside).toContain(join(folder, 'redis/appendonlydir/appendonly.aof.1.incr.aof'))
    expect(inside).toContain(redis.address.path)
    expect(inside).toContain(join(folder, 'redis.log'))
    expect(await modeOf(folder)).toBe(0o700)
    for (const path of inside) expect([path, (await modeOf(path)) & 0o077]).toEqual([path, 0])
  })

  test('asks for a password that no command line and no log shows', async () => {
    const redis = await start()
    const client = createClient({ socket: { path: redis.address.path, reconnectStrategy: false } })
    client.on('error', () => {})
    await expect(client.connect().then(() => client.get('counted'))).rejects.toThrow(/NOAUTH/)
    client.destroy()
    const password = (await readFile(join(dir, 'redis-password'), 'utf8')).trim()
    expect(redis.address.password).toBe(password)
    expect(password.length).toBeGreaterThan(40)
    expect(await readFile(`/proc/${redis.pid}/cmdline`, 'latin1')).not.toContain(password)
    expect(await readFile(join(dir, 'redis.log'), 'utf8')).not.toContain(password)
  })

  asRoot('cannot be read by another user of the machine', async () => {
    const folder = join(dir, 'data')
    await chmod(dir, 0o755)
    const redis = await start(folder)
    await counted(redis)
    const file = join(folder, 'redis/appendonlydir/appendonly.aof.1.incr.aof')
    expect(await readFile(file, 'utf8')).toContain('counted')
    const asStranger =
      (...command: string[]) =>
      () =>
        execFileSync('setpriv', [`--reuid=${STRANGER}`, `--regid=${STRANGER}`, '--clear-groups', ...command], {
          stdio: 'pipe',
        })
    for (const path of [file, join(folder, 'redis-password'), join(folder, 'redis.log')]) {
      expect(asStranger('cat', path)).toThrow(/Permission denied/)
    }
    // The same command reads what is for everybody.
    await writeFile(join(dir, 'open'), 'yes', { mode: 0o644 })
    expect(String(asStranger('cat', join(dir, 'open'))())).toBe('yes')
  })
})

describe('what version 0.1.0 left', () => {
  test('is taken over, with nothing lost, and is for this user alone from then on', async () => {
    await chmod(dir, 0o755)
    await mkdir(join(dir, 'redis'), { mode: 0o755 })
    await writeFile(join(dir, 'redis.log'), '', { mode: 0o644 })
    // Its Warmline was killed: the server still runs, over the very files that ours will write.
    const former = await startFormer(join(dir, 'redis'))
    await askFormer((client) => client.set('counted', 41))
    const file = join(dir, 'redis/appendonlydir/appendonly.aof.1.incr.aof')
    await chmod(file, 0o644)
    const redis = await start()
    expect(await counted(redis)).toBe(42)
    expect(isAlive(former)).toBe(false)
    expect(await lstat(formerSocket('redis')).catch(() => 'gone')).toBe('gone')
    expect([await modeOf(dir), await modeOf(file), await modeOf(join(dir, 'redis.log'))]).toEqual([0o700, 0o600, 0o600])
  })

  test('is left alone while its Warmline still runs', async () => {
    const path = formerSocket('owner')
    const owner = createServer((asking) => asking.end('4711'))
    await new Promise<void>((listening) => owner.listen(path, listening))
    closings.push(() => new Promise((closed) => owner.close(closed)))
    await expect(start()).rejects.toThrow(/another Warmline \(process 4711\)/)
  })
})

describe('what belongs to somebody else', () => {
  asRoot('a Redis at the name that everybody can work out: it gets nothing, and is not ended', async () => {
    const theirs = await mkdtemp(join(tmpdir(), 'warmline-theirs-'))
    closings.push(() => rm(theirs, { recursive: true, force: true }))
    await chown(theirs, STRANGER, STRANGER)
    const stranger = await startFormer(theirs, STRANGER)
    const redis = await start()
    expect(await counted(redis)).toBe(1)
    expect(isAlive(stranger)).toBe(true)
    expect(await askFormer((client) => client.keys('*'))).toEqual([])
  })

  asRoot('a data folder: it is refused, and nothing is written there', async () => {
    const folder = join(dir, 'theirs')
    await mkdir(folder)
    await chown(folder, STRANGER, STRANGER)
    await expect(start(folder)).rejects.toThrow(
      /theirs` belongs to another user \(uid 65534; this process runs as uid 0\).*Set WARMLINE_DATA_DIR to/,
    )
    await expect(start(folder)).rejects.toThrow(NoRedis)
    await expect(embeddedAddress(folder)).rejects.toThrow(/belongs to another user/)
    expect(await readdir(folder)).toEqual([])
    // Nor by another name.
    await symlink(folder, join(dir, 'link'))
    await expect(start(join(dir, 'link'))).rejects.toThrow(/belongs to another user/)
  })

  asRoot.each(['redis.sock', 'owner.sock', 'redis-password', 'redis/appendonlydir/appendonly.aof.manifest'])(
    '%s in our folder: the start is refused',
    async (name) => {
      await (await start()).close()
      closings.pop()
      await mkdir(dirname(join(dir, name)), { recursive: true })
      if (name.endsWith('.sock')) {
        const server = createServer()
        await new Promise<void>((listening) => server.listen(join(dir, name), listening))
        closings.push(() => new Promise((closed) => server.close(closed)))
      }
      await chown(join(dir, name), STRANGER, STRANGER)
      await expect(start()).rejects.toThrow(new RegExp(`${name}\` belongs to another user \\(uid 65534`))
    },
  )

  test('a file where the socket has to be: the start is refused', async () => {
    await (await start()).close()
    closings.pop()
    await writeFile(join(dir, 'redis.sock'), '')
    await expect(start()).rejects.toThrow(/redis\.sock` is no socket.*Remove it/)
    expect(await readFile(join(dir, 'redis.sock'), 'utf8')).toBe('')
  })
})

test('a server of ours that does not know our password gets no second one beside it', async () => {
  const first = await start()
  await writeFile(join(dir, 'redis-password'), 'another', { mode: 0o600 })
  // As if its Warmline had been killed.
  const server = first.address.path
  await rm(join(dir, 'owner.sock'))
  await expect(start()).rejects.toThrow(/does not answer to our password: end that process/)
  expect(await lstat(server)).toBeDefined()
})

describe('a data folder with a path too long for a socket', () => {
  const long = () => join(dir, 'a'.repeat(60), 'b'.repeat(60))

  test('has its sockets in a folder of this user’s own, where its commands find them', async () => {
    const redis = await start(long())
    const folder = dirname(redis.address.path)
    expect(folder.startsWith(long())).toBe(false)
    expect(Buffer.byteLength(redis.address.path)).toBeLessThan(104)
    expect(await modeOf(folder)).toBe(0o700)
    expect(await embeddedAddress(long())).toEqual(redis.address)
    expect(await counted(redis)).toBe(1)
    await redis.close()
    closings.pop()
    const again = await start(long())
    expect(again.address).toEqual(redis.address)
    expect(await counted(again)).toBe(2)
  })

  asRoot('is refused where somebody else has that folder', async () => {
    const { address, close } = await start(long())
    await close()
    closings.pop()
    await chown(dirname(address.path), STRANGER, STRANGER)
    await expect(start(long())).rejects.toThrow(/belongs to another user.*a folder with a shorter path/)
    await rm(dirname(address.path), { recursive: true })
  })
})
