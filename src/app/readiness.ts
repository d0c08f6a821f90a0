// Readiness: which parts of the service are up, and what is served meanwhile.
import type { Problem } from '#content'
import type { Health } from '#http'
import type { Gauges } from '#http/metrics'

export type ServiceState = {
  redis?: { isReady(): boolean; trouble(): string | undefined }
  /** The Redis that the service started itself. */
  embedded?: { trouble(): string | undefined }
  content?: { problems(): readonly Problem[] }
  /** What is still being learnt while rules and words alone serve. */
  learning?: { readonly size: number }
  backlog?: { sizes(): Promise<Gauges> }
  /** Everything stands, and nothing has begun to stop. */
  isStarted: boolean
}

/** What is served whatever is missing, and what cannot be served without Redis. */
const ALWAYS = /^\/(health\/|metrics$)/
const NEEDS_REDIS = /^\/(api|webhooks|playground\/api)\//

/** Why turns of the first seconds may come to another end than later ones. */
export const LEARNING = 'still being learnt; rules and words alone serve'

const isReady = ({ redis }: ServiceState) => redis?.isReady() ?? false

export function healthOf(state: ServiceState): Health[] {
  const trouble = () => state.embedded?.trouble() ?? state.redis?.trouble() ?? 'Redis is not open yet'
  const isBroken = state.content?.problems().some((one) => one.severity === 'error') ?? false
  const isLearning = (state.learning?.size ?? 0) > 0
  return [
    { part: 'redis', ok: isReady(state), ...(isReady(state) ? {} : { because: trouble() }) },
    {
      part: 'content',
      ok: true,
      ...(isBroken ? { because: 'the files have problems; the last good content serves' } : {}),
      ...(isLearning ? { because: LEARNING } : {}),
    },
    { part: 'service', ok: state.isStarted, ...(state.isStarted ? {} : { because: 'still starting, or stopping' }) },
  ]
}

/** Whether a path can be served now. */
export const isServed = (state: ServiceState, path: string): boolean =>
  ALWAYS.test(path) || (state.isStarted && (isReady(state) || !NEEDS_REDIS.test(path)))

/** What /metrics shows of the backlog; nothing before there is one. */
export const backlogOf = async ({ backlog }: ServiceState): Promise<Gauges> =>
  backlog ? backlog.sizes() : { waiting: 0, lag: 0, stuck: 0, tickets: 0, effects: 0 }
