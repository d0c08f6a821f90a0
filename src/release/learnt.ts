// Customers' own wordings that are to be listed by articles, in drafts of their own. Pure.
import { type Article, withQuestion } from '#content'
import { words } from '#understanding'
import type { Draft } from './draft.ts'
import { conflict, notFound, type Refusal } from './refusal.ts'

/** One wording of a draft: for which article, who proposed it, and from which ticket. */
export type Learnt = {
  readonly article: string
  readonly wording: string
  readonly by: string
  readonly ticket: string
  readonly at: number
}
export type Asked = Omit<Learnt, 'at'>

export const LEARNT_TITLE = 'Customers’ own wordings'

/** Whether more wordings can be added: nobody has approved all of it, and it is not over. */
export const isOpenForWordings = ({ learnt, state }: Draft): boolean =>
  learnt !== undefined && (state === 'editing' || state === 'proposed')

/** Wordings that differ in letters' case and signs alone are the same. */
const isSame = (one: string, other: string): boolean => words(one).join(' ') === words(other).join(' ')

/**
 * What stands against a wording: it is proposed already (`known`, the draft), listed already, or another article’s.
 * `drafts` are all that are not over.
 */
export function judge(
  { article: id, wording }: Asked,
  articles: readonly Article[],
  drafts: readonly Draft[],
): { readonly add: Article } | { readonly known: Draft; readonly article: Article } | Refusal {
  const article = articles.find((one) => one.id === id)
  if (!article) return notFound(`there is no article \`${id}\``)
  const lists = (questions: readonly string[]) => questions.some((one) => isSame(one, wording))
  const other = articles.find((one) => one.id !== id && lists(one.questions))
  if (other) return conflict(`“${other.title}” (\`${other.id}\`) lists these words already, and only one article can`)
  if (lists(article.not)) return conflict(`“${article.title}” lists these words among those that it does not answer`)
  for (const draft of drafts) {
    const same = draft.learnt?.find((one) => isSame(one.wording, wording))
    if (same?.article === id) return { known: draft, article }
    const title = same && (articles.find((one) => one.id === same.article)?.title ?? same.article)
    if (same) return conflict(`${same.by} has proposed these words for “${title}” (\`${same.article}\`) already`)
  }
  return lists(article.questions) ? conflict(`“${article.title}” lists these words already`) : { add: article }
}

/**
 * The files of a draft over others than it began with (texts by path): what is nothing but wordings added to an article
 * is added to the article as it is now, anything else stays.
 */
export function relaid(
  { files, learnt = [] }: Pick<Draft, 'files' | 'learnt'>,
  was: ReadonlyMap<string, string>,
  is: ReadonlyMap<string, string>,
): Draft['files'] {
  const moved = Object.entries(files).map(([path, text]) => {
    const wordings = learnt.filter(({ article }) => path.endsWith(`/${article}.md`)).map(({ wording }) => wording)
    const isOnlyLearnt = wordings.length > 0 && text !== null && withQuestions(was.get(path), wordings) === text
    return [path, (isOnlyLearnt && withQuestions(is.get(path), wordings)) || text] as const
  })
  return Object.fromEntries(moved)
}

const withQuestions = (text: string | undefined, questions: readonly string[]): string | undefined =>
  questions.reduce((so, question) => (so === undefined ? so : withQuestion(so, question)), text)

/** What whoever approves the draft reads first. */
export function messageOf(learnt: readonly Learnt[]): string {
  const tickets = [...new Set(learnt.map(({ ticket }) => ticket))]
  return `What customers asked, in their own words, from ${tickets.length === 1 ? 'ticket' : 'tickets'} ${tickets.join(', ')}.`
}
