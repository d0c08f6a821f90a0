// Tries to break in over HTTP: a real process, real sockets, real signatures. Every area's figures, and what should not have been.
import type { Note } from './http/area.ts'
import { AREAS } from './http/areas.ts'
import { startTarget } from './http/target.ts'

type HttpArea = {
  readonly area: string
  readonly requests: number
  /** How often each status was answered; `closed`: without an answer. */
  readonly statuses: Readonly<Record<string, number>>
  readonly worstMs: number
  readonly findings: readonly string[]
}
export type HttpRun = { readonly areas: readonly HttpArea[]; readonly seconds: number }

/** `count`: how many requests an area draws. */
export async function runHttp(options: {
  count: number
  seed: number
  say?: (line: string) => void
}): Promise<HttpRun> {
  const { count, seed, say = () => {} } = options
  const from = performance.now()
  const target = await startTarget()
  const areas: HttpArea[] = []
  try {
    for (const [area, attempt] of Object.entries(AREAS)) {
      say(`${area} …`)
      const statuses: Record<string, number> = {}
      const findings: string[] = []
      let worstMs = 0
      const note: Note = (what, { status, ms }, wrong = false) => {
        const key = String(status ?? 'closed')
        statuses[key] = (statuses[key] ?? 0) + 1
        worstMs = Math.max(worstMs, ms)
        if (wrong) findings.push(`seed ${seed}, ${what}: ${key}, ${wrong}`)
      }
      await attempt({ target, count, seed, note }).catch((error: Error) =>
        findings.push(`seed ${seed}: ${error.message}`),
      )
      const trouble = target.trouble()
      if (trouble) findings.push(trouble)
      const requests = Object.values(statuses).reduce((sum, many) => sum + many, 0)
      areas.push({ area, requests, statuses, worstMs, findings })
      if (trouble?.startsWith('the process ended')) break
    }
  } finally {
    await target.close()
  }
  return { areas, seconds: (performance.now() - from) / 1000 }
}
