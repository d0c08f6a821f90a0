// Composes an answer from the articles that were found, as much as the channel takes.
import { type Article, toBlocks, toSections } from '#content'
import { confidenceThreshold } from '#policy'
import type { ArticleIndex } from './article-index.ts'
import { fitBlocks } from './fit-to-channel.ts'
import { mayDisclose } from './may-disclose.ts'
import type { Answer, Finding, Question } from './types.ts'

const BETWEEN = '\n\n'

export async function composeAnswer(
  articleIndex: ArticleIndex,
  question: Question,
  finding: Finding,
): ReturnType<Answer['compose']> {
  const { content, articles } = articleIndex
  const { brand } = content
  const { confidence } = finding
  const article = articles.get(finding.ranking[0]?.article ?? '')
  const abstain = (because: string) => ({ outcome: 'abstained', because, confidence }) as const
  if (!article) return abstain('no article was found')
  if (!mayDisclose(article, question)) return abstain(`\`${article.id}\` is not for this audience`)
  const threshold = question.forAgent
    ? brand.confidence.draft
    : confidenceThreshold(brand, question.audience, finding.by)
  if (confidence < threshold)
    return abstain(
      Number.isFinite(threshold)
        ? `\`${article.id}\` is the nearest article, but only ${confidence.toFixed(2)} sure; ${threshold} is needed`
        : `\`${article.id}\` is the nearest article; ${question.audience} answers are drafted for agents until \`warmline knowledge calibrate\` can prove their risk`,
    )
  const parts = finding.parts ?? [{ article: article.id, asked: finding.whole ?? question.text }]
  const composed = await Promise.all(
    parts.map((part) => composePart(articleIndex, question, { ...part, excerpt: finding.excerpt }, parts.length)),
  )
  const [first] = composed
  if (!first || composed.includes(undefined))
    return abstain(
      parts.length > 1
        ? 'the answers to what they ask do not fit one reply'
        : `not even the first sentence of \`${article.id}\` fits the channel`,
    )
  const all = composed.flatMap((one) => one ?? [])
  return {
    outcome: 'answered',
    article: article.id,
    ...(finding.parts ? { further: parts.slice(1).map((part) => part.article) } : {}),
    text: all.map(({ text }) => text).join(BETWEEN),
    source: first.source,
    passages: all.flatMap(({ passages }) => passages),
    confidence,
    engine: 'embedded',
  }
}

/** The answer to one of the `count` things that are asked. */
async function composePart(
  articleIndex: ArticleIndex,
  question: Question,
  part: { readonly article: string; readonly asked: string; readonly excerpt: string | undefined },
  count: number,
) {
  const { content, articles } = articleIndex
  const article = articles.get(part.article)
  if (!article || !mayDisclose(article, question)) return undefined
  const asked = { ...question, text: part.asked, ...shareOf(question.law, count) }
  const excerpt = await excerptOf(articleIndex, article, asked, part.excerpt)
  return excerpt && { ...excerpt, passages: passagesOf(article, content.brand.help) }
}

/** What an article answers in the room that the channel has; undefined when not even its first sentence fits. */
export async function excerptOf(
  { content, sectionOf }: ArticleIndex,
  article: Article,
  question: Question,
  section?: string,
): Promise<{ readonly text: string; readonly source: string } | undefined> {
  const source = sourceOf(article, content.brand.help)
  const text = composeSection(section ?? (await sectionOf(article, question.text)), source, question)
  return text === undefined ? undefined : { text, source }
}

/** The room that each of several answers in one reply has. */
function shareOf(law: Question['law'], count: number): Pick<Question, 'law'> {
  if (!law || count === 1) return law ? { law } : {}
  return { law: { ...law, limit: Math.floor((law.limit - BETWEEN.length * (count - 1)) / count) } }
}

/** In public a short reply and the link; in private all of the section that fits. */
function composeSection(
  section: string,
  source: string,
  { audience, law }: Pick<Question, 'audience' | 'law'>,
): string | undefined {
  const blocks = toBlocks(section)
  return fitBlocks(audience === 'public' ? blocks.slice(0, 1) : blocks, source, law)?.text
}

function sourceOf(article: Article, help: string): string {
  return article.source ?? `${help.replace(/\/+$/, '')}/${article.id}`
}

/** Every answer that this article gives in one place: from its beginning, or one of its sections. */
export function answersOf(article: Article, help: string, place: Pick<Question, 'audience' | 'law'>): string[] {
  const sections = toSections(article.body)
  const source = sourceOf(article, help)
  return [...new Set([article.body, ...sections.slice(1)].flatMap((one) => composeSection(one, source, place) ?? []))]
}

/** Everything that an answer from this article may be made of. */
export function passagesOf(article: Article, help: string): string[] {
  return [...toBlocks(article.body).map(({ text }) => text), sourceOf(article, help)]
}
