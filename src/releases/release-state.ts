// The state of releases as a pure state machine: live version, rollout, former versions.
import type { ChannelName } from '#domain'
import { conflict, type Refusal } from './refusal.ts'

export type Rollout = {
  readonly id: string
  readonly version: string
  /** The version that serves everybody else. */
  readonly base: string
  /** From 1 to 100, of the customers on `channels` (absent: on all). */
  readonly percent: number
  readonly channels?: readonly ChannelName[]
  /** It serves nobody: it decides silently, beside the version that does. */
  readonly shadow: boolean
  readonly startedAt: number
  readonly by: string
  /** It was ended before it served everybody. */
  readonly stopped?: { readonly at: number; readonly because: string }
}

export type State = {
  readonly schema: 1
  readonly live: string
  /** Versions that served everybody before, newest first. */
  readonly before: readonly string[]
  /** Versions that were taken back. */
  readonly takenBack: readonly string[]
  /** The last rollout; it is over when it is stopped. */
  readonly rollout?: Rollout
  /** The version of the folder that was last seen. */
  readonly folder?: string
}

/** To whom a version is given; all channels and customers unless told. */
export type Share = {
  readonly percent?: number | undefined
  readonly channels?: readonly ChannelName[] | undefined
  readonly shadow?: boolean | undefined
}

const REMEMBERED = 200

export const isRunning = (state: State): state is State & { readonly rollout: Rollout } =>
  state.rollout !== undefined && !state.rollout.stopped

const NONE = conflict('no rollout is running')

/** The first state of all. */
export const firstState = (live: string): State => ({ schema: 1, live, before: [], takenBack: [], folder: live })

/** Gives `version` to everybody; a rollout that runs is ended by it. */
export function publish(state: State, version: string, at: number, because: string): State {
  const stopped = isRunning(state) && state.rollout.version !== version ? stop(state, at, because) : state
  const { rollout, ...rest } = stopped
  const kept = rollout?.stopped ? { rollout } : {}
  if (version === state.live) return stopped
  return {
    ...rest,
    ...kept,
    live: version,
    before: [state.live, ...state.before.filter((one) => one !== state.live && one !== version)].slice(0, REMEMBERED),
    takenBack: stopped.takenBack.filter((one) => one !== version),
  }
}

export function begin(state: State, rollout: Omit<Rollout, 'base'>): State | Refusal {
  if (isRunning(state))
    return conflict(`a rollout of ${state.rollout.version} is running; complete it or roll it back first`)
  return {
    ...state,
    rollout: { ...rollout, base: state.live },
    takenBack: state.takenBack.filter((one) => one !== rollout.version),
  }
}

/** Changes whom the running rollout is given to. Who is in it already stays in it as the percentage rises. */
export function widen(state: State, { percent, channels, shadow }: Share): State | Refusal {
  if (!isRunning(state)) return NONE
  return {
    ...state,
    rollout: {
      ...state.rollout,
      ...(percent !== undefined ? { percent } : {}),
      ...(channels !== undefined ? { channels } : {}),
      ...(shadow !== undefined ? { shadow } : {}),
    },
  }
}

export function complete(state: State, at: number): State | Refusal {
  return isRunning(state) ? publish(state, state.rollout.version, at, 'it was completed') : NONE
}

/** Ends the running rollout: everybody is served by what was live all the time. */
export function stop(state: State & { readonly rollout: Rollout }, at: number, because: string): State {
  const { rollout } = state
  return {
    ...state,
    rollout: { ...rollout, stopped: { at, because } },
    takenBack: [rollout.version, ...state.takenBack].slice(0, REMEMBERED),
  }
}

/** Back to an earlier version; without one, the running rollout ends, or else the version before serves again. */
export function rollBack(state: State, to: string | undefined, at: number, because: string): State | Refusal {
  if (to === undefined && isRunning(state)) return stop(state, at, because)
  const [target = to] = to === undefined ? state.before : [to]
  if (target === undefined) return conflict('there is no earlier version')
  if (target === state.live && !isRunning(state)) return conflict(`${target} is live already`)
  if (target !== state.live && !state.before.includes(target))
    return conflict(`${target} never served everybody, so there is no way back to it`)
  const back = publish(isRunning(state) ? stop(state, at, because) : state, target, at, because)
  return target === state.live
    ? back
    : { ...back, takenBack: [state.live, ...back.takenBack.filter((one) => one !== state.live)].slice(0, REMEMBERED) }
}

/** How a version stands. */
export function standingOf(state: State, version: string) {
  if (version === state.live) return 'live'
  if (isRunning(state) && state.rollout.version === version) return 'rolling-out'
  if (state.takenBack.includes(version)) return 'rolled-back'
  return state.before.includes(version) ? 'was-live' : 'approved'
}
