// Starts Warmline and stops it: SIGTERM or Ctrl-C ends the work in hand and then the process.
import { pino } from 'pino'
import { ConfigError, openLogger, readConfig, type Service, startService } from '#app'
import { UnsafeRedis } from '#redis'
import { NoRedis } from '#redis/embedded'
import { BrokenContent } from '#releases'

const STOP_WITHIN_MS = 9_500

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function fail(error: unknown): void {
  const known =
    error instanceof ConfigError ||
    error instanceof NoRedis ||
    error instanceof UnsafeRedis ||
    error instanceof BrokenContent
  const told = known || error instanceof Error ? (error as Error).message : String(error)
  process.stderr.write(`warmline cannot start:\n${told}\n`)
  if (!known && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const config = readConfig()
  const log = openLogger(config.logLevel, pino.destination({ fd: 2, sync: true }))
  const giveUp = new AbortController()
  let service: Service | undefined
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    // Only if something hangs: the event loop ends by itself once everything is closed.
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
    if (service) service.close().then(() => log.info('stopped'))
    else giveUp.abort()
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (!stopping) log.info({ signal }, 'stopping: finishing the work in hand')
      stop()
    })
  }
  // Nobody knows what holds after an error that nobody caught: what is in hand is finished, and a supervisor starts anew.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (err: unknown) => {
      log.fatal({ err, event }, 'an error that nobody caught: finishing the work in hand, then ending')
      process.exitCode = 1
      stop()
    })
  }

  try {
    service = await startService(config, log, { signal: giveUp.signal })
  } catch (error) {
    if (!stopping) throw error
    log.info('stopped before it was ready')
    return
  }
  if (service.firstAdmin) {
    const { email, password } = service.firstAdmin
    say(`first run: sign in at ${service.url}/console as ${email} with the password ${password} (shown this once)`)
  }
  if (config.playground) say(`try it: ${service.url}/playground`)
  say(`warmline ready ${service.url}`)
}

main().catch(fail)
