// What a language model's reading adds to a finding, and the answer that is made of the passages it chose.
// It says nothing of its own: passages are chosen by number, and a text that it puts together is checked against them.
import type { Content } from '#content'
import { confidenceThreshold, courtesiesOf } from '#policy'
import { tokensIn, unmask } from '#privacy'
import { type ModelReading, type ReadableArticle, wantsSomething } from '#understanding/llm-nlu'
import { passagesOf } from './compose-answer.ts'
import { fitBlocks } from './fit-to-channel.ts'
import { dropLinks, findBeyond } from './grounding.ts'
import { mayDisclose } from './may-disclose.ts'
import { type Passage, passagesIn, selectPassages } from './passages.ts'
import type { Answered, Finding, Question, Selection } from './types.ts'

/** Articles that the model sees. */
const ARTICLES = 4
/** No surer than this where the model means another article. */
const EITHER = 0.5

export type ArticlePassages = (id: string) => readonly Passage[]

/** The passages of each article, cut when they are first asked for. */
export function openPassages({ articles }: Content): ArticlePassages {
  const bodies = new Map(articles.map(({ id, body }) => [id, body]))
  const known = new Map<string, readonly Passage[]>()
  return (id) => {
    const found = known.get(id) ?? passagesIn(bodies.get(id) ?? '')
    known.set(id, found)
    return found
  }
}

/** The nearest articles that this audience may be told, in an order that does not say which is the nearest. */
export function readableArticles(
  { articles }: Content,
  passages: ArticlePassages,
  question: Question,
  { ranking }: Finding,
): ReadableArticle[] {
  return ranking
    .slice(0, ARTICLES)
    .flatMap(({ article }) => articles.find(({ id }) => id === article) ?? [])
    .filter((article) => mayDisclose(article, question))
    .map(({ id, title }) => ({ id, title, passages: passages(id).map(({ heading, text }) => titled(heading, text)) }))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
}

const titled = (heading: string | undefined, text: string) => (heading === undefined ? text : `${heading}\n${text}`)

/** A finding with what the model reads: its choice of an answer, and the values that it points at. */
export function withReading(
  content: Content,
  passages: ArticlePassages,
  question: Question,
  finding: Finding,
  reading: ModelReading,
): Finding {
  const quotes = reading.values.length > 0 ? { quotes: reading.values } : {}
  const bar = confidenceThreshold(content.brand, question.audience, finding.by)
  return {
    ...withChoice(finding, reading, passages(reading.article), { bar, draft: content.brand.confidence.draft }),
    ...quotes,
  }
}

/**
 * Both mean the same article: an unsure finding becomes sure enough to be said. The model sees no answer: nothing is said.
 * It means another article: the finding is unsure.
 */
function withChoice(
  finding: Finding,
  reading: ModelReading,
  passages: readonly Passage[],
  { bar, draft }: { readonly bar: number; readonly draft: number },
): Finding {
  const [top, ...others] = finding.ranking
  // Several questions are answered article by article; a model would choose one of them.
  if (!top || finding.parts || !reading.given.includes(top.article)) return finding
  const { article, opening, closing, reply, masked } = reading
  if (article === 'none') return { ...finding, veto: `the language model sees no answer in \`${top.article}\`` }
  if (!selectPassages(passages, reading.passages)) return finding
  if (article !== top.article) {
    // Either may be meant: they are offered side by side.
    const ranking = [top, { article, score: top.score }, ...others.filter((one) => one.article !== article)]
    return { ...finding, ranking, confidence: Math.min(finding.confidence, EITHER) }
  }
  const selection: Selection = {
    article,
    passages: reading.passages,
    ...(opening === 'none' ? {} : { opening }),
    ...(closing === 'none' ? {} : { closing }),
    ...(reply ? { reply, masked } : {}),
  }
  const isRaised = finding.confidence >= draft && Number.isFinite(bar) && wantsSomething(reading)
  return { ...finding, selection, confidence: isRaised ? Math.max(finding.confidence, bar) : finding.confidence }
}

/** The answer that the model chose, in the article's words; the embedded engine's where it does not hold. */
export function answerSelected(
  content: Content,
  passages: ArticlePassages,
  question: Question,
  { selection, veto }: Finding,
  own: Answered,
  log: { warn(about: object, message: string): void },
): Answered {
  if (own.outcome === 'abstained') return own
  if (veto !== undefined) return { outcome: 'abstained', because: veto, confidence: own.confidence }
  const article = content.articles.find(({ id }) => id === selection?.article)
  if (!article || !selection || article.id !== own.article || own.source === undefined) return own
  const courtesies = Object.values(courtesiesOf(content.brand)).flat()
  const all = passages(article.id)
  for (const text of wordings(selection, all, question)) {
    const masked = tokensIn(text)
    const beyond = findBeyond(text, all, { audience: question.audience, courtesies })
    const rejected = masked.some((token) => !mayRepeat(token, selection, question)) ? 'a masked private value' : beyond
    if (rejected !== undefined) {
      log.warn({ reason: rejected }, 'the answer of the language model was rejected; the article is quoted instead')
      return own
    }
    const values = selection.masked ?? {}
    const said = unmask(text, values)
    const fitted = fitBlocks([{ kind: 'paragraph', text: said }], own.source, question.law)
    if (!fitted?.text.startsWith(said)) continue
    // What the customer wrote and reads again is grounded in what they wrote.
    const theirs = masked.flatMap((token) => values[token] ?? [])
    const grounds = [...passagesOf(article, content.brand.help), ...courtesies, ...theirs]
    return { ...own, text: fitted.text, passages: grounds, engine: 'model' }
  }
  return own
}

/** What may be said, the fullest first: the model's own joining of passages in private, else the passages as they stand. */
function wordings(
  { passages: numbers, opening, closing, reply }: Selection,
  all: readonly Passage[],
  { audience }: Question,
): readonly string[] {
  if (audience === 'private' && reply) return [dropLinks(reply)]
  const text = selectPassages(all, numbers)?.text
  if (text === undefined) return []
  const between = text.includes('\n') ? '\n\n' : ' '
  return [[opening, text, closing].filter(Boolean).join(between), text]
}

/** Tokens of what is never said again, not even in private. */
const NEVER_REPEATED = /^<(?:CARD|SECRET|URL_TOKEN)_/

/** Whether a private value that the customer wrote may be read by this audience. */
const mayRepeat = (token: string, { masked = {} }: Selection, { audience }: Question): boolean =>
  audience === 'private' && token in masked && !NEVER_REPEATED.test(token)
