// The embedded engine: finds the article and says it in its own words, or nothing.
import { type Article, type Content, toBlocks, toSections } from '#content'
import type { Suggestion } from '#domain'
import { openAsyncCache } from '#lib'
import { confidenceThreshold } from '#policy'
import { detectLanguage } from '#understanding'
import type { Index, SearchDocument, SearchEngine } from '#understanding/retrieval'
import { fitBlocks } from './fit-to-channel.ts'
import { completeQuestion, isSpecific, splitQuestions } from './follow-up-questions.ts'
import type { Answer, Finding, Question } from './types.ts'

export async function openAnswer({
  finder,
  content,
}: {
  readonly finder: SearchEngine
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

  /** What a turn finds that asks several things of several articles; undefined for any other. */
  async function findSeveral(text: string, search: (text: string) => ReturnType<typeof index.search>) {
    const searched = await Promise.all(splitQuestions(text).map(async (one) => ({ one, ...(await search(one)) })))
    // What is near to nothing and says little is no question of its own.
    const found = searched.filter(({ one, confidence }) => confidence >= brand.confidence.draft || isSpecific(one))
    const parts = found.flatMap(({ one, ranking }, i) => {
      const article = ranking[0]?.id
      const isFirst = found.findIndex((other) => other.ranking[0]?.id === article) === i
      return article !== undefined && isFirst ? [{ article, asked: one }] : []
    })
    const [first] = found
    if (!first || parts.length < 2) return undefined
    const scores = new Map<string, number>()
    for (const { id, score } of found.flatMap(({ ranking }) => ranking))
      scores.set(id, Math.max(score, scores.get(id) ?? 0))
    const order = new Set([...parts.map(({ article }) => article), ...first.ranking.map(({ id }) => id)])
    return {
      ranking: [...order].map((article) => ({ article, score: scores.get(article) ?? 0 })),
      confidence: Math.min(...found.map(({ confidence }) => confidence)),
      by: first.by,
      parts,
    }
  }

  /** The article that the question before was about, unless another part of it may be meant now. */
  async function toldBefore(before: string, search: (text: string) => ReturnType<typeof index.search>) {
    const { ranking, confidence } = await search(before)
    const article = articles.get(ranking[0]?.id ?? '')
    return confidence >= brand.confidence.draft && article && toSections(article.body).length === 1
      ? article.id
      : undefined
  }

  /** What an article answers in the room that the channel has; undefined when not even its first sentence fits. */
  async function tell(article: Article, question: Question) {
    const source = sourceOf(article, brand.help)
    const text = composeSection(await sectionOf(article, question.text), source, question)
    return text === undefined ? undefined : { text, source }
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
      const told = content.articles.filter((article) => article.id !== trial.without && mayDisclose(article, question))
      const spoken = told.filter((article) => (article.languages ?? brand.languages).includes(language))
      const isSpoken = spoken.length > 0 || language === 'und'
      const allowed = new Set((spoken.length > 0 ? spoken : told).map(({ id }) => id))
      const lexicalOnly = trial.lexicalOnly || isForeign(language)
      const search = (text: string, more: { readonly leaveOut?: string } = {}) =>
        index.search(text, { filter: (id) => allowed.has(id), lexicalOnly, ...more })
      const several = trial.leaveOut ? undefined : await findSeveral(question.text, search)
      if (several) return { ...several, confidence: isSpoken ? several.confidence : 0 }
      const own = await search(question.text, trial.leaveOut ? { leaveOut: question.text } : {})
      const half = completeQuestion(question.text, question.history ?? [])
      const joined = half && (await search(half.whole))
      const finding = (
        { ranking, confidence, by }: Awaited<ReturnType<typeof search>>,
        more: Partial<Finding> = {},
      ) => ({
        ranking: ranking.map(({ id, score }) => ({ article: id, score })),
        confidence: isSpoken ? confidence : 0,
        by,
        ...more,
      })
      if (!joined || own.confidence >= BY_ITSELF) return finding(own)
      // What was told already is not the answer to what is asked next; it makes any other one doubtful.
      if (joined.ranking[0]?.id === (await toldBefore(half.before, search)))
        return finding(joined, { confidence: isSpoken ? Math.min(own.confidence, EITHER) : 0 })
      return joined.confidence > own.confidence ? finding(joined, { whole: half.whole }) : finding(own)
    },

    async compose(question, finding) {
      const { confidence } = finding
      const article = articles.get(finding.ranking[0]?.article ?? '')
      const abstain = (because: string) => ({ outcome: 'abstained', because, confidence }) as const
      if (!article) return abstain('no article was found')
      if (!mayDisclose(article, question)) return abstain(`\`${article.id}\` is not for this audience`)
      const bar = question.forAgent ? brand.confidence.draft : confidenceThreshold(brand, question.audience, finding.by)
      if (confidence < bar)
        return abstain(
          Number.isFinite(bar)
            ? `\`${article.id}\` is the nearest article, but only ${confidence.toFixed(2)} sure; ${bar} is needed`
            : `\`${article.id}\` is the nearest article; ${question.audience} answers are drafted for agents until \`warmline knowledge calibrate\` can prove their risk`,
        )
      const parts = finding.parts ?? [{ article: article.id, asked: finding.whole ?? question.text }]
      const told = await Promise.all(
        parts.map(async (part) => {
          const one = articles.get(part.article)
          if (!one || !mayDisclose(one, question)) return undefined
          const said = await tell(one, { ...question, text: part.asked, ...shareOf(question.law, parts.length) })
          return said && { ...said, passages: passagesOf(one, brand.help) }
        }),
      )
      const [first] = told
      if (!first || told.includes(undefined))
        return abstain(
          parts.length > 1
            ? 'the answers to what they ask do not fit one reply'
            : `not even the first sentence of \`${article.id}\` fits the channel`,
        )
      const all = told.flatMap((one) => one ?? [])
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
        return article && (mayDisclose(article, question) || isInternal(id))
          ? suggestionOf(article, score, question)
          : []
      })
      return (await Promise.all(suggested)).flat()
    },
  }
  return answer
}

