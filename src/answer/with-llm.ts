// Adds a language model to the local engines: one question a turn, whose reading both engines are combined with.
import type { Content } from '#content'
import { type Understand, valueMask } from '#understanding'
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

type Heard = Parameters<Understand>[0]
type Asked = Pick<Heard, 'text' | 'audience' | 'history'> & Pick<Question, 'channel' | 'law'>
type Read = ModelReading | undefined

/** `nearDialogs`: the dialogs that the embedded engine finds nearest to a text. */
export function withModel(
  { understand, answer, nearDialogs }: Engines & { readonly nearDialogs: (text: string) => Promise<readonly string[]> },
  model: LanguageModel,
  content: Content,
  log: { warn(about: object, message: string): void },
): Engines {
  const passages = openPassages(content)

  const maskValues = valueMask(content)

  const read = async (asked: Asked): Promise<{ readonly reading: Read }> => {
    const found = await answer.find({ ...asked, text: maskValues(asked.text).text })
    const articles = readableArticles(content, passages, asked, found)
    return { reading: await readWithModel(model, content, { ...asked, articles, room: asked.law?.limit ?? ROOM }) }
  }

  /** A question that the model made whole finds by itself what its words find, where that is surer. */
  const withWhole = async (question: Question, found: Finding, reading: Read): Promise<Finding> => {
    const whole = reading?.question
    if (whole === undefined || found.parts || found.confidence >= BY_ITSELF) return found
    const better = await answer.find({ ...question, text: whole, history: [] })
    return better.confidence > found.confidence && !better.parts ? { ...better, whole } : found
  }

  const once = openSharedReadings(read)
  return {
    understand: async (heard) => {
      if (heard.isPart) return understand(heard)
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
        if (question.forAgent || question.trial || question.isPart) return answer.find(question)
        const { text, said = text, history = [], audience } = question
        const asked = { ...question, text: said, audience, history: history as Heard['history'] }
        const [found, { reading }] = await Promise.all([answer.find(question), once('find', asked)])
        const whole = await withWhole(question, found, reading)
        return reading ? withReading(content, passages, question, whole, reading) : whole
      },
      compose: async (question, finding) =>
        answerSelected(content, passages, question, finding, await answer.compose(question, finding), log),
    },
  }
}

/** One reading for the two engines that ask about the same words, whichever asks first. */
function openSharedReadings(read: (asked: Asked) => Promise<{ readonly reading: Read }>) {
  const waiting = new Map<string, { readonly by: string; readonly reading: ReturnType<typeof read> }>()
  return (by: 'understand' | 'find', asked: Asked) => {
    const { text, audience, history } = asked
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
