// Applies training proposals to a draft: questions of articles, and labelled messages. Pure.
import { type Article, type Content, MESSAGES_FILE, withMessage, withQuestion } from '#content'
import type { Label } from '#domain'
import { LABELS } from '#policy'
import { words } from '#understanding/retrieval'
import type { ContentDraft } from './content-draft.ts'
import { conflict, notFound, type Refusal } from './refusal.ts'
import type { ProposedQuestion, TrainingProposals } from './training-proposal.types.ts'

/** What words are learnt as. */
export type Lesson =
  | {
      readonly article: string
      /** The article answered it wrongly, and must not win it. */
      readonly wins?: false
      readonly label?: undefined
    }
  | { readonly label: Label; readonly article?: undefined; readonly wins?: undefined }

export const LEARNT_TITLE = 'Customers’ own wordings'

/** Whether more wordings can be added: nobody has approved all of it, and it is not over. */
export const acceptsProposals = ({ learnt, state }: ContentDraft): boolean =>
  learnt !== undefined && (state === 'editing' || state === 'proposed')

/** Wordings that differ in letters' case and signs alone are the same. */
const isSame = (one: string, other: string): boolean => words(one).join(' ') === words(other).join(' ')

/** A kind of message as its owner would write it: `complaint: minor, mood: negative`. */
const labelInWords = (label: Label): string =>
  LABELS.flatMap((name) => (label[name] === undefined ? [] : [`${name}: ${label[name]}`])).join(', ')

/** What may be learnt, in words; `known` is the draft in which it waits already. */
type Verdict = { readonly what: string; readonly known?: ContentDraft } | Refusal

/** What stands against a wording, if anything does; `drafts` are all that are not over. */
export function judge(
  asked: ProposedQuestion,
  { articles, messages }: Pick<Content, 'articles' | 'messages'>,
  drafts: readonly ContentDraft[],
): Verdict {
  const waiting = drafts.flatMap((draft) =>
    (draft.learnt ?? []).filter((one) => isSame(one.wording, asked.wording)).map((one) => ({ ...one, draft })),
  )
  return asked.label === undefined ? judgeQuestion(asked, articles, waiting) : judgeLabel(asked, messages, waiting)
}

type Waiting = TrainingProposals & { readonly draft: ContentDraft }

function judgeQuestion(
  { article: id, wording, wins: listed }: Extract<ProposedQuestion, { article: string }>,
  articles: readonly Article[],
  waiting: readonly Waiting[],
): Verdict {
  const wins = listed ?? true
  const article = articles.find((one) => one.id === id)
  if (!article) return notFound(`there is no article \`${id}\``)
  const lists = (questions: readonly string[]) => questions.some((one) => isSame(one, wording))
  const other = wins ? articles.find((one) => one.id !== id && lists(one.questions)) : undefined
  if (other) return conflict(`“${other.title}” (\`${other.id}\`) lists these words already, and only one article can`)
  const [same, opposite] = wins ? [article.questions, article.not] : [article.not, article.questions]
  const among = (isWon: boolean) => `among those that it ${isWon ? 'answers' : 'does not answer'}`
  if (lists(opposite)) return conflict(`“${article.title}” lists these words ${among(!wins)}`)
  const rivals = waiting.filter((one) => one.label === undefined)
  const isAsked = (one: Waiting) => one.article === id && (one.wins ?? true) === wins
  const known = rivals.find(isAsked)
  // Many articles may not answer something, and one may.
  const rival = rivals.find((one) => !isAsked(one) && (one.article === id || (wins && (one.wins ?? true))))
  if (known) return { what: article.title, known: known.draft }
  const title = rival && (articles.find((one) => one.id === rival.article)?.title ?? rival.article)
  if (rival)
    return conflict(
      `${rival.by} has proposed these words for “${title}” (\`${rival.article}\`) already${rival.wins === false ? ', as what it does not answer' : ''}`,
    )
  return lists(same)
    ? conflict(`“${article.title}” lists these words already${wins ? '' : `, ${among(false)}`}`)
    : { what: article.title }
}

function judgeLabel(
  { wording, label }: Extract<ProposedQuestion, { label: Label }>,
  messages: Content['messages'],
  waiting: readonly Waiting[],
): Verdict {
  const what = labelInWords(label)
  const proposed = waiting.find((one) => one.label !== undefined)
  if (proposed?.label) {
    const known = labelInWords(proposed.label)
    return known === what
      ? { what, known: proposed.draft }
      : conflict(`${proposed.by} has proposed these words already, as ${known}`)
  }
  const listed = messages.find(({ text }) => isSame(text, wording))
  return listed ? conflict(`the policies list these words already, as ${labelInWords(listed)}`) : { what }
}

/** Whether the words belong into this file. */
const belongsIn = (path: string, { article }: Lesson): boolean =>
  article === undefined ? path === MESSAGES_FILE : path.startsWith('knowledge/') && path.endsWith(`/${article}.md`)

/** Where the words go; undefined where there is no such article. */
export const placeOf = (lesson: Lesson, paths: readonly string[]): string | undefined =>
  lesson.article === undefined ? MESSAGES_FILE : paths.find((path) => belongsIn(path, lesson))

/** A file with one more wording in the list that it is for; undefined where it cannot be added. */
export function withProposal(text: string | undefined, { wording, ...lesson }: Lesson & { wording: string }) {
  if (lesson.label !== undefined) return withMessage(text, { text: wording, ...lesson.label })
  return text === undefined ? undefined : withQuestion(text, wording, lesson.wins === false ? 'not' : 'questions')
}

/**
 * The files of a draft over others than it began with (texts by path): what is nothing but wordings added to a file is
 * added to the file as it is now, anything else stays.
 */
export function relaid(
  { files, learnt = [] }: Pick<ContentDraft, 'files' | 'learnt'>,
  was: ReadonlyMap<string, string>,
  is: ReadonlyMap<string, string>,
): ContentDraft['files'] {
  const moved = Object.entries(files).map(([path, text]) => {
    const wordings = learnt.filter((one) => belongsIn(path, one))
    const isOnlyLearnt = wordings.length > 0 && text !== null && withWordings(was.get(path), wordings) === text
    return [path, (isOnlyLearnt && withWordings(is.get(path), wordings)) || text] as const
  })
  return Object.fromEntries(moved)
}

const withWordings = (text: string | undefined, learnt: readonly TrainingProposals[]): string | undefined =>
  learnt.reduce(withProposal, text)

/** What whoever approves the draft reads first. */
export function messageOf(learnt: readonly TrainingProposals[]): string {
  const tickets = [...new Set(learnt.map(({ ticket }) => ticket))]
  const parts = [
    learnt.some(({ label }) => label === undefined) && 'what customers asked, in their own words',
    learnt.some(({ wins }) => wins === false) && 'where the bot answered something else',
    learnt.some(({ label }) => label !== undefined) && 'what kind of message somebody wrote',
  ].filter((part) => part !== false)
  const all = new Intl.ListFormat('en-GB').format(parts)
  return `${all.slice(0, 1).toUpperCase()}${all.slice(1)}, from ${tickets.length === 1 ? 'ticket' : 'tickets'} ${tickets.join(', ')}.`
}
