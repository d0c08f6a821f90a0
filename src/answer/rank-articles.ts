// Ranks the articles for a question, with a confidence.
import { stemmer } from 'stemmer'
import { type Article, toBlocks, toSections } from '#content'
import { confidenceThreshold } from '#policy'
import { words } from '#understanding/retrieval'
import { type ArticleIndex, isForeign, languageOf } from './article-index.ts'
import { completeQuestion, isSpecific, newWords, splitQuestions } from './follow-up-questions.ts'
import { mayDisclose } from './may-disclose.ts'
import type { Finding, Question } from './types.ts'

/** As sure as this that words are a whole question. */
const BY_ITSELF = 0.97
/** No surer than this that one of two is meant. */
const EITHER = 0.5
/** How near another article has to be, and how much nearer a follow-up brings it, to be what is asked about next. */
const NEAR = 0.4
const RISE = 0.2
/** Sentences of an article that answer a follow-up. */
const MOST_SENTENCES = 2

type SearchResult = Awaited<ReturnType<ArticleIndex['index']['search']>>
/** Searches the articles that a question may be answered from. */
type Search = (text: string, more?: { readonly leaveOut?: string }) => Promise<SearchResult>

export async function rankArticles(articleIndex: ArticleIndex, asked: Question): Promise<Finding> {
  const { trial = {} } = asked
  const { question, search, isSpoken } = await searchFor(articleIndex, asked)
  const spoken = (finding: Finding): Finding => (isSpoken ? finding : { ...finding, confidence: 0 })
  const several = trial.leaveOut ? undefined : await findSeveral(articleIndex, question, search)
  if (several) return spoken(several)
  const own = await search(question.text, trial.leaveOut ? { leaveOut: question.text } : {})
  const half = completeQuestion(question.text, question.history ?? [])
  if (!half || own.confidence >= BY_ITSELF) return spoken(findingOf(own))
  const followUp = await findFollowUp(articleIndex, question, half, search)
  return spoken(followUp.confidence > own.confidence ? followUp : findingOf(own))
}

const findingOf = ({ ranking, confidence, by }: SearchResult, more: Partial<Finding> = {}): Finding => ({
  ranking: ranking.map(({ id, score }) => ({ article: id, score })),
  confidence,
  by,
  ...more,
})

/** What a question finds that leans on the one before: another article, a sentence of the same one, or the same again. */
async function findFollowUp(
  { content, articles }: ArticleIndex,
  { text, audience }: Question,
  { whole, before }: { readonly whole: string; readonly before: string },
  search: Search,
): Promise<Finding> {
  const [carried, both, prior] = await Promise.all([search(whole), search(`${before} ${text}`), search(before)])
  const joined = carried.confidence >= both.confidence ? carried : both
  const told = prior.confidence >= content.brand.confidence.draft ? articles.get(prior.ranking[0]?.id ?? '') : undefined
  if (!told || joined.ranking[0]?.id !== told.id) return findingOf(joined, { whole })
  // What was answered already is not the answer to what is asked next, unless another part of it is.
  const [others, scores] = [
    joined.ranking.slice(1),
    new Map(prior.ranking.map(({ id, score }) => [id, score] as const)),
  ]
  const next = others.find(({ id, score }) => score >= NEAR && score - (scores.get(id) ?? 0) >= RISE)
  if (next) {
    const ranking = [next, ...joined.ranking.filter(({ id }) => id !== next.id)]
    return findingOf({ ...joined, ranking }, { whole, confidence: EITHER })
  }
  const excerpt = sentencesWith(told, newWords(text, before))
  if (excerpt) return findingOf(joined, { whole, excerpt })
  if (toSections(told.body).length > 1) return findingOf(joined, { whole })
  const isTold = prior.confidence >= confidenceThreshold(content.brand, audience, prior.by)
  return findingOf(joined, { whole, confidence: EITHER, isTold })
}

/** `isSpoken`: there are articles in the question's language; where there are none, those of any language are searched. */
async function searchFor(articleIndex: ArticleIndex, asked: Question) {
  const { content, index } = articleIndex
  const language = await languageOf(content, asked)
  const question = isForeign(language) ? asked : repaired(articleIndex, asked)
  const { trial = {} } = question
  const open = content.articles.filter((article) => article.id !== trial.without && mayDisclose(article, question))
  const spoken = open.filter((article) => (article.languages ?? content.brand.languages).includes(language))
  const allowed = new Set((spoken.length > 0 ? spoken : open).map(({ id }) => id))
  const lexicalOnly = trial.lexicalOnly || isForeign(language)
  const search: Search = (text, more = {}) =>
    index.search(text, { filter: (id) => allowed.has(id), lexicalOnly, ...more })
  return { question, search, isSpoken: spoken.length > 0 || language === 'und' }
}

/** The question in words that are spelt right, and of what was said before the customer's last words. */
function repaired({ repair }: ArticleIndex, { text, history, ...more }: Question): Question {
  const before = history?.findLast(({ authorKind }) => authorKind === 'customer')
  return { ...more, text: repair(text), history: before ? [{ ...before, text: repair(before.text) }] : [] }
}

/** What a turn finds that asks several things; undefined for any other. */
async function findSeveral(
  { content }: ArticleIndex,
  question: Question,
  search: Search,
): Promise<Finding | undefined> {
  const searched = await Promise.all(
    splitQuestions(question.text).map(async ({ own, whole }) => {
      const alone = await search(own)
      if (whole === undefined || alone.confidence >= BY_ITSELF) return { asked: own, ...alone }
      return { asked: whole, ...(await search(whole)) }
    }),
  )
  const { brand } = content
  // What is near to nothing and says little is no question of its own.
  const found = searched.filter(
    ({ asked, ranking, confidence }) =>
      ranking.length > 0 && (confidence >= brand.confidence.draft || isSpecific(asked)),
  )
  const [first] = found
  if (!first || found.length < 2) return undefined
  const threshold = confidenceThreshold(brand, question.audience, first.by)
  const sure = found.filter(({ confidence }) => confidence >= threshold)
  const told = sure.length > 0 ? sure : found
  const parts = told.flatMap(({ asked, ranking }, at) => {
    const article = ranking[0]?.id ?? ''
    return told.findIndex((other) => other.ranking[0]?.id === article) === at ? [{ article, asked }] : []
  })
  // Where all of it is in one article that nobody is sure of, the whole text says more than its parts.
  if (parts.length < 2 && sure.length === 0) return undefined
  const scores = new Map<string, number>()
  for (const { id, score } of found.flatMap(({ ranking }) => ranking))
    scores.set(id, Math.max(score, scores.get(id) ?? 0))
  const order = new Set([...parts.map(({ article }) => article), ...first.ranking.map(({ id }) => id)])
  const unanswered = found.filter((one) => !told.includes(one)).map(({ asked }) => asked)
  return {
    ranking: [...order].map((article) => ({ article, score: scores.get(article) ?? 0 })),
    confidence: Math.min(...told.map(({ confidence }) => confidence)),
    by: first.by,
    parts,
    ...(unanswered.length > 0 ? { unanswered } : {}),
  }
}

/** Sentences of an article that have one of these words, in its own order; undefined where none has. */
function sentencesWith(article: Article, sought: readonly string[]): string | undefined {
  const stems = new Set(sought.map(stemmer))
  const sentences = toBlocks(article.body)
    .flatMap(({ text }) => text.split(/(?<=[.!?])\s+/))
    .filter((sentence) => words(sentence).some((word) => stems.has(stemmer(word))))
  return sentences.length > 0 ? sentences.slice(0, MOST_SENTENCES).join(' ') : undefined
}
