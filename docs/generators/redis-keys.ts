import { type GeneratedPage, generatedFrom, tableOf } from './page.ts'

export const redisKeysPage: GeneratedPage = {
  path: 'docs/reference/redis-keys.md',
  text: () => `# Redis keys\n\n${generatedFrom('src/redis/store/keys.ts')}\n\n${tableOf(['key', 'type'], [])}\n`,
}
