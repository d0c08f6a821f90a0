// Kernel ridge regression (Saunders, Gammerman and Vovk, 1998) on labelled texts: many estimates over one kernel.
import { createHash } from 'node:crypto'
import { setImmediate as pause } from 'node:timers/promises'
import type { DiskCache } from '../../retrieval/disk-cache.ts'
import { buildDense, toWhole } from '../../retrieval/vector-index.ts'
import { mapYielding } from '../../yielding-loop.ts'
import { addProducts, listPostings, type PostingLists, type Terms } from './postings.ts'

/** What is seen of a text. Likeness falls with the square of the distance, in both parts together (a Gaussian kernel). */
export type Sample = { readonly dense: Float32Array; readonly terms: Terms }

/** What is to be estimated: for some of the samples, by their places in ascending order, a figure each. */
export type Target = { readonly known: readonly number[]; readonly figures: readonly number[] }

/** What is estimated of each target; near 0 where nothing is alike. */
export type Estimate = (sample: Sample) => Float64Array

/** Steps of the conjugate gradients (Hestenes and Stiefel, 1952) at most. */
const STEPS = 40
/** Vectors are laid out at half their length: with what rules found they may be longer than 1. */
const SHRUNK = 0.5
/** Likeness 1, in whole numbers of 16 bits: half of the memory of the smallest floats. */
const ONE = 2 ** 16 - 1
/** Rows that are multiplied before others have their turn. */
const STRIDE = 500

export type Shape = {
  /** How little a figure is trusted. */
  readonly doubt: number
  /** How many times as fast as usual likeness falls with distance. */
  readonly narrow: number
  /** The part of the error, squared, at which learning ends. */
  readonly enough: number
}

/** What was learnt, in plain numbers that can be kept. */
export type Kernel = Lines & {
  readonly targets: number
  /** A weight for each line of each target, target by target. */
  readonly weights: Float64Array
}

/** The lines that were learnt from, as they are compared with. */
type Lines = {
  readonly narrow: number
  readonly vectors: readonly Int16Array[]
  readonly terms: PostingLists
  /** The square of the length of each. */
  readonly squares: Float64Array
}

/**
 * The same samples and figures in the same order teach the same. While it learns
 * it holds two bytes for each pair of samples.
 */
export async function trainKernel(
  samples: readonly Sample[],
  targets: readonly Target[],
  { doubt, narrow, enough }: Shape,
  keep: DiskCache,
): Promise<Kernel> {
  const size = samples.length
  const lines: Lines = {
    narrow,
    vectors: samples.map(({ dense }) => toWhole(shrunk(dense))),
    terms: listPostings(samples.map(({ terms }) => terms)),
    squares: Float64Array.from(samples, squareOf),
  }
  const from = createHash('sha256').update(JSON.stringify([doubt, narrow, STEPS, enough, targets]))
  for (const { dense: one, terms } of samples) from.update(one).update(terms.buckets).update(terms.weights)
  const weights = await keep(from.digest('hex'), async () => {
    const likeness = likenessTo(lines)
    // The lower triangle, row after row.
    const pairs = new Uint16Array((size * (size + 1)) / 2)
    await mapYielding([...samples.entries()], ([row, sample]) => {
      const alike = likeness(sample, row + 1)
      const at = rowAt(row)
      for (let i = 0; i <= row; i++) pairs[at + i] = Math.round(ONE * Math.min(1, alike[i] as number))
    })
    const found = new Float64Array(size * targets.length)
    for (const [nth, target] of targets.entries()) {
      const solved = await solve(pairs, target, doubt, enough)
      for (const [i, place] of target.known.entries()) found[size * nth + place] = solved[i] as number
    }
    return found
  })
  return { ...lines, targets: targets.length, weights }
}

export function estimateBy(kernel: Kernel): Estimate {
  const { weights, targets, squares } = kernel
  const size = squares.length
  const likeness = likenessTo(kernel)
  return (sample) => {
    const alike = likeness(sample)
    return Float64Array.from({ length: targets }, (_, nth) =>
      product(alike, weights.subarray(size * nth, size * (nth + 1))),
    )
  }
}

/** How alike a sample is to each line, or to the first so many. */
function likenessTo({ narrow, vectors, terms, squares }: Lines) {
  const dense = buildDense(vectors)
  return (sample: Sample, count = squares.length): Float64Array => {
    const alike = dense.score(shrunk(sample.dense), count)
    for (let i = 0; i < count; i++) alike[i] = (alike[i] as number) / SHRUNK ** 2
    addProducts(alike, terms, sample.terms)
    const square = squareOf(sample)
    for (let i = 0; i < count; i++)
      alike[i] = exp(narrow * (2 * (alike[i] as number) - square - (squares[i] as number)))
    return alike
  }
}

const shrunk = (dense: Float32Array) => dense.map((figure) => SHRUNK * figure)
const rowAt = (row: number) => (row * (row + 1)) / 2

/** The weights w of (K + λI) w = y, by conjugate gradients, over what is known. */
async function solve(
  pairs: Uint16Array,
  { known, figures }: Target,
  doubt: number,
  enough: number,
): Promise<Float64Array> {
  const places = Uint32Array.from(known)
  const weights = new Float64Array(places.length)
  const rest = Float64Array.from(figures)
  const towards = rest.slice()
  let left = product(rest, rest)
  const end = enough * left
  for (let step = 0; step < STEPS && left > end; step++) {
    const gained = towards.map((figure) => doubt * figure)
    for (let from = 0; from < places.length; from += STRIDE) {
      await pause()
      multiply(pairs, places, from, Math.min(places.length, from + STRIDE), towards, gained)
    }
    const far = left / product(towards, gained)
    for (let i = 0; i < weights.length; i++) {
      weights[i] = (weights[i] as number) + far * (towards[i] as number)
      rest[i] = (rest[i] as number) - far * (gained[i] as number)
    }
    const now = product(rest, rest)
    for (let i = 0; i < weights.length; i++) towards[i] = (rest[i] as number) + (now / left) * (towards[i] as number)
    left = now
  }
  return weights
}

/** Adds the product of some rows, and of the columns that mirror them, to `gained`: nearly all of the time is spent here. */
function multiply(
  pairs: Uint16Array,
  places: Uint32Array,
  from: number,
  end: number,
  towards: Float64Array,
  gained: Float64Array,
): void {
  for (let i = from; i < end; i++) {
    const at = rowAt(places[i] as number)
    const own = (towards[i] as number) / ONE
    let sum = 0
    for (let j = 0; j < i; j++) {
      const pair = pairs[at + (places[j] as number)] as number
      sum += pair * (towards[j] as number)
      gained[j] = (gained[j] as number) + pair * own
    }
    gained[i] = (gained[i] as number) + sum / ONE + (towards[i] as number)
  }
}

function product(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let i = 0; i < one.length; i++) sum += (one[i] as number) * (other[i] as number)
  return sum
}

function squareOf({ dense, terms }: Sample): number {
  let sum = 0
  for (const figure of dense) sum += figure * figure
  for (const weight of terms.weights) sum += weight * weight
  return sum
}

// Looked up once: where tests run, each look at a global costs more than the sum that it is for.
const { exp } = Math
