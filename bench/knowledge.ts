// How well articles are found, and how well the finder knows when it does not know, on public sets in
// ../shared/data/kb (StackFAQ, BANKING77, CLINC150 banking). Nothing is measured when they are not there.
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Finder, openFinder, type Unit } from '#understanding'
import { percentile, type Row } from './report.ts'

type Article = { readonly id: string; readonly title: string; readonly phrasings: string[]; readonly body: string }
type Query = { readonly text: string; readonly gold: string | null }
type Base = { readonly articles: Article[]; readonly queries: Query[] }
/** One query: whether the first was right, how sure we were, whether any article could be right. */
type Shot = { readonly right: boolean; readonly sure: number; readonly answerable: boolean; readonly ms: number }

const DATA = new URL('../../shared/data/kb/', import.meta.url)
/** Queries asked at once, as turns of several customers are. */
const WIDTH = 16

export async function run(): Promise<readonly Row[]> {
  if (!existsSync(DATA)) return []
  const dir = await mkdtemp(join(tmpdir(), 'warmline-bench-'))
  const finder = await openFinder({ cacheDir: dir })
  try {
    const stack = readBase('stackfaq')
    const bank = readBase('banking77')
    const clinc = readBase('clinc_banking')
    const three = withPhrasingsFromQueries(stack, 3)
    const rows: Row[] = []
    const measure = async (base: Base, phrasings: number) => shoot(finder, base, phrasings)
    rows.push(recall('StackFAQ, title and text only', await measure(stack, 0), 72.0, 'lunr'))
    rows.push(recall('StackFAQ, 3 phrasings', await measure(three, 3), 82.9, 'lunr'))
    rows.push(
      ...abstention('StackFAQ, 3 phrasings, two fifths of the articles gone', await measure(without(three, 5), 3)),
    )
    rows.push(recall('BANKING77, 5 phrasings', await measure(everyOther(bank), 5), 76.3, 'full-size USE, published'))
    const sure = await measure(clinc, 10)
    rows.push(recall('CLINC150 banking, 10 phrasings', sure, 90.0, 'TF-IDF alone'))
    rows.push(...abstention('CLINC150 banking, near and far questions', sure))
    const times = sure.map(({ ms }) => ms).toSorted((a, b) => a - b)
    rows.push({ what: `a question, ${WIDTH} at once, median`, figure: percentile(times, 0.5), unit: 'ms' })
    rows.push({ what: 'memory of the process', figure: process.memoryUsage().rss / 1e6, unit: 'MB' })
    return rows
  } finally {
    await finder.close()
    await rm(dir, { recursive: true, force: true })
  }
}

function readBase(name: string): Base {
  const base: Base = JSON.parse(readFileSync(new URL(`${name}.json`, DATA), 'utf8'))
  return { ...base, queries: base.queries.filter(({ text }) => text) }
}

/** Moves queries of each article, spread over its list, to its phrasings; at least one stays a query. */
function withPhrasingsFromQueries(base: Base, count: number): Base {
  const moved = new Set<Query>()
  const articles = base.articles.map((article) => {
    const own = base.queries.filter(({ gold }) => gold === article.id)
    const taken = Array.from(
      { length: Math.min(count, own.length - 1) },
      (_, i) => own[Math.floor((i * own.length) / count)],
    )
    for (const query of taken) if (query) moved.add(query)
    return { ...article, phrasings: taken.flatMap((query) => query?.text ?? []) }
  })
  return { articles, queries: base.queries.filter((query) => !moved.has(query)) }
}

/** Takes away two of each `step` articles; their queries become near misses. */
function without(base: Base, step: number): Base {
  return { ...base, articles: base.articles.filter((_, i) => i % step >= 2) }
}

function everyOther(base: Base): Base {
  return { ...base, queries: base.queries.filter((_, i) => i % 2 === 0) }
}

async function shoot(finder: Finder, { articles, queries }: Base, phrasings: number): Promise<Shot[]> {
  const units = articles.map(
    ({ id, title, phrasings: all, body }): Unit => ({
      id,
      title: title.replace(/_/g, ' '),
      phrases: all.slice(0, phrasings),
      ...(body ? { sections: [body] } : {}),
    }),
  )
  const index = await finder.index(units)
  const known = new Set(units.map(({ id }) => id))
  const shots: Shot[] = []
  for (let at = 0; at < queries.length; at += WIDTH)
    shots.push(
      ...(await Promise.all(
        queries.slice(at, at + WIDTH).map(async ({ text, gold }) => {
          const from = performance.now()
          const { ranking, confidence } = await index.search(text)
          const answerable = gold !== null && known.has(gold)
          return { right: ranking[0]?.id === gold, sure: confidence, answerable, ms: performance.now() - from }
        }),
      )),
    )
  return shots
}

function recall(what: string, shots: readonly Shot[], figure: number, beside: string): Row {
  const asked = shots.filter(({ answerable }) => answerable)
  const right = asked.filter((shot) => shot.right)
  return {
    what: `${what}: right article first`,
    figure: (100 * right.length) / asked.length,
    unit: '%',
    beside: { what: beside, figure },
    note: `${asked.length} questions`,
  }
}

/** Unanswerable questions weigh as much as answerable ones. */
function abstention(what: string, shots: readonly Shot[]): Row[] {
  const asked = shots.filter(({ answerable }) => answerable)
  const others = shots.filter(({ answerable }) => !answerable)
  const weight = asked.length / others.length
  let wins = 0
  for (const one of asked)
    for (const other of others) wins += one.sure > other.sure ? 1 : one.sure === other.sure ? 0.5 : 0
  const coverage = (precision: number) => {
    let [good, bad, best] = [0, 0, 0]
    for (const shot of shots.toSorted((a, b) => b.sure - a.sure)) {
      if (!shot.answerable) bad += weight
      else if (shot.right) good++
      else bad++
      if (good / (good + bad) >= precision) best = good
    }
    return (100 * best) / asked.length
  }
  const note = `${asked.length} answerable, ${others.length} not`
  return [
    { what: `${what}: AUROC`, figure: (100 * wins) / (asked.length * others.length), unit: '%', note },
    { what: `${what}: answered at 95 % right`, figure: coverage(0.95), unit: '%' },
    { what: `${what}: answered at 98 % right`, figure: coverage(0.98), unit: '%' },
  ]
}
