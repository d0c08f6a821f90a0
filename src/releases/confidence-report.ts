// Reports the confidence thresholds and what the articles' own questions prove of them.
import {
  type AtBar,
  askAll,
  atBar,
  engineOf,
  listedQuestions,
  nearMisses,
  ofEngine,
  type RiskStep,
  riskSteps,
} from '#answer'
import type { Content } from '#content'
import type { Audience } from '#domain'
import { confidenceThreshold } from '#policy'
import type { TurnContext } from '#turn'
import type { HeardSignal } from '#understanding'

type Side = {
  /** The share of answers that may be wrong, as `brand.yaml` states it. */
  readonly risk?: number
  /** From this confidence on the bot answers by itself; absent: it drafts for people. */
  readonly bar?: { readonly from: number } & AtBar
  /** What the questions prove at other risks. */
  readonly steps: readonly RiskStep[]
}

export type ConfidenceReport = { readonly version: string } & (
  | { readonly state: 'measuring'; readonly done: number; readonly all: number }
  | {
      readonly state: 'measured'
      /** Questions that the articles list, and how many of them were tried; each once more without its article. */
      readonly listed: number
      readonly tried: number
      /** What found the answers: `lexical`, or the name of a sentence model. */
      readonly engine: string
      /** The sentence model that the bars of `brand.yaml` are for. */
      readonly barsFor: string
      readonly public: Side
      readonly private: Side
      /** The signals that policies teach; absent where the sentence model could not learn them. */
      readonly signals?: readonly SignalReport[]
    }
)

/** A signal that policies teach: who answers for it, and how surely it is heard. */
type SignalReport = HeardSignal & Pick<Content['signals'][number], 'owner' | 'file' | 'because' | 'not'>

/** More questions would take minutes; `warmline knowledge calibrate` asks them all. */
const MOST = 400

/**
 * Begins to measure a content unless it is measured already, and tells how far that is; after a failure it throws what
 * went wrong, once.
 */
export function openConfidenceReport(
  mindOf: (content: Content) => Promise<TurnContext>,
): (content: Content) => ConfidenceReport {
  let present: ConfidenceReport | undefined
  let failure: unknown

  async function measure(content: Content): Promise<void> {
    const { version, brand } = content
    const listed = listedQuestions(content)
    const some = spread(listed, MOST)
    const questions = [...some, ...nearMisses(some)]
    const progress = (done: number) => {
      if (present?.version === version) present = { version, state: 'measuring', done, all: questions.length }
    }
    progress(0)
    const mind = await mindOf(content)
    const asked = await askAll(mind.answer, questions, { progress })
    const engine = engineOf(asked)
    const found = ofEngine(asked, engine)
    const side = (audience: Audience): Side => {
      const from = confidenceThreshold(brand, audience, engine)
      return {
        ...(brand.risk && { risk: brand.risk[audience] }),
        ...(Number.isFinite(from) && { bar: { from, ...atBar(found[audience], from) } }),
        steps: riskSteps(found[audience]),
      }
    }
    if (present?.version !== version) return
    const signals = await signalReports(content, mind)
    if (present?.version !== version) return
    const about = { listed: listed.length, tried: some.length, engine, barsFor: brand.confidence.model }
    present = {
      version,
      state: 'measured',
      ...about,
      public: side('public'),
      private: side('private'),
      ...(signals && { signals }),
    }
  }

  return (content) => {
    if (failure !== undefined) {
      const told = failure
      failure = undefined
      throw told
    }
    if (present?.version !== content.version) {
      present = { version: content.version, state: 'measuring', done: 0, all: 0 }
      measure(content).catch((error: unknown) => {
        if (present?.version === content.version) present = undefined
        failure = error
      })
    }
    return present
  }
}

async function signalReports({ signals }: Content, mind: TurnContext): Promise<SignalReport[] | undefined> {
  const heard = new Map((await mind.signals?.())?.map((one) => [one.id, one]))
  const reports = signals.flatMap(({ id, owner, file, because, not }) => {
    const found = heard.get(id)
    return found ? [{ ...found, owner, file, not, ...(because !== undefined && { because }) }] : []
  })
  return reports.length === signals.length ? reports : undefined
}

/** At most so many, from all over the list. */
function spread<T>(all: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, all.length / most)
  return Array.from({ length: Math.min(all.length, most) }, (_, i) => all[Math.floor(i * step)] as T)
}
