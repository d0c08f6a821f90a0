// Follows releases in every process: a version serves once it is learnt; until then the former one does.
import type { Logger } from 'pino'
import type { Content } from '#content'
import { contentOf, formatProblem } from '#content/load'
import type { CustomerId } from '#domain'
import type { Connections } from '#redis/connect'
import { KEYS } from '#redis/keys'
import { STORE } from './policy-sandbox.ts'
import type { State } from './release-state.ts'
import { versionFor } from './rollout-bucket.ts'
import type { VersionStore } from './version-store.ts'

/** How soon a change is noticed of which nobody told us. */
const LOOK_MS = 1000

export type Following<T> = {
  /** What serves a customer; whoever begins something with it ends with it. */
  forCustomer(customer: CustomerId): T
  /** What serves everybody who is in no rollout. */
  live(): T
  /** A version that serves somebody or decides beside what serves, if it is learnt. */
  of(version: string): T | undefined
  /** What is released, as this process serves it. */
  state(): State
  /** Looks at once; resolves when what is released now serves here. */
  look(): Promise<void>
  listen(listener: () => void): () => void
  close(): Promise<void>
}

/** `learn` makes of a content what serves. Rejects if nothing is released, or not what can serve here. */
export async function followVersions<T>(options: {
  connections: Connections
  store: VersionStore
  learn: (content: Content) => Promise<T>
  log: Pick<Logger, 'info' | 'error' | 'warn'>
}): Promise<Following<T>> {
  const { connections, store, learn, log } = options
  const listeners = new Set<() => void>()
  let learnt = new Map<string, T>()
  let serving: { raw: string; state: State } | undefined
  let isClosed = false

  async function open(version: string): Promise<T> {
    const known = learnt.get(version)
    if (known) return known
    const files = await store.files(version)
    if (!files) throw new Error(`version ${version} is not in the store`)
    const read = contentOf(files, STORE)
    if ('problems' in read)
      throw new Error(`version ${version} cannot serve here:\n${read.problems.map(formatProblem).join('\n')}`)
    return learn(read.content)
  }

  async function take(): Promise<void> {
    const { raw, value: state } = await store.state()
    if (!state || raw === serving?.raw) return
    const running = state.rollout && !state.rollout.stopped ? [state.rollout.version] : []
    const all = await Promise.all([state.live, ...running].map(async (one) => [one, await open(one)] as const))
    // From here on, and at once for all: no customer sees half of a change.
    learnt = new Map(all)
    const before = serving
    serving = { raw, state }
    if (before)
      log.info({ live: state.live, ...(running[0] ? { beside: running[0] } : {}) }, 'the released version has changed')
    for (const listener of listeners) listener()
  }

  let failing = ''
  let taking = Promise.resolve()
  /** One after the other, so that a slow one never overtakes a newer one. */
  function look(): Promise<void> {
    taking = taking.then(take).then(
      () => {
        failing = ''
      },
      (error: Error) => {
        if (!serving) throw error
        if (error.message !== failing && !connections.trouble() && !isClosed)
          log.error(
            { reason: error.message },
            'the released version could not be loaded; the last valid version keeps serving',
          )
        failing = error.message
      },
    )
    return taking
  }

  await look()
  if (!serving) throw new Error('nothing is released')
  const subscriber = await connections.another()
  await subscriber.subscribe(KEYS.release.changed(), () => {
    if (!isClosed) void look()
    for (const listener of listeners) listener()
  })
  const timer = setInterval(() => void look(), LOOK_MS)
  timer.unref()

  const stateNow = () => (serving as { state: State }).state
  const of = (version: string) => learnt.get(version)
  const learntAs = (version: string) => of(version) as T
  return {
    forCustomer: (customer) => learntAs(versionFor(stateNow(), customer)),
    live: () => learntAs(stateNow().live),
    of,
    state: stateNow,
    look,
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      isClosed = true
      clearInterval(timer)
      await taking.catch(() => {})
    },
  }
}
