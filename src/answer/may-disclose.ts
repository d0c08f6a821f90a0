// Says whether an article may be used for this audience and channel.
import type { Article } from '#content'
import type { Question } from './types.ts'

/** Whether what the article says may be told to whoever reads the answer. */
export function mayDisclose(article: Article, { audience, channel, forAgent }: Question): boolean {
  if (channel && article.channels && !article.channels.includes(channel)) return false
  if (forAgent) return true
  return article.audience === 'public' || (article.audience === 'private' && audience === 'private')
}
