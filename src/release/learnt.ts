// Customers' own wordings that are to be listed by articles, as what they answer or do not, in drafts of their own. Pure.
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
  /** The article answered it wrongly, and must not win it. */
  readonly wins?: false
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
  { article: id, wording, ...asked }: Asked,
  articles: readonly Article[],
  drafts: readonly Draft[],
): { readonly add: Article } | { readonly known: Draft; readonly article: Article } | Refusal {
  const wins = asked.wins ?? true
  const article = articles.find((one) => one.id === id)
  if (!article) return notFound(`there is no article \`${id}\``)
  const lists = (questions: readonly string[]) => questions.some((one) => isSame(one, wording))
  const other = wins ? articles.find((one) => one.id !== id && lists(one.questions)) : undefined
  if (other) return conflict(`“${other.title}” (\`${other.id}\`) lists these words already, and only one article can`)
  const [same, opposite] = wins ? [article.questions, article.not] : [article.not, article.questions]
  const among = (isWon: boolean) => `among those that it ${isWon ? 'answers' : 'does not answer'}`
  if (lists(opposite)) return conflict(`“${article.title}” lists these words ${among(!wins)}`)
  for (const draft of drafts) {
    const waiting = draft.learnt?.filter((one) => isSame(one.wording, wording)) ?? []
    if (waiting.some((one) => one.article === id && (one.wins ?? true) === wins)) return { known: draft, article }
    // Many articles may not answer something, and one may.
    const rival = waiting.find((one) => one.article === id || (wins && (one.wins ?? true)))
    const title = rival && (articles.find((one) => one.id === rival.article)?.title ?? rival.article)
    if (rival)
      return conflict(
        `${rival.by} has proposed these words for “${title}” (\`${rival.article}\`) already${rival.wins === false ? ', as what it does not answer' : ''}`,
      )
  }
  return lists(same)
    ? conflict(`“${article.title}” lists these words already${wins ? '' : `, ${among(false)}`}`)
    : { add: article }
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
    const wordings = learnt.filter(({ article }) => path.endsWith(`/${article}.md`))
    const isOnlyLearnt = wordings.length > 0 && text !== null && withWordings(was.get(path), wordings) === text
    return [path, (isOnlyLearnt && withWordings(is.get(path), wordings)) || text] as const
  })
  return Object.fromEntries(moved)
}

/** An article with a wording in the list that it is for. */
export const withWording = (text: string, { wording, wins }: Pick<Learnt, 'wording' | 'wins'>): string | undefined =>
  withQuestion(text, wording, wins === false ? 'not' : 'questions')

const withWordings = (text: string | undefined, learnt: readonly Learnt[]): string | undefined =>
  learnt.reduce((so, one) => (so === undefined ? so : withWording(so, one)), text)

/** What whoever approves the draft reads first. */
export function messageOf(learnt: readonly Learnt[]): string {
  const tickets = [...new Set(learnt.map(({ ticket }) => ticket))]
  const wrong = learnt.some(({ wins }) => wins === false) ? ' and where the bot answered something else' : ''
  return `What customers asked, in their own words${wrong}, from ${tickets.length === 1 ? 'ticket' : 'tickets'} ${tickets.join(', ')}.`
}
