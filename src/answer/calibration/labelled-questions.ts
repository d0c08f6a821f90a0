// Labelled questions for calibration: reads them and runs the engine on them.
import { setImmediate as pause } from 'node:timers/promises'
import type { Content } from '#content'
import type { Audience } from '#domain'
import type { Answer, Question } from '../types.ts'
import type { LabelledScore } from './risk-bound.ts'

/** `trial`: how it is asked, where it is made of what the articles list. */
export type LabelledQuestion = Pick<LabelledScore, 'question' | 'article'> & { readonly trial?: Question['trial'] }

/** The questions that the articles list, each as if it were not listed. */
export function listedQuestions(content: Content): LabelledQuestion[] {
  return content.articles
    .filter(({ audience }) => audience !== 'internal')
    .flatMap(({ id, questions }) => questions.map((question) => ({ question, article: id, trial: { leaveOut: true } })))
}

/** The same questions, where their article is missing: the nearest other one is then wrong, however near it is. */
export const nearMisses = (questions: readonly LabelledQuestion[]): LabelledQuestion[] =>
  questions.flatMap(({ question, article }) =>
    article === null ? [] : [{ question, article: null, trial: { without: article } }],
  )

/** Questions that stand in the articles word for word: they would prove only that we can read. */
export function isKnown(content: Content): (question: LabelledQuestion) => boolean {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  const known = new Set(content.articles.flatMap((article) => article.questions.map(plain)))
  return ({ question }) => known.has(plain(question))
}

/** `answered`: the article whose words would have been said; undefined: the bot abstained. `by`: what found it. */
export type AskedQuestion = LabelledScore & { readonly answered?: string; readonly by: string }

/**
 * How each audience would be answered; a question is asked for both in turn, while its vector is at hand. Whoever else
 * waits for this process comes in between.
 */
export async function askAll(
  answer: Pick<Answer, 'find' | 'compose'>,
  questions: readonly LabelledQuestion[],
  {
    lexicalOnly = false,
    progress,
  }: { readonly lexicalOnly?: boolean; readonly progress?: (done: number) => void } = {},
): Promise<Record<Audience, AskedQuestion[]>> {
  const asked: Record<Audience, AskedQuestion[]> = { public: [], private: [] }
  for (const [index, { question, article, trial }] of questions.entries()) {
    await pause()
    for (const audience of ['public', 'private'] as const) {
      const asking = { text: question, audience, trial: { ...trial, lexicalOnly } }
      const finding = await answer.find(asking)
      const answered = await answer.compose(asking, finding)
      asked[audience].push({
        question,
        article,
        ranking: finding.ranking.map((one) => one.article),
        confidence: finding.confidence,
        by: finding.by,
        ...(answered.outcome === 'answered' && { answered: answered.article }),
      })
    }
    progress?.(index + 1)
  }
  return asked
}

/** What one engine found; what another one found, because of the question's language, says nothing of it. */
export function ofEngine(
  asked: Record<Audience, readonly AskedQuestion[]>,
  engine: string,
): Record<Audience, readonly AskedQuestion[]> {
  const its = (audience: Audience) => asked[audience].filter(({ by }) => by === engine)
  return { public: its('public'), private: its('private') }
}

/** The sentence model that found something, or `lexical`. */
export const engineOf = (asked: Record<Audience, readonly AskedQuestion[]>): string =>
  [...asked.private, ...asked.public].find(({ by }) => by !== 'lexical')?.by ?? 'lexical'
