// The search engine over dialogs and articles: embeddings, TF-IDF, and the cache of vectors.
// Without the sentence model TF-IDF carries on alone.
import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { openAsyncCache } from '#lib'
import { type DiskCache, openDiskCache } from './disk-cache.ts'
import { type Embedder, openEmbedder, type SentenceVectors } from './embedding/embedder.ts'
import { type EmbeddingSettings, openRemoteEmbedder } from './embedding/remote-embedder.ts'
import { openVectorCache } from './embedding/vector-cache.ts'
import { buildIndex, type Embed, type Index, linesOf, type SearchDocument } from './index-search.ts'
import { whenLearnt } from './learning.ts'
import { openTermDictionary } from './term-dictionary.ts'

export type SearchEngine = {
  /** Embedding a thousand new lines takes five to ten seconds; lines seen before cost nothing. */
  index(units: readonly SearchDocument[], how?: { readonly early: boolean }): Promise<Index>
  /** Embeds the lines of units whose index is made later; early, it does not wait for them. */
  prepare(units: readonly SearchDocument[]): Promise<void>
  /**
   * Vectors of lines, which are kept on disk: those of contents together, and in memory too; others, that are only learnt
   * from, in a file by the name `keptIn`.
   */
  readonly lines: (texts: readonly string[], keptIn?: string) => ReturnType<Embed>
  /** Vectors of what customers write. */
  readonly question: Embed
  /** Keeps what is learnt from vectors on disk, beside them. */
  readonly keep: DiskCache
  /** Names the sentence model that was opened. */
  readonly model: string
  /** Whether what is opened serves without the sentence model until all lines are embedded. */
  readonly early: boolean
  /** What is still being learnt while something serves early. */
  readonly learning: Set<Promise<void>>
  /** `lexical`: the sentence model cannot be loaded, or failed when it was asked last. */
  engine(): 'hybrid' | 'lexical'
  close(): Promise<void>
}

export type SearchEngineOptions = {
  /** Where vectors of content are kept. */
  readonly cacheDir: string
  readonly log?: { warn(about: object, message: string): void }
  /** Told how many new lines are embedded, of how many. */
  readonly progress?: (done: number, all: number) => void
  /** Whether an index serves by words alone until its lines are embedded; else `index` waits for them. */
  readonly early?: boolean
  /** A server that makes the vectors; where it cannot be reached the embedded model does. */
  readonly embeddings?: EmbeddingSettings
  /** Opens the embedded sentence model. */
  readonly embedder?: () => Promise<Embedder>
}

/** Lines embedded before progress is told. */
const STRIDE = 64
/** Between two times that vectors are kept: all of them are written. */
const KEEP_MS = 10_000
/** Questions whose vectors are remembered: understanding and answering ask about the same words at the same time. */
const REMEMBERED = 256
/** Indexes that are remembered: drafts of content differ in some of their units only. */
const INDEXES = 8
/** The index of no more units than these is made at once; others are remembered, and share what they know of their lines. */
const FEW = 16
const NOTHING: SentenceVectors = { last: new Float32Array() }

