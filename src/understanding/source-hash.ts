// Hashes the code that computes something, so that a cache is valid for the same code only.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { memoize } from '#lib'

const SRC = fileURLToPath(new URL('../', import.meta.url))
/** Pages of the browser compute nothing that is kept. */
const IS_CODE = /^(?!web\/).*\.ts$/

const known = new Map<string, Promise<string>>()

/** SHA-256 over all server code, read once a process. */
export const sourceHash = (): Promise<string> =>
  memoize(known, 1, SRC, async () => {
    const files = (await readdir(SRC, { recursive: true })).filter((file) => IS_CODE.test(file)).sort()
    const hash = createHash('sha256')
    for (const text of await Promise.all(files.map((file) => readFile(SRC + file)))) hash.update(text)
    return hash.digest('hex')
  })
