// The reference pages that are made from code. To add one: write its generator beside this file and name it here.
import type { GeneratedPage } from './page.ts'
import { redisKeysPage } from './redis-keys.ts'

export const generatedPages: readonly GeneratedPage[] = [redisKeysPage]
