// The index of articles for search: each article, and the sections of a long one.
import { type Article, type Content, toBlocks, toSections } from '#content'
import { openAsyncCache } from '#lib'
import { detectLanguage } from '#understanding'
import type { Index, SearchDocument, SearchEngine } from '#understanding/retrieval'
import { openRepair, type Repair } from '#understanding/spelling'
import type { Question } from './types.ts'

export type ArticleIndex = {
  readonly content: Content
  readonly articles: ReadonlyMap<string, Article>
  readonly index: Awaited<ReturnType<SearchEngine['index']>>
  /** Puts right what is misspelt; lines of the index and questions are read alike. */
  readonly repair: Repair
  /** The section that a question is about: the article itself where it is about the whole, or its beginning. */
  readonly sectionOf: (article: Article, question: string) => Promise<string>
}

/** As sure as this that a section is meant; below it the article begins at its beginning. */
const SURE_OF_SECTION = 0.35

/** Articles whose sections are kept ready to be searched. */
const ASKED = 64

export async function openArticleIndex(finder: SearchEngine, content: Content): Promise<ArticleIndex> {
  const repair = await openRepair(content)
  const isEnglish = ({ languages }: Article) => (languages ?? content.brand.languages).includes('en')
  const index = await finder.index(
    content.articles.map((article) => articleDocument(article, isEnglish(article) ? repair : (text) => text)),
  )
  const articles = new Map(content.articles.map((article) => [article.id, article]))
  const sections = await openSections(finder, content.articles)
  const sectionOf: ArticleIndex['sectionOf'] = (article, question) =>
    sections(article, isEnglish(article) ? repair(question) : question)
  return { content, articles, index, repair, sectionOf }
}

async function openSections(finder: SearchEngine, articles: readonly Article[]): Promise<ArticleIndex['sectionOf']> {
  const long = articles.flatMap(({ id, title, body }) => {
    const sections = toSections(body)
    return sections.length > 1 ? [{ id, title, sections }] : []
  })
  const sectionsOf = new Map(long.map(({ id, ...article }) => [id, article]))
  await finder.prepare(long.flatMap(sectionDocuments))
  const indexes = openAsyncCache<Index>(ASKED)
  return async ({ id, body }, question) => {
    const article = sectionsOf.get(id)
    if (!article) return body
    const index = await indexes.forceFetch(id, { context: () => finder.index(sectionDocuments(article)) })
    const { ranking, confidence } = await index.search(question)
    const at = Number(ranking[0]?.id)
    return at > 0 && confidence >= SURE_OF_SECTION ? (article.sections[at] ?? body) : body
  }
}

function articleDocument(article: Article, repair: Repair): SearchDocument {
  return {
    id: article.id,
    title: article.title,
    phrases: article.questions.map(repair),
    not: article.not.map(repair),
    sections: toSections(article.body).map((section) => plainText(section)),
  }
}

const sectionDocuments = ({
  title,
  sections,
}: {
  readonly title: string
  readonly sections: readonly string[]
}): SearchDocument[] =>
  sections.map((text, at) => ({
    id: String(at),
    title: headingOf(text) ?? title,
    phrases: [],
    sections: [plainText(text)],
  }))

const headingOf = (section: string) => /^#{1,6}[ \t]+(.+?)(?:\s#+)?\s*$/m.exec(section.split('\n', 1)[0] ?? '')?.[1]

export const plainText = (markdown: string, between = ' '): string =>
  toBlocks(markdown)
    .map(({ text }) => text)
    .join(between)

export const languageOf = ({ brand }: Content, { text }: Pick<Question, 'text'>): Promise<string> =>
  detectLanguage(text, brand.languages[0] ?? 'en')

/** The sentence model knows English alone. */
export const isForeign = (language: string): boolean => language !== 'en' && language !== 'und'
