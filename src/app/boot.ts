// What every step of the service's start is given.
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { ServiceState } from './readiness.ts'
import type { Shutdown } from './shutdown.ts'

export type Boot = {
  readonly config: Config
  readonly state: ServiceState
  readonly shutdown: Shutdown
  readonly log: Logger
  readonly now: () => number
  readonly signal?: AbortSignal | undefined
}
