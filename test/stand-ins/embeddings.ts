// A local server that speaks /v1/embeddings as OpenAI does. Its vectors count words, so that alike texts are near.
import { createHash } from 'node:crypto'
import { type Network, startNetwork } from './network.ts'

export type Embeddings = Network & {
  readonly baseUrl: string
  /** Every text that it was sent. */
  texts(): string[]
}

const DIMENSIONS = 64

type Asked = { readonly input: readonly string[]; readonly model: string; readonly encoding_format?: string }

function vectorOf(text: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0)
  for (const word of text.toLowerCase().match(/[a-z]{3,}/g) ?? []) {
    const place = (createHash('sha256').update(word).digest()[0] ?? 0) % DIMENSIONS
    vector[place] = (vector[place] ?? 0) + 1
  }
  return vector.some(Boolean) ? vector : vector.fill(1)
}

/** What it answers to these texts; `shape` changes each vector. */
export function embeddingsOf({ input, model }: Asked, shape = (vector: number[]) => vector): object {
  const data = input.map((text, index) => ({ object: 'embedding', index, embedding: shape(vectorOf(text)) }))
  return { object: 'list', model, data, usage: { prompt_tokens: 1, total_tokens: 1 } }
}

export async function startEmbeddings(): Promise<Embeddings> {
  const network = await startNetwork(({ method, path, json }) => {
    const asked = json as Asked
    if (method !== 'POST' || path !== '/v1/embeddings') return { status: 404, body: {} }
    if (asked.encoding_format !== 'float') return { status: 400, body: { error: { message: 'only floats' } } }
    return { status: 200, body: embeddingsOf(asked) }
  })
  return {
    ...network,
    baseUrl: `${network.url}/v1`,
    texts: () => network.requests.flatMap(({ json }) => (json as Asked).input),
  }
}
