// Hashes the code that computes something, so that what was computed is used again by the same code only.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const PACKAGE = new URL('../../package.json', import.meta.url)
/** Statements that load another module when this one is loaded; types are gone by then. */
const LOADS = /^(?:import|export)\s+(?!type\b)(?:[^'"`;]*?\sfrom\s+)?'([#.][^']+)'/gm

const known = new Map<string, Promise<string>>()

/** SHA-256 over a module, all that it imports, and the versions of packages; read once a process. */
export function codeHash(module: string): Promise<string> {
  const hash = known.get(module) ?? hashOf(module)
  known.set(module, hash)
  return hash
}

async function hashOf(module: string): Promise<string> {
  const { imports, dependencies } = JSON.parse(await readFile(PACKAGE, 'utf8')) as {
    imports: Readonly<Record<string, string>>
    dependencies: unknown
  }
  const files = new Map<string, string>()
  async function read(url: URL): Promise<void> {
    if (files.has(url.href)) return
    files.set(url.href, '')
    const text = await readFile(url, 'utf8')
    files.set(url.href, text)
    const loaded = [...text.matchAll(LOADS)].map(([, name = '']) =>
      name.startsWith('#') ? new URL(imports[name] ?? '', PACKAGE) : new URL(name, url),
    )
    await Promise.all(loaded.map(read))
  }
  await read(new URL(module))
  const hash = createHash('sha256').update(JSON.stringify(dependencies))
  const root = fileURLToPath(new URL('./', PACKAGE))
  for (const [href, text] of [...files].sort())
    hash.update(JSON.stringify([fileURLToPath(href).slice(root.length), text]))
  return hash.digest('hex')
}
