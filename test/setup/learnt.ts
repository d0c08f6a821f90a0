import { LEARNING } from '../../src/app/readiness.ts'
import { until } from './redis.ts'

/** Resolves once the service at this address has learnt its content; until then rules and words alone serve. */
export async function untilLearnt(url: string): Promise<void> {
  await until(async () => {
    const { parts } = (await (await fetch(`${url}/health/ready`)).json()) as { parts: { because?: string }[] }
    return parts.every(({ because }) => because !== LEARNING)
  }, 600_000)
}
