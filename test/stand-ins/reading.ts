// A language model's typed reading of a message, for the server of `openai.ts`: neutral where the test says nothing.
import type { ChatRequest, Scripted } from './openai.ts'

/** What a request gives the model to read. */
export type GivenToRead = {
  readonly message: string
  readonly history: readonly { readonly author: string; readonly text: string }[]
  readonly articles: readonly {
    readonly id: string
    readonly title: string
    readonly passages: readonly { readonly number: number; readonly text: string }[]
  }[]
}
export const givenToRead = (request: ChatRequest): GivenToRead =>
  JSON.parse(request.messages.at(-1)?.content ?? '{}') as GivenToRead

const NEUTRAL = {
  act: 'ask',
  dialog: 'none',
  slot: 'none',
  polarity: 'wanted',
  complaint: 'none',
  danger: false,
  irony: false,
  wantsHuman: false,
  sentiment: 0,
  urgency: 0,
  language: 'en',
  signals: [],
  question: '',
  values: [],
  article: 'none',
  sentences: [],
  opening: 'none',
  closing: 'none',
  reply: '',
}

/** A whole reading. */
export const reads = (more: object = {}): Scripted => ({ says: { ...NEUTRAL, ...more } })

/** A reading that chooses the passages of an article that hold these words; default: its first one. */
export const chooses =
  (article: string, holding = '', more: object = {}): Scripted =>
  (request) => {
    const own = givenToRead(request).articles.find(({ id }) => id === article)?.passages ?? []
    const found = own.filter(({ text }) => text.includes(holding)).map(({ number }) => number)
    return reads({ article, sentences: holding === '' ? found.slice(0, 1) : found, ...more })
  }
