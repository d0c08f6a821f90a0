// What typing errors cost: of the questions that are answered rightly when they are spelt right, how many still are with errors. The
// sample brand's questions as its articles list them, and a bank's (labels of BANKING77) where ../shared/data is at hand.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type LabelledQuestion, openAnswer } from '#answer'
import { readConfig } from '#app'
import type { Content } from '#content'
import { loadContent, OWN_CONTENT } from '#content/load'
import type { Audience } from '#domain'
import { confidenceThreshold } from '#policy'
import { openSearchEngine, type SearchEngine } from '#understanding/retrieval'
import { openRepair } from '#understanding/spelling'
import { chance } from '../test/inbox/deliveries.ts'
import { CACHE } from '../test/setup/cache.ts'
import type { Row } from './report.ts'
import { withTypingErrors } from './typing-errors.ts'

const BANK = new URL('../../shared/data/northbank/', import.meta.url)
const SEED = 11

export async function spelling(): Promise<Row[]> {
  const finder = await openSearchEngine({ cacheDir: readConfig({ WARMLINE_CACHE_DIR: CACHE }).cacheDir })
  try {
    const shop = await read(OWN_CONTENT)
    const listed = shop.articles
      .filter(({ audience }) => audience === 'public')
      .flatMap(({ id, questions }) => questions.map((question) => ({ question, article: id })))
    const rows = await measure('sample', finder, shop, listed)
    if (!existsSync(BANK)) return rows
    const labelled = readFileSync(new URL('labelled.jsonl', BANK), 'utf8').trim().split('\n')
    const asked = labelled.map((line): LabelledQuestion => JSON.parse(line))
    return [...rows, ...(await measure('bank', finder, await read(fileURLToPath(BANK)), asked))]
  } finally {
    await finder.close()
  }
}

async function read(dir: string): Promise<Content> {
  const loaded = await loadContent(dir)
  if ('content' in loaded) return loaded.content
  throw new Error(`the content of ${dir} has problems`)
}

async function measure(
  brand: string,
  finder: SearchEngine,
  content: Content,
  questions: readonly LabelledQuestion[],
): Promise<Row[]> {
  const answer = await openAnswer({ finder, content })
  const repair = await openRepair(content)
  const rows: Row[] = []
  for (const audience of ['public', 'private'] as const) {
    const told = async (text: string) => {
      const { ranking, confidence, by } = await answer.find({ text, audience })
      return confidence >= confidenceThreshold(content.brand, audience, by) ? ranking[0]?.article : undefined
    }
    const right: LabelledQuestion[] = []
    for (const one of questions) if (one.article !== null && (await told(one.question)) === one.article) right.push(one)
    for (const errors of [1, 2]) rows.push(await kept({ brand, audience, told, right, errors }))
  }
  const texts = questions.map(({ question }) => question)
  const from = performance.now()
  const changed = texts.filter((text) => repair(text) !== text).length
  const ms = performance.now() - from
  rows.push({
    what: `${brand}: messages as they were written that are read otherwise`,
    figure: (100 * changed) / texts.length,
    unit: '%',
    note: 'most have typing errors of their own',
  })
  rows.push({ what: `${brand}: putting a message right`, figure: ms / texts.length, unit: 'ms' })
  return rows
}

async function kept(of: {
  readonly brand: string
  readonly audience: Audience
  readonly told: (text: string) => Promise<string | undefined>
  readonly right: readonly LabelledQuestion[]
  readonly errors: number
}): Promise<Row> {
  const { brand, audience, told, right, errors } = of
  const random = chance(SEED * errors)
  let [same, wrong] = [0, 0]
  for (const { question, article } of right) {
    const found = await told(withTypingErrors(question, errors, random))
    if (found === article) same += 1
    else if (found !== undefined) wrong += 1
  }
  return {
    what: `${brand}, ${audience}: right answers kept with ${errors} typing error${errors > 1 ? 's' : ''}`,
    figure: (100 * same) / right.length,
    unit: '%',
    note: `of ${right.length}; ${wrong} wrong instead`,
  }
}
