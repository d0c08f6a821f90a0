// What a turn costs a processor, from the customer's words to what is said: understood, searched in a thousand articles,
// decided, answered and looked at by the gate. Redis and the networks are left out.

import { join } from 'node:path'
import { buildEngine, readConfig, simulationContext } from '#app'
import { loadContent, OWN_CONTENT } from '#content/load'
import { openSimulatedConversation } from '#releases/simulator'
import { openSearchEngine } from '#understanding/retrieval'
import { CACHE } from '../test/setup/cache.ts'
import { hasBases, invent } from './bases.ts'
import { median, type Row } from './report.ts'
import { hasTweets, readTweets } from './tweets.ts'

const ARTICLES = 1_000
const ROUNDS = 5
const EACH = 100

export async function run(): Promise<readonly Row[]> {
  if (!hasBases() || !hasTweets()) return []
  const loaded = await loadContent(OWN_CONTENT)
  if (!('content' in loaded)) throw new Error('the sample brand cannot be read')
  const own = loaded.content
  const { units } = invent(ARTICLES - own.articles.length, 0)
  const more = units.map(({ id, title, phrases, sections = [] }) => ({
    id: `invented-${id}`,
    title,
    audience: 'public' as const,
    questions: [...phrases],
    not: [],
    body: sections.join('\n\n'),
  }))
  const finder = await openSearchEngine({
    cacheDir: join(readConfig({ WARMLINE_CACHE_DIR: CACHE }).cacheDir, 'turns'),
    progress: (done, of) => process.stderr.write(`\r  ${done} of ${of} lines embedded`),
  })
  try {
    const log = { warn: () => {} }
    const mind = simulationContext(
      await buildEngine({ ...own, articles: [...own.articles, ...more] }, finder, undefined, log),
    )
    const tweets = readTweets().slice(0, (ROUNDS + 1) * EACH)
    const costs: number[] = []
    const walls: number[] = []
    for (let round = 0; round <= ROUNDS; round++) {
      const texts = tweets.slice(round * EACH, (round + 1) * EACH)
      const [before, from] = [process.cpuUsage(), performance.now()]
      for (const { text } of texts) await openSimulatedConversation(mind).hear(text, 'public')
      const { user, system } = process.cpuUsage(before)
      // The first round warms up.
      if (round === 0) continue
      costs.push((user + system) / 1000 / texts.length)
      walls.push((performance.now() - from) / texts.length)
    }
    const note = `${ROUNDS} rounds of ${EACH} tweets to airlines, ${ARTICLES} articles, every thread counted`
    return [
      { what: 'a turn, of one core', figure: median(costs), unit: 'ms', note },
      { what: 'turns a second of one core', figure: 1000 / median(costs), unit: '' },
      { what: 'a turn, one after the other', figure: median(walls), unit: 'ms' },
    ]
  } finally {
    await finder.close()
  }
}
