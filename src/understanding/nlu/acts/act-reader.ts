// Reads the dialogue act of a message in its frame, learnt from labelled lines.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { type ActReading, DIALOGUE_ACTS, type DialogueAct, type Frame } from '#domain'
import { openAsyncCache } from '#lib'
import { codeHash } from '../../code-hash.ts'
import { whenLearnt } from '../../retrieval/learning.ts'
import { normalise } from '../../retrieval/normalise.ts'
import type { SearchEngine } from '../../retrieval/search-engine.ts'
import { mapYielding } from '../../yielding-loop.ts'
import { featuresOf } from './act-features.ts'
import { chancesOf, trainLogistic } from './logistic-regression.ts'

/** What a customer wrote to what was asked, and what they did with it. */
export type LabelledAct = {
  readonly frame: Frame
  readonly text: string
  readonly act: DialogueAct
  readonly voice: string
  /** `apart`: a voice that benches keep apart. */
  readonly set: string
}

const HERE = new URL('./', import.meta.url)

/** The lines of all files beside this one; columns: frame, the bot's words, message, act, value, voice, set. */
export async function readLabelledActs(): Promise<LabelledAct[]> {
  const files = (await readdir(HERE)).filter((name) => name.endsWith('.tsv')).sort()
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, HERE), 'utf8')))
  return texts.flatMap((text) =>
    text
      .split('\n')
      .slice(1)
      .filter(Boolean)
      .map((line) => {
        const [frame = '', question = '', said = '', act = '', , voice = '', set = ''] = line.split('\t')
        const values = frame === 'choose' ? (question.match(/(?<=“).+?(?=”)/gu) ?? []) : []
        return { frame: { kind: kindOf(frame), question, values }, text: said, act: act as DialogueAct, voice, set }
      }),
  )
}

/** Labels name some slots by what they hold; a dialog knows the types of its needs. */
const TYPES: Readonly<Record<string, string>> = { yn: 'yes-no', name: 'text', address: 'text' }

function kindOf(frame: string): Frame['kind'] {
  const [kind = '', type = ''] = frame.split(':')
  return kind === 'slot' ? `slot:${TYPES[type] ?? type}` : (kind as Frame['kind'])
}

/** The act of a message; undefined until it is learnt, and where there is nothing to read. */
type ReadAct = (text: string, frame: Frame) => Promise<ActReading | undefined>

/** Labels of which what was learnt is remembered: versions of a content share it. */
const REMEMBERED = 4
const remembered = openAsyncCache<Float64Array>(REMEMBERED)

/** Without the sentence model words alone teach it. */
export async function trainActReader(finder: SearchEngine, labelled: readonly LabelledAct[]): Promise<ReadAct> {
  let lesson: { readonly weights: Float64Array; readonly isDense: boolean } | undefined
  async function learn(): Promise<void> {
    const isDense = (await finder.lines([])) !== undefined
    const key = createHash('sha256')
      .update(JSON.stringify([await codeHash(import.meta.url), finder.model, isDense, labelled]))
      .digest('hex')
    const context = () => finder.keep(key, () => trainActs(finder, labelled))
    const weights = await remembered.forceFetch(key, { context })
    lesson = { weights, isDense }
  }
  const learning = learn()
  await whenLearnt(finder, learning)
  return async (text, frame) => {
    if (!lesson || text.trim() === '') return undefined
    const { weights, isDense } = lesson
    const [vector] = (isDense && (await finder.question([normalise(text)]))) || []
    if (isDense && !vector) return undefined
    const example = { features: featuresOf(text, frame), ...(vector && { vector: vector.last }) }
    const chances = chancesOf(weights, example, DIALOGUE_ACTS.length)
    const chance = Math.max(...chances)
    return { act: DIALOGUE_ACTS[chances.indexOf(chance)] as DialogueAct, chance }
  }
}

async function trainActs(finder: SearchEngine, labelled: readonly LabelledAct[]): Promise<Float64Array> {
  const vectors = await finder.lines(
    labelled.map(({ text }) => normalise(text)),
    'acts',
  )
  const examples = await mapYielding(labelled, ({ text, frame }, at) => {
    const vector = vectors?.[at]
    return { features: featuresOf(text, frame), ...(vector && { vector: vector.last }) }
  })
  const labels = labelled.map(({ act }) => DIALOGUE_ACTS.indexOf(act))
  return trainLogistic(examples, labels, DIALOGUE_ACTS.length)
}
