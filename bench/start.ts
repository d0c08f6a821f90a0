// Clean clone to ready, start to ready, the first reply in the playground, memory.
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Row } from './report.ts'
import { memoryOf, ROOT, startService } from './service.ts'

const execute = promisify(execFile)
const DEBOUNCE_MS = 500

async function firstReply(url: string): Promise<number> {
  const customer = `bench-${process.pid}`
  const body = JSON.stringify({ customer, text: 'What are your opening hours?' })
  const from = performance.now()
  await fetch(`${url}/playground/api/dms`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  for (;;) {
    const { dms } = (await (await fetch(`${url}/playground/api/timeline?customer=${customer}`)).json()) as {
      dms: unknown[]
    }
    if (dms.length > 1) return performance.now() - from - DEBOUNCE_MS
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function cleanClone(): Promise<{ installMs: number; readyMs: number }> {
  const clone = await mkdtemp(join(tmpdir(), 'warmline-clone-'))
  try {
    await execute('git', ['clone', '--quiet', ROOT, clone])
    const from = performance.now()
    await execute('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: clone, maxBuffer: 64e6 })
    const installMs = performance.now() - from
    const service = await startService({}, clone)
    await service.stop()
    return { installMs, readyMs: service.readyMs }
  } finally {
    await rm(clone, { recursive: true, force: true })
  }
}

export async function run(): Promise<readonly Row[]> {
  const dir = await mkdtemp(join(tmpdir(), 'warmline-bench-'))
  try {
    const fresh = await cleanClone()
    const warm = await startService({}, ROOT, dir)
    await warm.stop()
    const service = await startService({ WARMLINE_DEBOUNCE_MS: String(DEBOUNCE_MS) }, ROOT, dir)
    const first = await firstReply(service.url)
    const memory = await memoryOf(service.child.pid ?? 0)
    await service.stop()
    return [
      { what: 'clean clone to ready (npm cache warm)', figure: (fresh.installMs + fresh.readyMs) / 1000, unit: 's' },
      { what: '  of it npm ci', figure: fresh.installMs / 1000, unit: 's' },
      { what: '  of it first start: pages, articles, Redis', figure: fresh.readyMs / 1000, unit: 's' },
      { what: 'start to ready, later starts', figure: service.readyMs / 1000, unit: 's' },
      { what: 'first reply in the playground beyond the debounce', figure: first, unit: 'ms' },
      { what: 'memory of the service (all its processes)', figure: memory.node, unit: 'MB' },
    ]
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}
