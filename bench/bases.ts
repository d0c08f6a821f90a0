// Knowledge bases to measure on, from public sets in ../shared/data/kb, and what the design's study of them found.
import { existsSync, readFileSync } from 'node:fs'
import type { SearchDocument } from '#understanding/retrieval'
import { chance, shuffled } from '../test/inbox/deliveries.ts'

export type Query = { readonly text: string; readonly gold: string | null; readonly kind: 'in' | 'near' | 'far' }
type Article = {
  readonly id: string
  readonly title: string
  readonly phrasings: readonly string[]
  readonly body: string
}
type Base = { readonly articles: readonly Article[]; readonly queries: readonly Query[] }

/** In percent: the row of the study's best engine, or its own where the study has no such cell. */
type Anchors = {
  readonly recall?: number
  readonly near?: number
  readonly far?: number
  readonly at95?: number
  readonly at98?: number
}

/** A knowledge base and what it is asked; a query whose `gold` is not among the units has no answer here. */
export type Setting = {
  readonly name: string
  readonly units: readonly SearchDocument[]
  readonly queries: readonly Query[]
  readonly anchors: Anchors
}

const DATA = new URL('../../shared/data/kb/', import.meta.url)
export const hasBases = (): boolean => existsSync(DATA)

/** Queries of each set that are asked: one in so many. */
const EVERY = 3

export function openSettings(): Setting[] {
  const stack = read('stackfaq')
  const bank = read('banking77')
  const clinc = read('clinc150')
  const clincBank = read('clinc_banking')
  const bitext = read('bitext27')
  const gone = (count: number, anchors: Anchors) =>
    [1, 2].map((seed) =>
      setting(
        `StackFAQ, ${count} phrasings, 2/5 of the articles gone, seed ${seed}`,
        without(borrow(stack, count, seed), 0.4, seed),
        anchors,
      ),
    )
  return [
    setting('StackFAQ, title and text only', stack, { recall: 78.4 }),
    setting('StackFAQ, 3 phrasings', borrow(stack, 3, 1), { recall: 92.6 }),
    ...gone(0, { recall: 84.9, near: 84.2, at98: 26.4, at95: 40.2 }),
    ...gone(1, { recall: 91.0, near: 89.2, at98: 35.9, at95: 54.8 }),
    ...gone(3, { recall: 95.9, near: 92.7, at98: 57.2, at95: 72.4 }),
    setting('BANKING77, titles only', thin(take(bank, 0)), { recall: 50.3 }),
    setting('BANKING77, 5 phrasings', thin(take(bank, 5)), { recall: 72.8 }),
    setting('BANKING77, 10 phrasings', thin(take(bank, 10)), { recall: 79.2 }),
    setting('CLINC150, 3 phrasings', thin(take(clinc, 3)), { recall: 80.6, far: 93.6, at98: 22.3, at95: 40.3 }),
    setting('CLINC150, 5 phrasings', thin(take(clinc, 5)), { recall: 84.5 }),
    setting('CLINC150, 10 phrasings', thin(take(clinc, 10)), { recall: 87.2, far: 95.4, at98: 31.8, at95: 52.6 }),
    setting('CLINC banking, 10 phrasings', take(clincBank, 10), {
      recall: 93.2,
      near: 87.1,
      far: 99.2,
      at98: 53.4,
      at95: 67.0,
    }),
    setting('Bitext, titles only', thin(take(bitext, 0)), { recall: 50.7 }),
    setting('Bitext, 5 phrasings', thin(take(bitext, 5)), { recall: 85.7 }),
  ]
}

function read(name: string): Base {
  const base: Base = JSON.parse(readFileSync(new URL(`${name}.json`, DATA), 'utf8'))
  return { ...base, queries: base.queries.filter(({ text }) => text) }
}

function setting(name: string, { articles, queries }: Base, anchors: Anchors): Setting {
  const units = articles.map(
    ({ id, title, phrasings, body }): SearchDocument => ({
      id,
      title: title.replace(/_/g, ' '),
      phrases: phrasings,
      ...(body ? { sections: [body] } : {}),
    }),
  )
  return { name, units, queries, anchors }
}

/** So many phrasings of each article, spread evenly over its list: neighbours in a list are often alike. */
function take(base: Base, count: number): Base {
  const articles = base.articles.map((article) => {
    const { phrasings } = article
    const step = phrasings.length / Math.max(1, count)
    return {
      ...article,
      phrasings: Array.from(
        { length: Math.min(count, phrasings.length) },
        (_, i) => phrasings[Math.floor(i * step)] ?? '',
      ),
    }
  })
  return { ...base, articles }
}

const thin = (base: Base): Base => ({ ...base, queries: base.queries.filter((_, i) => i % EVERY === 0) })

/** Makes queries of each article its phrasings; at least one stays a query. */
function borrow(base: Base, count: number, seed: number): Base {
  const random = chance(seed)
  const moved = new Set<Query>()
  const articles = base.articles.map((article) => {
    const own = shuffled(
      base.queries.filter(({ gold }) => gold === article.id),
      random,
    )
    const taken = own.slice(0, Math.min(count, own.length - 1))
    for (const query of taken) moved.add(query)
    return { ...article, phrasings: taken.map(({ text }) => text) }
  })
  return { articles, queries: base.queries.filter((query) => !moved.has(query)) }
}

/** Takes a share of the articles away; their queries become near misses. */
function without(base: Base, share: number, seed: number): Base {
  const kept = shuffled(base.articles, chance(seed * 7)).slice(Math.round(base.articles.length * share))
  return { ...base, articles: base.articles.filter((article) => kept.includes(article)) }
}

/** Sentences of one invented article's body. */
const SENTENCES = 5

/** Articles out of real sentences of the public sets, each with two phrasings and a body; questions are more of the sentences. */
export function invent(articles: number, asked: number): { units: SearchDocument[]; questions: string[] } {
  const sentences = [
    ...new Set(
      openSettings().flatMap(({ units, queries }) => [
        ...units.flatMap(({ phrases }) => phrases),
        ...queries.map(({ text }) => text),
      ]),
    ),
  ]
  const random = chance(1)
  const pick = () => sentences[Math.floor(random() * sentences.length)] ?? ''
  const units = Array.from(
    { length: articles },
    (_, i): SearchDocument => ({
      id: String(i),
      title: pick(),
      phrases: [pick(), pick()],
      sections: [Array.from({ length: SENTENCES }, pick).join(' ')],
    }),
  )
  return { units, questions: Array.from({ length: asked }, pick) }
}
