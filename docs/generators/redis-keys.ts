import { KEYS, type StoredKey } from '#redis/keys'
import { type GeneratedPage, generatedFrom, tableOf } from './page.ts'

const SECTIONS: Readonly<Record<keyof typeof KEYS, string>> = {
  customer: 'One customer',
  identity: 'Who is the same customer',
  message: 'Messages, whoever has them',
  effect: 'Effects, whoever has them',
  limit: 'Limits',
  fingerprint: 'Private values of all customers',
  outreach: 'Unprompted replies and searches',
  queue: 'Queues',
  ticket: 'Tickets',
  release: 'Versions of content',
  account: 'Accounts',
  retention: 'Erasure',
  channel: 'Networks',
}

const INTRODUCTION = `Warmline stores everything in Redis under these names. [Persistence](../develop/persistence.md) says how the records work.

- Words in capitals stand for a value, which is percent-encoded where it could hold a colon or a brace.
- Braces around a part are the hash tag of Redis Cluster: all keys with the same tag are on one server.
- \`life\` says what removes the key, or an entry of it. \`for ever\`: nothing does.
- Below the name of a queue BullMQ keeps keys of its own.`

const row = ({ pattern, type, life, purpose, writers }: StoredKey<never>): string[] => [
  `\`${pattern}\``,
  type,
  purpose,
  life,
  writers.map((file) => `\`${file}\``).join(', '),
]

const section = ([name, keys]: [string, Readonly<Record<string, StoredKey<never>>>]): string =>
  `## ${SECTIONS[name as keyof typeof KEYS]}\n\n${tableOf(['name', 'type', 'what it holds', 'life', 'written by'], Object.values(keys).map(row))}`

const page = (): string[] => [
  '# Redis keys',
  generatedFrom('src/redis/store/keys.ts'),
  INTRODUCTION,
  ...Object.entries(KEYS).map(section),
]

export const redisKeysPage: GeneratedPage = {
  path: 'docs/reference/redis-keys.md',
  text: () => `${page().join('\n\n')}\n`,
}
