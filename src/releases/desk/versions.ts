// Policy desk: reads stored versions.
import type { Files } from '../policy-sandbox.ts'
import { notFound, type Refusal } from '../refusal.ts'
import { changesOf, type FileChange } from '../version.ts'
import { type PolicyDeskContext, releaseState, type VersionHead, versionHead } from './views.ts'

/** Newest first. */
export async function listVersions(context: PolicyDeskContext): Promise<readonly VersionHead[]> {
  const state = await releaseState(context)
  return (await context.store.versions()).map((about) => versionHead(about, state))
}

type VersionView = VersionHead & {
  /** Policies with their text. */
  readonly files: readonly { readonly path: string; readonly size: number; readonly text?: string }[]
  readonly against?: string
  readonly diff: readonly FileChange[]
}

/** A version, and what it changes against another one; its parent, unless told. */
export async function readVersion(
  context: PolicyDeskContext,
  version: string,
  against?: string,
): Promise<VersionView | Refusal> {
  const { store } = context
  const about = await store.manifest(version)
  const other = against ?? about?.parent
  const [files, before] = await Promise.all([store.files(version), other ? store.files(other) : []])
  if (!about || !files) return notFound(`there is no version \`${version}\``)
  if (!before) return notFound(`there is no version \`${other}\``)
  return {
    ...versionHead(about, await releaseState(context)),
    files: files.map(({ path, text }, index) => ({
      path,
      size: about.files[index]?.size ?? 0,
      ...(path.startsWith('policies/') ? { text } : {}),
    })),
    ...(other ? { against: other } : {}),
    diff: changesOf(before, files),
  }
}

/** The files of a version, byte for byte. */
export async function readFiles(
  { store }: PolicyDeskContext,
  version: string,
): Promise<{ readonly at: number; readonly files: Files } | Refusal> {
  const [about, files] = await Promise.all([store.manifest(version), store.files(version)])
  return about && files ? { at: about.at, files } : notFound(`there is no version \`${version}\``)
}
