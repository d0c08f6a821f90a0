// Stores versions, drafts, the release state and the audit log in Redis.
import { createHash } from 'node:crypto'
import type { ContentFile } from '#content'
import { versionOf } from '#content/load'
import { type Redis, runScript } from '#redis'
import { KEYS } from '#redis/keys'
import { SWAP } from '#redis/store'
import type { ContentDraft } from './content-draft.ts'
import type { State } from './release-state.ts'
import { inOrder, type Manifest } from './version.ts'

export type AuditEntry = {
  readonly at: number
  /** An e-mail, `files` or `guard`. */
  readonly by: string
  readonly what: string
  readonly version?: string
  readonly draft?: string
  readonly detail: string
}

const AUDITED = 1000
const LISTED = 200

/** A value as it was read, so that it is changed only if it still is. */
export type Seen<T> = { readonly raw: string; readonly value: T | undefined }
/** What a key holds, and what it is to hold. */
export type Swap = { readonly key: string; readonly raw: string; readonly value: object }

export type VersionStore = ReturnType<typeof openVersionStore>

export function openVersionStore(redis: Redis) {
  async function seen<T>(key: string): Promise<Seen<T>> {
    const raw = (await redis.get(key)) ?? ''
    return { raw, value: raw ? (JSON.parse(raw) as T) : undefined }
  }

  async function manifest(version: string): Promise<Manifest | undefined> {
    return (await seen<Manifest>(KEYS.release.manifest(version))).value
  }

  /** Names in a sorted set, newest first. */
  const newest = (key: string) => redis.zRange(key, 0, LISTED - 1, { REV: true })

  return {
    state: () => seen<State>(KEYS.release.state()),
    draft: (id: string) => seen<ContentDraft>(KEYS.release.draft(id)),

    /** Makes changes and notes them, and tells everybody; false: something is not as it was read. */
    async swap(swaps: readonly Swap[], audit?: AuditEntry): Promise<boolean> {
      const done = await runScript(
        redis,
        SWAP,
        { audit: KEYS.release.audit() },
        {
          entry: audit && JSON.stringify(audit),
          most: AUDITED,
          swaps: swaps.map(({ raw, value }) => ({ before: raw, after: JSON.stringify(value) })),
        },
        swaps.map(({ key }) => key),
      )
      if (done !== 1) return false
      await redis.publish(KEYS.release.changed(), audit?.what ?? 'changed')
      return true
    },

    /** Keeps files as a version; the same files are the same version, and who was first to bring them stays. */
    async keep(
      files: readonly ContentFile[],
      about: Pick<Manifest, 'at' | 'by' | 'title' | 'message' | 'approvedBy'> & {
        readonly parent?: string | undefined
      },
    ): Promise<string> {
      const version = versionOf(files)
      if (await redis.exists(KEYS.release.manifest(version))) return version
      const kept = inOrder(files).map(({ path, text }) => {
        const bytes = Buffer.from(text)
        return { path, text, sha: createHash('sha256').update(bytes).digest('hex'), size: bytes.length }
      })
      // What leads to a version comes last: whoever dies in between can begin again.
      await Promise.all(kept.map(({ sha, text }) => redis.set(KEYS.release.blob(sha), text, { condition: 'NX' })))
      const { parent, ...rest } = about
      const written: Manifest = {
        schema: 1,
        version,
        ...rest,
        ...(parent && parent !== version ? { parent } : {}),
        files: kept.map(({ path, sha, size }) => ({ path, sha, size })),
      }
      await redis.zAdd(KEYS.release.versions(), { value: version, score: about.at }, { condition: 'NX' })
      await redis.set(KEYS.release.manifest(version), JSON.stringify(written), { condition: 'NX' })
      return version
    },

    manifest,

    /** The files of a version, byte for byte; undefined when there is no such version. */
    async files(version: string): Promise<readonly ContentFile[] | undefined> {
      const about = await manifest(version)
      if (!about) return undefined
      const texts = await Promise.all(about.files.map(({ sha }) => redis.get(KEYS.release.blob(sha))))
      return about.files.map(({ path }, at) => {
        const text = texts[at]
        if (text === null || text === undefined) throw new Error(`the text of \`${path}\` in ${version} is gone`)
        return { path, text }
      })
    },

    async versions(): Promise<Manifest[]> {
      const all = await Promise.all((await newest(KEYS.release.versions())).map(manifest))
      return all.flatMap((one) => one ?? [])
    },

    /** Lists a draft, before it is there. */
    list: async (id: string, at: number) => void (await redis.zAdd(KEYS.release.drafts(), { value: id, score: at })),
    async drafts(): Promise<ContentDraft[]> {
      const all = await Promise.all(
        (await newest(KEYS.release.drafts())).map((id) => seen<ContentDraft>(KEYS.release.draft(id))),
      )
      return all.flatMap(({ value }) => value ?? [])
    },
    audit: async (): Promise<AuditEntry[]> =>
      (await redis.lRange(KEYS.release.audit(), 0, LISTED - 1)).map((raw) => JSON.parse(raw) as AuditEntry),
  }
}
