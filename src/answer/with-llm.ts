// Adds a language model to the local engines: one question a turn, whose reading both engines are combined with.
import type { Content } from '#content'
import type { Understand } from '#understanding'
import { type ModelReading, mergeReading, readWithModel } from '#understanding/llm-nlu'
import type { LanguageModel } from '#understanding/models'
import { answerSelected, openPassages, readableArticles, withReading } from './llm-answer.ts'
import type { Answer, Finding, Question } from './types.ts'

type Engines = { readonly understand: Understand; readonly answer: Answer }

/** Characters of a reply where the channel sets no limit. */
const ROOM = 1000
/** As sure as this that words are a whole question. */
const BY_ITSELF = 0.97
/** Readings that only one of the two engines has asked for yet. */
const WAITING = 50

type Asked = Pick<Question, 'text' | 'audience' | 'history'>
type Read = { readonly found: Finding; readonly reading: ModelReading | undefined }

/** `nearDialogs`: the dialogs that the embedded engine finds nearest to a text. */
export function withModel(
  { understand, answer, nearDialogs }: Engines & { readonly nearDialogs: (text: string) => Promise<readonly string[]> },
  model: LanguageModel,
  content: Content,
  log: { warn(about: object, message: string): void },
): Engines {
  const passages = openPassages(content)

  const read = async (question: Question): Promise<Read> => {
    const { text, audience, history = [] } = question
    const found = await answer.find(question)
    const articles = readableArticles(content, passages, question, found)
    const heard = { text, audience, history: history as Parameters<Understand>[0]['history'] }
    const reading = await readWithModel(model, content, { ...heard, articles, room: question.law?.limit ?? ROOM })
    return { found: await withWhole(question, found, reading), reading }
  }

  /** A question that the model made whole finds by itself what its words find, where that is surer. */
  const withWhole = async (question: Question, found: Finding, reading: ModelReading | undefined): Promise<Finding> => {
    const whole = reading?.question
    if (whole === undefined || found.parts || found.confidence >= BY_ITSELF) return found
    const better = await answer.find({ ...question, text: whole, history: [] })
    return better.confidence > found.confidence && !better.parts ? { ...better, whole } : found
  }

  const once = openSharedReadings(read)
  return {
    understand: async (heard) => {
      const [ours, near, { reading }] = await Promise.all([
        understand(heard),
        nearDialogs(heard.text),
        once('understand', heard),
      ])
      return reading ? mergeReading(ours, reading, content, near) : ours
    },
    answer: {
      ...answer,
      find: async (question) => {
        if (question.forAgent || question.trial) return answer.find(question)
        const { found, reading } = await once('find', question)
        return reading ? withReading(content, passages, question, found, reading) : found
      },
      compose: async (question, finding) =>
        answerSelected(content, passages, question, finding, await answer.compose(question, finding), log),
    },
  }
}

/** One reading for the two engines that ask about the same words, whichever asks first. */
function openSharedReadings(read: (question: Question) => Promise<Read>) {
  const waiting = new Map<string, { readonly by: string; readonly reading: Promise<Read> }>()
  return (by: 'understand' | 'find', asked: Asked & Partial<Question>): Promise<Read> => {
    const { text, audience, history = [] } = asked
    const key = JSON.stringify([text, audience, history.map((one) => [one.authorKind, one.text])])
    const known = waiting.get(key)
    if (known && known.by !== by) {
      waiting.delete(key)
      return known.reading
    }
    const reading = read(asked)
    waiting.set(key, { by, reading })
    // Whoever never asks leaves nothing behind for long.
    for (const old of waiting.keys()) if (waiting.size > WAITING) waiting.delete(old)
    return reading
  }
}
