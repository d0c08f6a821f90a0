// A version: all files of a content at one time, named by their hash.
import type { ContentFile } from '#content'

/** What is kept of a version beside its texts. */
export type Manifest = {
  readonly schema: 1
  readonly version: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** Who wrote it: an e-mail, or `files`. */
  readonly by: string
  readonly title: string
  readonly message: string
  /** The version that it changed. */
  readonly parent?: string
  readonly approvedBy: readonly string[]
  /** In the order of their paths; `sha`: SHA-256 of the text. */
  readonly files: readonly { readonly path: string; readonly sha: string; readonly size: number }[]
}

/** Author of what came from the folder. */
export const FILES = 'files'

export type FileChange = {
  readonly path: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before?: string
  readonly after?: string
}

/** What one set of files has otherwise than another, by path. */
export function changesOf(before: readonly ContentFile[], after: readonly ContentFile[]): FileChange[] {
  const was = textsOf(before)
  const is = textsOf(after)
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((path): FileChange[] => {
    const [old, now] = [was.get(path), is.get(path)]
    if (old === now) return []
    if (old === undefined) return [{ path, kind: 'added', after: now as string }]
    if (now === undefined) return [{ path, kind: 'removed', before: old }]
    return [{ path, kind: 'changed', before: old, after: now }]
  })
}

/** Files with others laid over them; null takes a file away. */
export function overlaid(
  files: readonly ContentFile[],
  changed: Readonly<Record<string, string | null>>,
): readonly ContentFile[] {
  const texts = textsOf(files)
  for (const [path, text] of Object.entries(changed)) {
    if (text === null) texts.delete(path)
    else texts.set(path, text)
  }
  return inOrder([...texts].map(([path, text]) => ({ path, text })))
}

/** What has to be laid over `base` to get `files`. */
export function overlayOf(base: readonly ContentFile[], files: readonly ContentFile[]): Record<string, string | null> {
  return Object.fromEntries(changesOf(base, files).map(({ path, after = null }) => [path, after]))
}

export const textsOf = (files: readonly ContentFile[]) => new Map(files.map(({ path, text }) => [path, text]))
export const inOrder = <T extends { readonly path: string }>(files: readonly T[]): T[] =>
  files.toSorted((one, other) => (one.path < other.path ? -1 : 1))
