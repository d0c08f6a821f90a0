// The folders and files of a content, and which paths are allowed.

/** A text file of the content; `path` is relative to the content folder and always written with `/`. */
export type ContentFile = { readonly path: string; readonly text: string }

export const MAX_BYTES = 256 * 1024

/** Each folder with the ending of the files that are read in it, and whether it may have folders inside. */
export const FOLDERS = {
  dialogs: { ending: '.yaml', nested: false },
  knowledge: { ending: '.md', nested: true },
  policies: { ending: '.yaml', nested: false },
} as const
export type Folder = keyof typeof FOLDERS

/** Why there can be no file of the content at `path`; undefined when there can. */
export function pathProblem(path: string): string | undefined {
  const [folder = '', ...inside] = path.split('/')
  const known = Object.entries(FOLDERS).find(([name]) => name === folder)?.[1]
  if (!known || inside.length === 0) return `\`${path}\` is in none of the folders ${Object.keys(FOLDERS).join(', ')}`
  if (inside.length > 1 && !known.nested) return `folders inside \`${folder}\` are not read`
  if (!path.endsWith(known.ending)) return `expected the file's name to end in \`${known.ending}\``
  return inside.every((name) => /^[\p{L}\p{N}_][\p{L}\p{N}_. -]*$/u.test(name))
    ? undefined
    : `\`${path}\` cannot be a file's name; expected letters, digits, dots and dashes`
}
