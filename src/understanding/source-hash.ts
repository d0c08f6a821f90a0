// Hashes the code that computes something, so that a cache is valid for the same code only.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const SRC = fileURLToPath(new URL('../', import.meta.url))
/** Pages of the browser compute nothing that is kept. */
const IS_CODE = /^(?!web\/).*\.ts$/

let known: Promise<string> | undefined

/** SHA-256 over all server code, read once a process. */
export function sourceHash(): Promise<string> {
  known ??= readSources()
  return known
}

async function readSources(): Promise<string> {
  const files = (await readdir(SRC, { recursive: true })).filter((file) => IS_CODE.test(file)).sort()
  const hash = createHash('sha256')
  for (const text of await Promise.all(files.map((file) => readFile(SRC + file)))) hash.update(text)
  return hash.digest('hex')
}
