// The Lua scripts: what they are given arrives as it was, and nothing is taken by position.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { runScript } from '#redis'
import { loadScript, type ScriptArguments } from '../../src/redis/lua-script.ts'
import * as scripts from '../../src/redis/store/scripts.ts'
import { startTestRedis, type TestRedis } from '../setup/redis.ts'

const FOLDER = join(import.meta.dirname, '../../src/redis/store/lua')
const read = (name: string) => readFileSync(join(FOLDER, `${name}.lua`), 'utf8')
const all = Object.entries(scripts)
const HEAD = 'local here = unpack(KEYS)\nlocal args = cjson.decode(ARGV[1])\n'

let folder: string
let redis: TestRedis
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'warmline-lua-'))
  redis = await startTestRedis()
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await redis?.close()
})

function written<Args extends ScriptArguments>(name: string, text: string) {
  writeFileSync(join(folder, `${name}.lua`), text)
  return loadScript<'here', Args>(folder, name)
}
const run = <Args extends ScriptArguments>(name: string, body: string, args: Args) =>
  runScript(redis.connections.main, written<Args>(name, HEAD + body), { here: 'nowhere' }, args)

describe('A script', () => {
  test.each(all.map(([, { name, lua }]) => [name, lua]))(
    '%s begins with what it does and what it returns',
    (_, lua) => {
      expect(lua).toMatch(/^-- [A-Z]/)
    },
  )

  test('has a file, and every file is a script or part of one', () => {
    const files = (readdirSync(FOLDER) as string[]).map((file) => file.replace(/\.lua$/, ''))
    const included = all.flatMap(([, { name }]) =>
      [...read(name).matchAll(/@include "([\w-]+)"/g)].map((one) => one[1]),
    )
    expect(new Set(files)).toEqual(new Set([...all.map(([, { name }]) => name), ...included]))
  })

  test('that takes anything by position is refused', () => {
    expect(() => written('by-position', `${HEAD}return ARGV[2]\n`)).toThrow('has to begin with')
    expect(() => written('without-names', 'return KEYS[1]\n')).toThrow('has to begin with')
  })

  test('of a customer needs no key that a customer does not have', () => {
    const customers = all.filter(([, { keys }]) => (keys as readonly string[]).includes('effects'))
    expect(customers.length).toBeGreaterThan(8)
    const known = new Set(['state', 'mailbox', 'seen', 'history', 'changes', 'effects', 'values', 'outbox'])
    for (const [, { name, keys }] of customers)
      expect([name, keys.filter((key) => !known.has(key))]).toEqual([name, []])
  })

  test('writes no field of an effect that the one list does not have', () => {
    const listed = new Set([...read('effect-fields').matchAll(/^ {2}'([\w-]+)',/gm)].map(([, field]) => field))
    expect(listed.size).toBeGreaterThan(10)
    const used = all.flatMap(([, { lua }]) =>
      [...lua.matchAll(/'\/([\w-]+)'|field\('([\w-]+)'\)/g)].map((one) => one[1] ?? one[2]),
    )
    expect([...new Set(used)].filter((field) => field !== 'state' && !listed.has(field))).toEqual([])
  })
})

describe('What a script is given', () => {
  test('is the same text there, whatever is in it', async () => {
    const echo = 'return args.text\n'
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
        expect(await run('text', echo, { text })).toBe(text.toWellFormed())
      }),
      { numRuns: 300, examples: [['\u0000"\\\u2028'], ['\ud800x'], ['{"a":"\\ud800"}'], ['null'], ['']] },
    )
  })

  test.each([0, -1, 1795472398405, Number.MAX_SAFE_INTEGER, 1795472398405.002, 1e21])(
    'is the number %d to the last digit',
    async (number) => {
      expect(await run('number', 'return args.number\n', { number })).toBe(String(number))
    },
  )

  test('is nil where it is undefined, and true or false', async () => {
    const kinds = 'return { type(args.none), tostring(args.yes), tostring(args.no) }\n'
    expect(await run('kinds', kinds, { none: undefined, yes: true, no: false })).toEqual(['nil', 'true', 'false'])
  })

  test('is a list of any length, also of none', async () => {
    const each = 'local out = {} for _, one in ipairs(args.list) do out[#out + 1] = one.id end return out\n'
    for (const length of [0, 1, 3000]) {
      const list = Array.from({ length }, (_, at) => ({ id: `e${at}` }))
      expect(await run('list', each, { list })).toEqual(list.map(({ id }) => id))
    }
  })
})