/** Never rejects because of the model: without it the finder is lexical, and says so in the log. */
export async function openSearchEngine(options: SearchEngineOptions): Promise<SearchEngine> {
  const { cacheDir, log, progress, early = false } = options
  let isFailing = false
  let isClosed = false
  const fail = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    if (!isFailing && !isClosed) log?.warn({ reason }, 'the sentence model does not work; finding by words alone')
    isFailing = true
    return undefined
  }
  const own = options.embedder ?? openEmbedder
  const open = async () => {
    if (!options.embeddings) return own()
    return openRemoteEmbedder(options.embeddings).catch((error: Error) => {
      log?.warn({ reason: error.message }, 'the embedded sentence model takes over until the next start')
      return own()
    })
  }
  const embedder = await open().catch(fail)
  const contents = embedder && (await openVectorCache(cacheDir, embedder))
  const questions = new LRUCache<string, Promise<SentenceVectors>>({ max: REMEMBERED })

  const embedLines: SearchEngine['lines'] = async (texts, keptIn) => {
    if (!embedder || !contents) return undefined
    const vectors = keptIn === undefined ? contents : await openVectorCache(cacheDir, embedder, keptIn)
    const save = () =>
      vectors.save().catch((error: Error) => log?.warn({ reason: error.message }, 'vectors could not be kept'))
    const unknown = [...new Set(texts)].filter((text) => !vectors.get(text))
    let keptAt = performance.now()
    try {
      for (let at = 0; at < unknown.length; at += STRIDE) {
        const batch = unknown.slice(at, at + STRIDE)
        const made = await embedder.embed(batch, 'waiting')
        batch.forEach((text, i) => {
          vectors.set(text, made[i] ?? NOTHING)
        })
        if (performance.now() - keptAt > KEEP_MS) {
          await save()
          keptAt = performance.now()
        }
        progress?.(at + batch.length, unknown.length)
      }
    } catch (error) {
      return fail(error)
    } finally {
      await save()
    }
    return texts.map((text) => vectors.get(text) ?? NOTHING)
  }

  const embedQuestion: Embed = async (texts) => {
    if (!embedder) return undefined
    const asked = new Map(
      texts.flatMap((text) => {
        // What stands in the content word for word is embedded already.
        const known = questions.get(text) ?? contents?.get(text)
        return known ? [[text, known]] : []
      }),
    )
    const unknown = texts.filter((text) => !asked.has(text))
    const made = unknown.length > 0 ? embedder.embed(unknown, 'now') : undefined
    unknown.forEach((text, i) => {
      const vector = Promise.resolve(made).then((all) => all?.[i] ?? NOTHING)
      asked.set(text, vector)
      questions.set(text, vector)
    })
    try {
      const found = await Promise.all(texts.map((text) => asked.get(text) ?? NOTHING))
      if (made) isFailing = false
      return found
    } catch (error) {
      for (const text of texts) questions.delete(text)
      return fail(error)
    }
  }

  return searchEngineOver({
    lines: embedLines,
    question: embedQuestion,
    model: embedder?.model ?? 'lexical',
    keep: openDiskCache(cacheDir, (error) => log?.warn({ reason: error.message }, 'what was learnt could not be kept')),
    early,
    isFailing: () => isFailing,
    async close() {
      isClosed = true
      await embedder?.close()
    },
  })
}

/** A finder over vectors that somebody else makes and keeps. */
export function searchEngineOver(
  options: Omit<SearchEngine, 'index' | 'prepare' | 'engine' | 'learning'> & {
    /** Whether there is no sentence model, or it failed when it was asked last: what is made then is not remembered. */
    readonly isFailing: () => boolean
  },
): SearchEngine {
  const { lines, question, model, keep, early, isFailing, close } = options
  const indexes = openAsyncCache<Index>(INDEXES)
  const lexicon = openTermDictionary()
  const learning = new Set<Promise<void>>()
  const build = (units: readonly SearchDocument[], how: { readonly early: boolean }) =>
    buildIndex(units, units.length > FEW ? lexicon : openTermDictionary(), { lines, question, model, learning, ...how })

  return {
    async index(units, how = { early }) {
      // One that serves early is not whole yet.
      if (how.early || units.length <= FEW) return build(units, how)
      const key = createHash('sha256').update(JSON.stringify(units)).digest('base64')
      const index = await indexes.forceFetch(key, { context: () => build(units, how) })
      if (isFailing()) indexes.delete(key)
      return index
    },
    async prepare(units) {
      const embedded = lines(units.flatMap(linesOf).map(({ text }) => text)).then(() => {})
      await whenLearnt({ early, learning }, embedded)
    },
    lines,
    question,
    keep,
    model,
    early,
    learning,
    engine: () => (isFailing() ? 'lexical' : 'hybrid'),
    close,
  }
}
