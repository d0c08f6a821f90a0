// How long a decision takes, and looking rules over, as their number grows: the sample brand's own rules, and as many
// more of their kind as are wanted, each about one dialog or one article of a larger brand.
import { performance } from 'node:perf_hooks'
import { vocabularyOf } from '#content'
import { loadContent, OWN_CONTENT } from '#content/load'
import type { Facts } from '#domain'
import { checkRules, compile, decide, type Rule } from '#policy'
import { median, type Row } from './report.ts'

const GOAL_US = 50
const TODAY = '2026-11-25'
const BATCHES = 41

type Set = {
  readonly rules: readonly Rule[]
  readonly intents: readonly string[]
  readonly articles: readonly string[]
}

/** `count` rules: the brand's own first, then six for each further dialog and article, as owners write them. */
function grow(own: readonly Rule[], count: number): Set {
  const rules = own.slice(0, count)
  const intents: string[] = []
  const articles: string[] = []
  for (let n = 0; rules.length < count; n++) {
    const intent = `dialog-${n}`
    const article = `article-${n}`
    intents.push(intent)
    articles.push(article)
    const because = 'because the owner of this dialog says so'
    const more: Rule[] = [
      { id: `${intent}.public`, when: { intent, audience: 'public' }, then: 'move-to-private', because },
      { id: `${intent}.small`, when: { intent, amount: { 'at-most': 30 } }, then: 'answer', because },
      { id: `${intent}.large`, when: { intent, amount: { above: 30 } }, then: 'escalate', team: intent, because },
      {
        id: `${intent}.angry`,
        when: {
          intent,
          sentiment: { below: -0.7 },
          contacts: { 'at-least': 3 },
          signals: { not: ['thanks', 'praise'] },
        },
        then: 'escalate',
        team: intent,
        priority: 'high',
        because,
      },
      { id: `${article}.sure`, when: { article, knowledge: 'sure', complaint: 'none' }, then: 'answer', because },
      {
        id: `${article}.abuse`,
        when: { article, signals: ['abuse', 'sarcasm'], audience: 'public' },
        then: 'escalate',
        priority: 'low',
        because,
      },
    ]
    rules.push(...more.slice(0, count - rules.length))
  }
  return { rules, intents, articles }
}

/** Microseconds of one decision, by the middle one of many rounds over all facts. */
function timeDecisions({ rules, intents, articles }: Set, given: readonly Facts[]): number {
  const compiled = compile(rules, 'bench')
  const facts = given.map((one, n): Facts => {
    if (intents.length === 0 || n % 2 === 0) return one
    return { ...one, intent: intents[n % intents.length], article: articles[n % articles.length] }
  })
  const round = () => {
    const before = performance.now()
    for (const one of facts) decide(compiled, one, { today: TODAY })
    return (1000 * (performance.now() - before)) / facts.length
  }
  for (let n = 0; n < BATCHES; n++) round()
  return median(Array.from({ length: BATCHES }, round))
}

export async function run(): Promise<readonly Row[]> {
  const loaded = await loadContent(OWN_CONTENT)
  if (!('content' in loaded)) throw new Error('the sample brand does not load; see `warmline content check`')
  const { rules, policyExamples } = loaded.content
  const own = vocabularyOf(loaded.content)
  const given = policyExamples.map((example) => example.given as Facts)
  const rows: Row[] = []
  for (const count of [30, 200, 1000]) {
    const figure = timeDecisions(grow(rules, count), given)
    const beside = { what: 'goal at 1,000', figure: GOAL_US }
    rows.push({
      what: `one decision, ${count} rules`,
      figure,
      unit: 'µs',
      beside,
      note: `${given.length} sets of facts`,
    })
  }
  for (const count of [rules.length, 200, 1000]) {
    const set = grow(rules, count)
    const vocabulary = {
      ...own,
      intents: [...own.intents, ...set.intents],
      articles: [...own.articles, ...set.articles],
    }
    const before = performance.now()
    const found = checkRules(set.rules, vocabulary, { today: TODAY })
    const figure = performance.now() - before
    rows.push({ what: `looking over ${count} rules`, figure, unit: 'ms', note: `${found.length} problems` })
  }
  return rows
}
