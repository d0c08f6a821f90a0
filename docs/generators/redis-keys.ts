import { readFileSync } from 'node:fs'
import { KEYS, type StoredKey } from '#redis/keys'
import * as scripts from '../../src/redis/store/scripts.ts'
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
  bot: 'The bot',
  release: 'Versions of content',
  expert: 'Experts outside',
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

/** The comment that a Lua file begins with. */
const purposeOf = (lua: string): string =>
  [...(/^(?:-- .*\n)+/.exec(lua)?.[0].matchAll(/^-- (.*)$/gm) ?? [])].map(([, text]) => text).join(' ')

const scriptsSection = (): string =>
  [
    '## Scripts',
    'Whatever has to change together is changed by one Lua script. Each is a file of `src/redis/store/lua`.',
    tableOf(
      ['script', 'keys', 'what it does'],
      Object.values(scripts).map(({ name, keys, lua }) => [`\`${name}.lua\``, keys.join(', '), purposeOf(lua)]),
    ),
  ].join('\n\n')

const FIELDS = new URL('../../src/redis/store/lua/effect-fields.lua', import.meta.url)

const fieldsSection = (): string =>
  [
    '## Fields of an effect',
    'The hash of effects holds of each effect `ID` its JSON, `ID/state`, and until it is over:',
    tableOf(
      ['field', 'what it holds'],
      [...readFileSync(FIELDS, 'utf8').matchAll(/^ {2}'([\w-]+)', -- (.*)$/gm)].map(([, name, text = '']) => [
        `\`ID/${name}\``,
        text,
      ]),
    ),
  ].join('\n\n')

const page = (): string[] => [
  '# Redis keys',
  generatedFrom('src/redis/store/keys.ts and src/redis/store/lua'),
  INTRODUCTION,
  ...Object.entries(KEYS).map(section),
  fieldsSection(),
  scriptsSection(),
]

export const redisKeysPage: GeneratedPage = {
  path: 'docs/reference/redis-keys.md',
  text: () => `${page().join('\n\n')}\n`,
}