const BETWEEN = '\n\n'

/** The room that each of several answers in one reply has. */
function shareOf(law: Question['law'], count: number): Pick<Question, 'law'> {
  if (!law || count === 1) return law ? { law } : {}
  return { law: { ...law, limit: Math.floor((law.limit - BETWEEN.length * (count - 1)) / count) } }
}

/** As sure as this that words are a whole question. */
const BY_ITSELF = 0.97
/** No surer than this that one of two is meant. */
const EITHER = 0.5

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
export function mayDisclose(article: Article, { audience, channel, forAgent }: Question): boolean {
  if (channel && article.channels && !article.channels.includes(channel)) return false
  if (forAgent) return true
  return article.audience === 'public' || (article.audience === 'private' && audience === 'private')
}

export function sourceOf(article: Article, help: string): string {
  return article.source ?? `${help.replace(/\/+$/, '')}/${article.id}`
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

/** As sure as this that a section is meant; below it the article begins at its beginning. */
const SURE_OF_SECTION = 0.35

/** Articles whose sections are kept ready to be searched. */
const ASKED = 64

/** Finds the section that a question is about: the article itself where it is about the whole, or its beginning. */
async function openSections(finder: SearchEngine, articles: readonly Article[]) {
  const long = articles.flatMap(({ id, title, body }) => {
    const sections = toSections(body)
    return sections.length > 1 ? [{ id, title, sections }] : []
  })
  const sectionsOf = new Map(long.map(({ id, ...article }) => [id, article]))
  await finder.prepare(long.flatMap(toUnits))
  const indexes = openAsyncCache<Index>(ASKED)
  return async ({ id, body }: Article, question: string): Promise<string> => {
    const article = sectionsOf.get(id)
    if (!article) return body
    const index = await indexes.forceFetch(id, { context: () => finder.index(toUnits(article)) })
    const { ranking, confidence } = await index.search(question)
    const at = Number(ranking[0]?.id)
    return at > 0 && confidence >= SURE_OF_SECTION ? (article.sections[at] ?? body) : body
  }
}

const toUnits = ({
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
    sections: [plain(text)],
  }))

const headingOf = (section: string) => /^#{1,6}[ \t]+(.+?)(?:\s#+)?\s*$/m.exec(section.split('\n', 1)[0] ?? '')?.[1]
const plain = (markdown: string, between = ' ') =>
  toBlocks(markdown)
    .map(({ text }) => text)
    .join(between)

function toUnit(article: Article): SearchDocument {
  return {
    id: article.id,
    title: article.title,
    phrases: article.questions,
    not: article.not,
    sections: toSections(article.body).map((section) => plain(section)),
  }
}
