// The embedded engine: finds the article and says it in its own words, or nothing.
import type { Article, Content } from '#content'
import { barOf } from '#policy'
import { detectLanguage, type Finder, type Unit } from '#understanding'
import type { Answer, Question } from './answer.ts'
import { fitBlocks } from './fit.ts'
import { toBlocks, toSections } from './markdown.ts'

export async function openAnswer({
  finder,
  content,
}: {
  readonly finder: Finder
  readonly content: Content
}): Promise<Answer> {
  const { brand } = content
  const index = await finder.index(content.articles.map(toUnit))
  const articles = new Map(content.articles.map((article) => [article.id, article]))
  const home = brand.languages[0] ?? 'en'
  const sectionOf = await openSections(finder, content.articles)

  return {
    async find(question) {
      const language = await detectLanguage(question.text, home)
      const { trial = {} } = question
      const told = content.articles.filter((article) => article.id !== trial.without && mayTell(article, question))
      const spoken = told.filter((article) => (article.languages ?? brand.languages).includes(language))
      const isSpoken = spoken.length > 0 || language === 'und'
      const allowed = new Set((spoken.length > 0 ? spoken : told).map(({ id }) => id))
      const found = await index.search(question.text, {
        filter: (id) => allowed.has(id),
        lexicalOnly: trial.lexicalOnly || (language !== 'en' && language !== 'und'),
        ...(trial.leaveOut ? { leaveOut: question.text } : {}),
      })
      return {
        ranking: found.ranking.map(({ id, score }) => ({ article: id, score })),
        confidence: isSpoken ? found.confidence : 0,
        by: found.by,
      }
    },

    async compose(question, finding) {
      const { confidence } = finding
      const article = articles.get(finding.ranking[0]?.article ?? '')
      const abstain = (because: string) => ({ outcome: 'abstained', because, confidence }) as const
      if (!article) return abstain('no article was found')
      if (!mayTell(article, question)) return abstain(`\`${article.id}\` is not for this audience`)
      const bar = question.forAgent ? brand.confidence.draft : barOf(brand, question.audience, finding.by)
      if (confidence < bar)
        return abstain(
          Number.isFinite(bar)
            ? `\`${article.id}\` is the nearest article, but only ${confidence.toFixed(2)} sure; ${bar} is needed`
            : `\`${article.id}\` is the nearest article; ${question.audience} answers are drafted for agents until \`warmline knowledge calibrate\` can prove their risk`,
        )
      const source = sourceOf(article, brand.help)
      const blocks = toBlocks(await sectionOf(article, question.text))
      // In public a short reply and the link; in private all of the section that fits.
      const fitted = fitBlocks(question.audience === 'public' ? blocks.slice(0, 1) : blocks, source, question.law)
      if (!fitted) return abstain(`not even the first sentence of \`${article.id}\` fits the channel`)
      return {
        outcome: 'answered',
        article: article.id,
        text: fitted.text,
        source,
        passages: passagesOf(article, brand.help),
        confidence,
        engine: 'embedded',
      }
    },
  }
}

/** Whether what the article says may be told to whoever reads the answer. */
export function mayTell(article: Article, { audience, channel, forAgent }: Question): boolean {
  if (channel && article.channels && !article.channels.includes(channel)) return false
  if (forAgent) return true
  return article.audience === 'public' || (article.audience === 'private' && audience === 'private')
}

export function sourceOf(article: Article, help: string): string {
  return article.source ?? `${help.replace(/\/+$/, '')}/${article.id}`
}

/** Everything that an answer from this article may be made of. */
export function passagesOf(article: Article, help: string): string[] {
  return [...toBlocks(article.body).map(({ text }) => text), sourceOf(article, help)]
}

/** As sure as this that a section is meant; below it the article begins at its beginning. */
const SURE_OF_SECTION = 0.35

/** Finds the section that a question is about: the article itself where it is about the whole, or its beginning. */
async function openSections(finder: Finder, articles: readonly Article[]) {
  const long = articles.flatMap(({ id, title, body }) => {
    const sections = toSections(body)
    return sections.length > 1 ? [{ id, title, sections }] : []
  })
  const indexes = await Promise.all(
    long.map(async ({ id, title, sections }) => {
      const units = sections.map((text, at) => ({
        id: String(at),
        title: headingOf(text) ?? title,
        phrases: [],
        sections: [plain(text)],
      }))
      return [id, { sections, index: await finder.index(units) }] as const
    }),
  )
  const byArticle = new Map(indexes)
  return async ({ id, body }: Article, question: string): Promise<string> => {
    const known = byArticle.get(id)
    if (!known) return body
    const { ranking, confidence } = await known.index.search(question)
    const at = Number(ranking[0]?.id)
    return at > 0 && confidence >= SURE_OF_SECTION ? (known.sections[at] ?? body) : body
  }
}

const headingOf = (section: string) => /^#{1,6}[ \t]+(.+?)(?:\s#+)?\s*$/m.exec(section.split('\n', 1)[0] ?? '')?.[1]
const plain = (markdown: string) =>
  toBlocks(markdown)
    .map(({ text }) => text)
    .join(' ')

function toUnit(article: Article): Unit {
  return {
    id: article.id,
    title: article.title,
    phrases: article.questions,
    not: article.not,
    sections: toSections(article.body).map(plain),
  }
}
