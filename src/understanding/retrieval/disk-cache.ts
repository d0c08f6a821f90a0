// A cache of files that are replaced whole: readers get the old file or the new one.
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** The numbers that `make` finds, so many of them, from what is named `from`; they are found once. */
export type DiskCache = (from: string, count: number, make: () => Promise<Float64Array>) => Promise<Float64Array>

const [BEFORE, AFTER] = ['learnt-', '.bin']
/** Files that are kept; those that were not read for longest go first. */
const MOST = 64

/** Numbers that take long to find, kept on disk. What cannot be kept is found again the next time. */
export const openDiskCache =
  (dir: string, warn: (error: Error) => void): DiskCache =>
  async (from, count, make) => {
    const file = join(dir, `${BEFORE}${from}${AFTER}`)
    const known = await readFile(file).catch(() => undefined)
    if (known?.length === 8 * count) {
      const now = new Date()
      await utimes(file, now, now).catch(() => {})
      return new Float64Array(new Uint8Array(known).buffer)
    }
    const made = await make()
    await replaceFile(file, Buffer.from(made.buffer))
      .then(() => forget(dir))
      .catch(warn)
    return made
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
  const files = (await readdir(dir)).filter((name) => name.startsWith(BEFORE) && name.endsWith(AFTER))
  if (files.length <= MOST) return
  const aged = await Promise.all(
    files.map(async (name) => ({
      name,
      at: await stat(join(dir, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    })),
  )
  const oldest = aged.toSorted((one, other) => other.at - one.at).slice(MOST)
  await Promise.all(oldest.map(({ name }) => rm(join(dir, name), { force: true })))
}
