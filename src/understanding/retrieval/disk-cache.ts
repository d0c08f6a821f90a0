// A cache of files that are replaced whole: readers get the old file or the new one.
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pack, unpack } from './packed-values.ts'

/** What `make` finds, from what is named `from`; it is found once. Undefined is not kept. */
export type DiskCache = <T>(from: string, make: () => Promise<T>) => Promise<T>

/** What was learnt before anything started, as pages are built: read, and never written by who serves. */
export const BUILT = fileURLToPath(new URL('../../../dist/learnt/', import.meta.url))

const [BEFORE, AFTER] = ['learnt-', '.bin']
/** What is kept; files that were not read for longest go first. */
const MOST = { files: 64, bytes: 2 ** 28 }
/** Bytes of the checksum, SHA-256, that each file begins with. */
const CHECKSUM = 32

/** Values that take long to find, kept on disk; `built` is only read. What cannot be kept, or was damaged, is found again the next time. */
export const openDiskCache =
  (dir: string, warn: (error: Error) => void, built = BUILT): DiskCache =>
  async <T>(from: string, make: () => Promise<T>): Promise<T> => {
    const name = `${BEFORE}${from}${AFTER}`
    for (const file of [join(dir, name), join(built, name)]) {
      const known = await readChecked(file)
      if (!known) continue
      const now = new Date()
      await utimes(file, now, now).catch(() => {})
      return unpack(known) as T
    }
    const made = await make()
    if (made === undefined) return made
    const bytes = pack(made)
    await replaceFile(join(dir, name), Buffer.concat([checksum(bytes), bytes]))
      .then(() => forget(dir))
      .catch(warn)
    return made
  }

const checksum = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

/** What follows the checksum; undefined where there is no file, or it is not as it was written. */
async function readChecked(file: string): Promise<Uint8Array | undefined> {
  const bytes = await readFile(file).catch(() => undefined)
  if (!bytes) return undefined
  const rest = bytes.subarray(CHECKSUM)
  return checksum(rest).equals(bytes.subarray(0, CHECKSUM)) ? rest : undefined
}

export async function replaceFile(file: string, bytes: Buffer): Promise<void> {
  const draft = `${file}.${randomUUID()}`
  await mkdir(dirname(file), { recursive: true })
  try {
    await writeFile(draft, bytes)
    await rename(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
}

async function forget(dir: string): Promise<void> {
  const names = (await readdir(dir)).filter((name) => name.startsWith(BEFORE) && name.endsWith(AFTER))
  const files = await Promise.all(
    names.map(async (name) => {
      const { mtimeMs = 0, size = 0 } = await stat(join(dir, name)).catch(
        () => ({}) as { mtimeMs?: number; size?: number },
      )
      return { name, at: mtimeMs, size }
    }),
  )
  let bytes = 0
  const oldest = files
    .toSorted((one, other) => other.at - one.at)
    .filter(({ size }, i) => {
      bytes += size
      return i >= MOST.files || bytes > MOST.bytes
    })
  await Promise.all(oldest.map(({ name }) => rm(join(dir, name), { force: true })))
}
