// Ranks the articles for a question, with a confidence.
import { toSections } from '#content'
import { type ArticleIndex, isForeign, languageOf } from './article-index.ts'
import { completeQuestion, isSpecific, splitQuestions } from './follow-up-questions.ts'
import { mayDisclose } from './may-disclose.ts'
import type { Finding, Question } from './types.ts'

/** As sure as this that words are a whole question. */
const BY_ITSELF = 0.97
/** No surer than this that one of two is meant. */
const EITHER = 0.5

type SearchResult = Awaited<ReturnType<ArticleIndex['index']['search']>>
/** Searches the articles that a question may be answered from. */
type Search = (text: string, more?: { readonly leaveOut?: string }) => Promise<SearchResult>

export async function rankArticles(articleIndex: ArticleIndex, question: Question): Promise<Finding> {
  const { trial = {} } = question
  const { search, isSpoken } = await searchFor(articleIndex, question)
  const several = trial.leaveOut ? undefined : await findSeveral(articleIndex, question.text, search)
  if (several) return { ...several, confidence: isSpoken ? several.confidence : 0 }
  const own = await search(question.text, trial.leaveOut ? { leaveOut: question.text } : {})
  const half = completeQuestion(question.text, question.history ?? [])
  const joined = half && (await search(half.whole))
  const finding = ({ ranking, confidence, by }: SearchResult, more: Partial<Finding> = {}) => ({
    ranking: ranking.map(({ id, score }) => ({ article: id, score })),
    confidence: isSpoken ? confidence : 0,
    by,
    ...more,
  })
  if (!joined || own.confidence >= BY_ITSELF) return finding(own)
  // What was answered already is not the answer to what is asked next; it makes any other one doubtful.
  if (joined.ranking[0]?.id === (await answeredBefore(articleIndex, half.before, search)))
    return finding(joined, { confidence: isSpoken ? Math.min(own.confidence, EITHER) : 0 })
  return joined.confidence > own.confidence ? finding(joined, { whole: half.whole }) : finding(own)
}

/** `isSpoken`: there are articles in the question's language; where there are none, those of any language are searched. */
async function searchFor({ content, index }: ArticleIndex, question: Question) {
  const language = await languageOf(content, question)
  const { trial = {} } = question
  const open = content.articles.filter((article) => article.id !== trial.without && mayDisclose(article, question))
  const spoken = open.filter((article) => (article.languages ?? content.brand.languages).includes(language))
  const allowed = new Set((spoken.length > 0 ? spoken : open).map(({ id }) => id))
  const lexicalOnly = trial.lexicalOnly || isForeign(language)
  const search: Search = (text, more = {}) =>
    index.search(text, { filter: (id) => allowed.has(id), lexicalOnly, ...more })
  return { search, isSpoken: spoken.length > 0 || language === 'und' }
}

/** What a turn finds that asks several things of several articles; undefined for any other. */
async function findSeveral({ content }: ArticleIndex, text: string, search: Search): Promise<Finding | undefined> {
  const searched = await Promise.all(splitQuestions(text).map(async (one) => ({ one, ...(await search(one)) })))
  // What is near to nothing and says little is no question of its own.
  const found = searched.filter(
    ({ one, confidence }) => confidence >= content.brand.confidence.draft || isSpecific(one),
  )
  const parts = found.flatMap(({ one, ranking }, i) => {
    const article = ranking[0]?.id
    const isFirst = found.findIndex((other) => other.ranking[0]?.id === article) === i
    return article !== undefined && isFirst ? [{ article, asked: one }] : []
  })
  const [first] = found
  if (!first || parts.length < 2) return undefined
  const scores = new Map<string, number>()
  for (const { id, score } of found.flatMap(({ ranking }) => ranking))
    scores.set(id, Math.max(score, scores.get(id) ?? 0))
  const order = new Set([...parts.map(({ article }) => article), ...first.ranking.map(({ id }) => id)])
  return {
    ranking: [...order].map((article) => ({ article, score: scores.get(article) ?? 0 })),
    confidence: Math.min(...found.map(({ confidence }) => confidence)),
    by: first.by,
    parts,
  }
}

/** The article that the question before was about, unless another part of it may be meant now. */
async function answeredBefore(
  { content, articles }: ArticleIndex,
  before: string,
  search: Search,
): Promise<string | undefined> {
  const { ranking, confidence } = await search(before)
  const article = articles.get(ranking[0]?.id ?? '')
  return confidence >= content.brand.confidence.draft && article && toSections(article.body).length === 1
    ? article.id
    : undefined
}
