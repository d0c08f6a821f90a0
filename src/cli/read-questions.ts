// Reads a file of labelled questions.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { LabelledQuestion } from '#answer'
import type { Content } from '#content'
import { readLines, WrongUse } from './json-lines.ts'

/** One line of a file of labelled questions; `article` null: not answerable from here. */
const labelledQuestion = z.object({ question: z.string().min(1), article: z.string().nullable() })

export async function readQuestions(file: string, content: Content): Promise<LabelledQuestion[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new WrongUse(`\`${file}\` cannot be read`)
  })
  const questions = readLines(file, text, labelledQuestion)
  const ids = new Set(content.articles.map((article) => article.id))
  const unknown = questions.find(({ article }) => article !== null && !ids.has(article))
  if (unknown) throw new WrongUse(`${file}: there is no article \`${unknown.article}\` in ${content.dir}`)
  return questions
}
