// Suggests articles to an agent.
import type { Article } from '#content'
import type { Suggestion } from '#domain'
import { type ArticleIndex, isForeign, languageOf, plainText } from './article-index.ts'
import { excerptOf } from './compose-answer.ts'
import { mayDisclose } from './may-disclose.ts'
import { rankArticles } from './rank-articles.ts'
import type { Finding, Question } from './types.ts'

/** Articles that an agent is shown. */
const SUGGESTED = 3
/** Characters of an internal article that go with a ticket. */
const READ = 2000

/** How near an article has to be, beside the nearest, to be suggested with it. */
const NEARLY = 0.4

const isInternal = (article: Article | undefined) => article?.audience === 'internal'

export async function suggestArticles(
  articleIndex: ArticleIndex,
  question: Question,
  finding: Finding,
): Promise<Suggestion[]> {
  const { content, articles } = articleIndex
  const { draft } = content.brand.confidence
  const internal = content.articles.some(isInternal)
    ? nearIn(await rankArticles(articleIndex, { ...question, forAgent: true }), draft).filter(({ article }) =>
        isInternal(articles.get(article)),
      )
    : []
  const near = [...nearIn(finding, draft), ...internal]
    .toSorted((one, other) => other.score - one.score)
    .slice(0, SUGGESTED)
  const suggested = near.map(({ article: id, score }) => {
    const article = articles.get(id)
    return article && (mayDisclose(article, question) || isInternal(article))
      ? suggestionOf(articleIndex, article, score, question)
      : []
  })
  return (await Promise.all(suggested)).flat()
}

async function suggestionOf(
  articleIndex: ArticleIndex,
  article: Article,
  score: number,
  question: Question,
): Promise<Suggestion[]> {
  const { content, index, repair } = articleIndex
  const { id, title, questions } = article
  const foreign = isForeign(await languageOf(content, question))
  const [excerpt, near] = await Promise.all([
    isInternal(article)
      ? internalExcerptOf(articleIndex, article, question)
      : excerptOf(articleIndex, article, question),
    index.nearest(foreign ? question.text : repair(question.text), id, { lexicalOnly: foreign }),
  ])
  if (!excerpt) return []
  const listed = questions.find((one) => one === near || repair(one) === near) ?? near
  const because = near === undefined ? 'its text is near' : near === title ? 'near to its title' : `near to “${listed}”`
  const one = { article: id, title, text: excerpt.text, audience: question.audience, score, because }
  return [isInternal(article) ? { ...one, agentsOnly: true } : one]
}

/** An internal article is read and not sent: it needs no link and fits no channel. */
const internalExcerptOf = async ({ sectionOf }: ArticleIndex, article: Article, { text }: Question) => ({
  text: plainText(await sectionOf(article, text), '\n\n').slice(0, READ),
})

/** The articles of a finding that are worth an agent's while. */
const nearIn = ({ ranking, confidence }: Finding, draft: number) =>
  confidence < draft ? [] : ranking.filter(({ score }) => score > 0 && score >= NEARLY * (ranking[0]?.score ?? 0))
