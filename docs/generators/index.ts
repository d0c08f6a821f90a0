// The reference pages that are made from code. To add one: write its generator beside this file and name it here.
import { cliPage } from './cli.ts'
import { environmentPage } from './environment.ts'
import { eventsPage } from './events.ts'
import { factsPage } from './facts.ts'
import { httpApiPage, openApiPage } from './http-api.ts'
import { metricsPage } from './metrics.ts'
import type { GeneratedPage } from './page.ts'
import { redisKeysPage } from './redis-keys.ts'

export const generatedPages: readonly GeneratedPage[] = [
  cliPage,
  environmentPage,
  eventsPage,
  factsPage,
  httpApiPage,
  metricsPage,
  openApiPage,
  redisKeysPage,
]
