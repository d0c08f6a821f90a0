// An index of ten thousand articles: how long it takes to learn, what it costs in memory, and how it is after an edit.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSearchEngine, type SearchDocument } from '#understanding/retrieval'
import { hasBases, invent } from './bases.ts'
import { median, type Row } from './report.ts'

const ARTICLES = 10_000
const QUESTIONS = 200

export async function run(): Promise<readonly Row[]> {
  if (!hasBases()) return []
  const dir = await mkdtemp(join(tmpdir(), 'warmline-bench-'))
  const embedded = (done: number, all: number) => {
    if (done % 6400 === 0) process.stderr.write(`  ${done} of ${all} lines embedded\n`)
  }
  const finder = await openSearchEngine({ cacheDir: dir, progress: embedded })
  try {
    const { units, questions } = invent(ARTICLES, QUESTIONS)
    const before = process.memoryUsage().rss
    const rows: Row[] = []
    const learn = async (what: string, all: readonly SearchDocument[]) => {
      const from = performance.now()
      const index = await finder.index(all)
      rows.push({ what, figure: (performance.now() - from) / 1000, unit: 's' })
      return index
    }
    const index = await learn(`${ARTICLES} articles learnt, every line new`, units)
    rows.push({
      what: 'memory of it',
      figure: (process.memoryUsage().rss - before) / 1e6,
      unit: 'MB',
      note: 'of the whole process',
    })
    await learn('learnt again, nothing new', units)
    await learn('learnt again after one article was edited', [
      ...units.slice(1),
      { ...units[0], id: 'edited', title: 'How do I return a vase?', phrases: ['vase back'] },
    ])
    const times: number[] = []
    for (const text of questions) {
      const from = performance.now()
      await index.search(text)
      times.push(performance.now() - from)
    }
    rows.push({ what: 'a question, one after the other, median', figure: median(times), unit: 'ms' })
    return rows
  } finally {
    await finder.close()
    await rm(dir, { recursive: true, force: true })
  }
}
