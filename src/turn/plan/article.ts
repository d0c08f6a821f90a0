// Plans an answer from an article.
import type { ReplyDraft } from '#domain'
import { privateSource, publicSource } from '#gate'
import type { TurnInput } from '../context.ts'
import type { Tools } from './escalation.ts'

export async function articleDraft(input: TurnInput, tools: Tools) {
  const answered = await tools.answer.compose(input.question, input.finding)
  if (answered.outcome === 'abstained') return answered
  const { text, passages, article, further = [], source, engine, confidence } = answered
  const told = [article, ...further]
  const found = told.map((id) => input.content.articles.find((one) => one.id === id))
  const from = found.every((one) => one?.audience === 'public') ? publicSource : privateSource
  const draft: ReplyDraft = {
    text,
    audience: input.audience,
    author: 'bot',
    sources: from(...passages, ...(source ? [source] : [])),
    articles: told,
  }
  const titles = told.map((id, i) => `“${found[i]?.title ?? id}”`).join(' and ')
  return {
    outcome: 'answered' as const,
    draft,
    article,
    engine,
    note: `Answered with ${titles} (${confidence.toFixed(2)}).`,
  }
}
