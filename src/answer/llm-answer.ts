// Answers with a language model, which may combine an article's words or abstain.
// It cannot make an unsure finding sure, and what it adds of its own is never sent.
import { z } from 'zod'
import type { Article, Content } from '#content'
import { ANSWER_TASK } from '#domain'
import { confidenceThreshold } from '#policy'
import { type MaskedValues, maskPrivateData, tokensIn, unmask } from '#privacy'
import type { LanguageModel } from '#understanding/models'
import { passagesOf, sourceOf } from './compose-answer.ts'
import { fitBlocks } from './fit-to-channel.ts'
import { dropLinks, findBeyond, isQuoted } from './grounding.ts'
import { mayDisclose } from './may-disclose.ts'
import type { Answer, Answered, Finding, Question } from './types.ts'

/** Articles that the model sees. */
const PASSAGES = 3
const HISTORY = 4
/** Tokens of what is never said again, not even in private. */
const NEVER_REPEATED = /^<(?:CARD|SECRET|URL_TOKEN)_/

type Rejected = { readonly rejected: string }

export function answerWithModel(
  embedded: Answer,
  model: LanguageModel,
  content: Content,
  log: { warn(about: object, message: string): void },
): Answer {
  const { brand } = content
  const articles = new Map(content.articles.map((article) => [article.id, article]))

  /** What the model said, checked against the article it names. */
  const check = (said: Said, question: Question, finding: Finding): Article | Rejected => {
    const article = articles.get(said.article)
    const place = finding.ranking.findIndex((one) => one.article === said.article)
    if (!article || place < 0 || place >= PASSAGES || !mayDisclose(article, question))
      return { rejected: 'an article it was not given' }
    const passages = passagesOf(article, brand.help)
    if (said.quotes.length === 0 || said.quotes.some((quote) => !isQuoted(passages.join('\n'), quote)))
      return { rejected: 'a quote that is not in the article' }
    if (tellsTooMuch(said, question)) return { rejected: 'a masked private value' }
    const own = tokensIn(said.text).reduce((text, token) => text.replaceAll(token, ''), said.text)
    const ungrounded = findBeyond(own, passages, question.audience)
    return ungrounded ? { rejected: ungrounded } : article
  }

  const compose = async (question: Question, finding: Finding): Promise<Answered> => {
    const own = await embedded.compose(question, finding)
    // Several questions are answered article by article; a model would choose one of them.
    if (own.outcome === 'abstained' || finding.parts) return own
    const said = await ask(model, question, finding, articles)
    if (!said) return own
    const abstain = (because: string) => ({ outcome: 'abstained', because, confidence: finding.confidence }) as const
    if (said.article === 'none') return abstain(`the language model sees no answer in \`${own.article}\``)
    const article = check(said, question, finding)
    if ('rejected' in article) {
      log.warn(
        { reason: article.rejected },
        'the answer of the language model was rejected; the article is quoted instead',
      )
      return own
    }
    const score = finding.ranking.find((one) => one.article === article.id)?.score ?? 0
    const bar = question.forAgent ? brand.confidence.draft : confidenceThreshold(brand, question.audience, finding.by)
    if (article.id !== own.article && score < bar)
      return abstain(`the language model prefers \`${article.id}\`, which is not sure enough`)
    const source = sourceOf(article, brand.help)
    const text = unmask(said.text, said.values)
    const fitted = fitBlocks([{ kind: 'paragraph', text }], source, question.law)
    if (!fitted?.text.startsWith(text)) return own
    return {
      outcome: 'answered',
      article: article.id,
      text: fitted.text,
      source,
      // What the customer wrote and reads again is grounded in what they wrote.
      passages: [
        ...passagesOf(article, brand.help),
        ...tokensIn(said.text).flatMap((token) => said.values[token] ?? []),
      ],
      confidence: finding.confidence,
      engine: 'model',
    }
  }
  return { ...embedded, compose }
}

type Said = {
  readonly article: string
  readonly quotes: readonly string[]
  readonly text: string
  readonly values: MaskedValues
}

/** Whether the text repeats a private value that this audience must not read, or that nobody wrote. */
function tellsTooMuch({ text, values }: Said, { audience }: Question): boolean {
  const tokens = tokensIn(text)
  return tokens.some((token) => audience !== 'private' || !(token in values) || NEVER_REPEATED.test(token))
}

async function ask(
  model: LanguageModel,
  question: Question,
  finding: Finding,
  articles: ReadonlyMap<string, Article>,
): Promise<Said | undefined> {
  const near = finding.ranking
    .slice(0, PASSAGES)
    .flatMap(({ article }) => articles.get(article) ?? [])
    .filter((article) => mayDisclose(article, question))
  const schema = z.object({
    article: z.enum(['none', ...near.map(({ id }) => id)]),
    quotes: z.array(z.string()),
    text: z.string(),
  })
  const earlier = (question.history ?? []).slice(-HISTORY)
  const { texts, values } = maskPrivateData([...earlier.map(({ text }) => text), question.text])
  const history = earlier.map(({ authorKind }, index) => ({ author: authorKind, text: texts[index] }))
  const said = await model.ask({
    name: 'answer',
    schema,
    task: ANSWER_TASK,
    data: {
      question: texts.at(-1),
      history,
      audience: question.audience,
      characters: question.law?.limit ?? 1000,
      articles: near.map(({ id, title, body }) => ({ id, title, text: body })),
    },
  })
  return said && { ...said, text: dropLinks(said.text), values }
}
