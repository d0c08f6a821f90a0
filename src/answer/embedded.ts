// The embedded engine: finds the article and says it in its own words, or nothing.
import type { Article, Content } from '#content'
import { barOf } from '#policy'
import { detectLanguage, type Finder, type Unit } from '#understanding'
import type { Answer, Finding, Question, Suggestion } from './answer.ts'
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
  const languageOf = (question: Question) => detectLanguage(question.text, home)
  /** The sentence model knows English alone. */
  const isForeign = (language: string) => language !== 'en' && language !== 'und'

  /** What an article answers in the room that the channel has; undefined when not even its first sentence fits. */
  async function tell(article: Article, question: Question) {
    const source = sourceOf(article, brand.help)
    const blocks = toBlocks(await sectionOf(article, question.text))
    // In public a short reply and the link; in private all of the section that fits.
    const fitted = fitBlocks(question.audience === 'public' ? blocks.slice(0, 1) : blocks, source, question.law)
    return fitted && { text: fitted.text, source }
  }

  /** An internal article is read and not sent: it needs no link and fits no channel. */
  const read = async (article: Article, { text }: Question) => ({
    text: plain(await sectionOf(article, text), '\n\n').slice(0, READ),
  })

  async function suggestionOf(article: Article, score: number, question: Question): Promise<Suggestion[]> {
    const { id, title } = article
    const isInternal = article.audience === 'internal'
    const [told, near] = await Promise.all([
      isInternal ? read(article, question) : tell(article, question),
      index.nearest(question.text, id, { lexicalOnly: isForeign(await languageOf(question)) }),
    ])
    if (!told) return []
    const because = near === undefined ? 'its text is near' : near === title ? 'near to its title' : `near to “${near}”`
    const one = { article: id, title, text: told.text, audience: question.audience, score, because }
    return [isInternal ? { ...one, agentsOnly: true } : one]
  }

  const answer: Answer = {
    async find(question) {
      const language = await languageOf(question)
      const { trial = {} } = question
      const told = content.articles.filter((article) => article.id !== trial.without && mayTell(article, question))
      const spoken = told.filter((article) => (article.languages ?? brand.languages).includes(language))
      const isSpoken = spoken.length > 0 || language === 'und'
      const allowed = new Set((spoken.length > 0 ? spoken : told).map(({ id }) => id))
      const found = await index.search(question.text, {
        filter: (id) => allowed.has(id),
        lexicalOnly: trial.lexicalOnly || isForeign(language),
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
      const told = await tell(article, question)
      if (!told) return abstain(`not even the first sentence of \`${article.id}\` fits the channel`)
      return {
        outcome: 'answered',
        article: article.id,
        ...told,
        passages: passagesOf(article, brand.help),
        confidence,
        engine: 'embedded',
      }
    },

    async suggest(question, finding) {
      const isInternal = (id: string) => articles.get(id)?.audience === 'internal'
      const inside = content.articles.some(({ id }) => isInternal(id))
        ? nearIn(await answer.find({ ...question, forAgent: true }), brand.confidence.draft).filter(({ article }) =>
            isInternal(article),
          )
        : []
      const near = [...nearIn(finding, brand.confidence.draft), ...inside]
        .toSorted((one, other) => other.score - one.score)
        .slice(0, SUGGESTED)
      const suggested = near.map(({ article: id, score }) => {
        const article = articles.get(id)
        return article && (mayTell(article, question) || isInternal(id)) ? suggestionOf(article, score, question) : []
      })
      return (await Promise.all(suggested)).flat()
    },
  }
  return answer
}

/** Articles that an agent is shown. */
const SUGGESTED = 3
/** Characters of an internal article that go with a ticket. */
const READ = 2000

/** How near an article has to be, beside the nearest, to be suggested with it. */
const NEARLY = 0.4

/** The articles of a finding that are worth an agent's while. */
const nearIn = ({ ranking, confidence }: Finding, draft: number) =>
  confidence < draft ? [] : ranking.filter(({ score }) => score > 0 && score >= NEARLY * (ranking[0]?.score ?? 0))

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
const plain = (markdown: string, between = ' ') =>
  toBlocks(markdown)
    .map(({ text }) => text)
    .join(between)

function toUnit(article: Article): Unit {
  return {
    id: article.id,
    title: article.title,
    phrases: article.questions,
    not: article.not,
    sections: toSections(article.body).map((section) => plain(section)),
  }
}
