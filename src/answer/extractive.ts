// The extractive engine: finds the article for a question and answers in its words, or abstains.
import type { Content } from '#content'
import { bind } from '#lib'
import type { SearchEngine } from '#understanding/retrieval'
import { openArticleIndex } from './article-index.ts'
import { composeAnswer } from './compose-answer.ts'
import { rankArticles } from './rank-articles.ts'
import { suggestArticles } from './suggest-articles.ts'
import type { Answer } from './types.ts'

export async function openAnswer({
  finder,
  content,
}: {
  readonly finder: SearchEngine
  readonly content: Content
}): Promise<Answer> {
  const articleIndex = await openArticleIndex(finder, content)
  return {
    find: bind(rankArticles, articleIndex),
    compose: bind(composeAnswer, articleIndex),
    suggest: bind(suggestArticles, articleIndex),
  }
}
