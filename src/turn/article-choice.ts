// Reads which of the offered articles a customer chose, and makes it what was found.
import type { Finding } from '#answer'
import type { Content } from '#content'
import { chosenOf, dialogueActOf } from '#dialog'
import { type Audience, type Case, type Choice, type HistoryEvent, timelineOf } from '#domain'

/** What was asked in one place is not answered by the next message but one there. */
export function withoutChoice(current: Case, audience: Audience): Case {
  const { choice, ...rest } = current
  return choice?.audience === audience ? rest : current
}

type ChosenArticles = { readonly choice: Choice; readonly articles: readonly string[]; readonly wantsPerson: boolean }

/** What the customer chose of what they were offered in this place; undefined where they say something else. */
export function chosenIn(
  { articles }: Content,
  choice: Choice | undefined,
  audience: Audience,
  words: string,
): ChosenArticles | undefined {
  if (choice?.audience !== audience) return undefined
  if (choice.articles.length === 0) {
    const wantsPerson = dialogueActOf(words, { kind: 'slot:yes-no' }) === 'affirm'
    return wantsPerson ? { choice, articles: [], wantsPerson } : undefined
  }
  const titles = choice.articles.map((id) => articles.find((one) => one.id === id)?.title ?? '')
  const chosen = chosenOf(words, titles)
  if (chosen === undefined || chosen === 'none') return undefined
  return { choice, articles: chosen.flatMap((at) => choice.articles[at] ?? []), wantsPerson: false }
}

/** The chosen articles as what was found, for the question that was asked before the choice. */
export function chosenFinding(
  { choice, articles }: ChosenArticles,
  searched: Finding,
  past: readonly HistoryEvent[],
): Finding {
  if (articles.length === 0) return searched
  const asked = timelineOf(past)
    .filter(({ id, deleted }) => choice.messages.includes(id) && !deleted)
    .map(({ text }) => text)
    .join('\n')
  const others = searched.ranking.filter(({ article }) => !articles.includes(article))
  return {
    ranking: [...articles.map((article) => ({ article, score: 1 })), ...others],
    confidence: 1,
    by: searched.by,
    whole: asked,
    ...(articles.length > 1 ? { parts: articles.map((article) => ({ article, asked })) } : {}),
  }
}
