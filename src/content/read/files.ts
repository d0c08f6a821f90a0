// Reads the three content folders from disk and reports problems of the files themselves.
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Problem } from '../content.ts'
import { type ContentFile, FOLDERS, type Folder, MAX_BYTES } from './content-paths.ts'

/** Which of the three folders there are in `root`, and what looks like one but is written differently. */
export async function findFolders(root: string): Promise<{ found: Set<Folder>; problems: Problem[] }> {
  const names = await readdir(root)
  const found = new Set<Folder>()
  const problems: Problem[] = []
  for (const folder of Object.keys(FOLDERS) as Folder[]) {
    if (names.includes(folder)) found.add(folder)
    else {
      const misspelt = names.find((name) => name.toLowerCase() === folder)
      if (misspelt) {
        found.add(folder)
        problems.push(wrong(misspelt, `the folder has to be called \`${folder}\`, in lower case`))
      }
    }
  }
  return { found, problems }
}

/** Every file of one folder in the order of its path. */
export async function readFolder(root: string, folder: Folder): Promise<{ files: ContentFile[]; problems: Problem[] }> {
  const files: ContentFile[] = []
  const problems: Problem[] = []
  const home = await realpath(root)
  const seen = new Set<string>()
  await walk(folder)
  return { files, problems }

  async function walk(path: string): Promise<void> {
    const real = await realpath(join(root, path)).catch(() => undefined)
    if (real === undefined) problems.push(wrong(path, 'the link points to nothing'))
    else if (real !== home && !real.startsWith(home + sep))
      problems.push(wrong(path, 'the link leaves the content folder; expected a file inside it'))
    else if (!seen.has(real)) {
      seen.add(real)
      const about = await stat(real)
      if (about.isDirectory()) await walkInside(path)
      else if (about.isFile()) await read(path, real, about.size)
    }
  }

  async function walkInside(path: string): Promise<void> {
    if (path !== folder && !FOLDERS[folder].nested) {
      problems.push(wrong(path, `folders inside \`${folder}\` are not read`, 'warning'))
      return
    }
    const names = (await readdir(join(root, path))).filter((name) => !name.startsWith('.'))
    for (const name of names.sort()) await walk(`${path}/${name}`)
  }

  async function read(path: string, real: string, size: number): Promise<void> {
    const { ending } = FOLDERS[folder]
    if (!path.endsWith(ending)) problems.push(unread(path, ending))
    else if (size > MAX_BYTES)
      problems.push(wrong(path, `the file has ${Math.ceil(size / 1024)} KiB; expected at most ${MAX_BYTES / 1024} KiB`))
    else {
      const text = decode(await readFile(real))
      if (text === undefined) problems.push(wrong(path, 'the file is not UTF-8 text; save it as UTF-8'))
      else if (text.trim() === '') problems.push(wrong(path, 'the file is empty'))
      else files.push({ path, text })
    }
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    // A mark at its beginning is part of a file: whoever gets the folder back gets the same bytes.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** A file that is not read: a slip of the ending is an error, anything else (a picture, a note) may lie there. */
function unread(path: string, ending: string): Problem {
  const slip = ending === '.md' ? /\.(md|markdown|mdx)$/i : /\.(yaml|yml)$/i
  return slip.test(path)
    ? wrong(path, `expected the file's name to end in \`${ending}\``)
    : wrong(path, `the file is not read; only \`${ending}\` files are`, 'warning')
}

function wrong(file: string, problem: string, severity: Problem['severity'] = 'error'): Problem {
  return { file, line: 1, problem, severity }
}
