// Labelled questions, and how the engine sees them.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Content } from '#content'
import type { Audience } from '#conversation'
import type { Mind } from '#turn'
import { readLines, WrongUse } from './lines.ts'
import type { Labelled } from './risk.ts'

/** One line of a file of labelled questions; `article` null: not answerable from here. */
const labelledQuestion = z.object({ question: z.string().min(1), article: z.string().nullable() })
export type LabelledQuestion = z.infer<typeof labelledQuestion>

export async function readQuestions(file: string | undefined, content: Content): Promise<LabelledQuestion[]> {
  if (file === undefined) throw new WrongUse('`--questions FILE` is missing')
  const text = await readFile(file, 'utf8').catch(() => {
    throw new WrongUse(`\`${file}\` cannot be read`)
  })
  const questions = readLines(file, text, labelledQuestion)
  const ids = new Set(content.articles.map((article) => article.id))
  const unknown = questions.find(({ article }) => article !== null && !ids.has(article))
  if (unknown) throw new WrongUse(`${file}: there is no article \`${unknown.article}\` in ${content.dir}`)
  return questions
}

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

/** `answered`: the article whose words would have been said; undefined: the bot abstained. */
export type Asked = Labelled & { readonly answered?: string }

/** How each audience would be answered; a question is asked for both in turn, while its vector is at hand. */
export async function askAll(
  { answer }: Pick<Mind, 'answer'>,
  questions: readonly LabelledQuestion[],
): Promise<Record<Audience, Asked[]>> {
  const asked: Record<Audience, Asked[]> = { public: [], private: [] }
  for (const { question, article } of questions) {
    for (const audience of ['public', 'private'] as const) {
      const finding = await answer.find({ text: question, audience })
      const answered = await answer.compose({ text: question, audience }, finding)
      asked[audience].push({
        question,
        article,
        ranking: finding.ranking.map((one) => one.article),
        confidence: finding.confidence,
        ...(answered.outcome === 'answered' && { answered: answered.article }),
      })
    }
  }
  return asked
}
