// One file spells the keys, channels and streams of Redis; every other asks it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { KEYS, keysOf, QUEUES } from '#redis/keys'
import { isInTable } from '../setup/stored-keys.ts'

const SRC = join(import.meta.dirname, '../../src')
const TABLE = 'redis/store/keys.ts'
/** A text that begins as our keys do, in whatever language. */
const SPELLED = /['"`]\{?warmline[:}]/

const files = (readdirSync(SRC, { recursive: true }) as string[]).filter((file) => /\.(?:tsx?|lua)$/.test(file))
const keys = Object.values(KEYS).flatMap((group) => Object.values(group))

describe('A key of Redis', () => {
  test('is spelled in the table and nowhere else', () => {
    const found = files.filter((file) => SPELLED.test(readFileSync(join(SRC, file), 'utf8')))
    expect(found).toEqual([TABLE])
  })

  test('has a name of its own', () => {
    const patterns = keys.map(({ pattern, type }) => `${pattern} ${type === 'channel' ? 'channel' : 'key'}`)
    expect(patterns.filter((one, at) => patterns.indexOf(one) !== at)).toEqual([])
  })

  test('is described: what it holds, what removes it, and files that are there write it', () => {
    for (const { pattern, purpose, life, writers } of keys) {
      expect([pattern, purpose.length > 10, life.length > 5, writers.length > 0]).toEqual([pattern, true, true, true])
      expect(writers.filter((file) => !existsSync(join(SRC, file)))).toEqual([])
    }
  })

  test('of a customer has their hash tag, whatever is in their id', () => {
    const id = 'x:a}b:{c}:*'
    const tags = Object.values(keysOf(id)).map((key) => /^[^{]*\{([^}]*)\}/.exec(key)?.[1])
    expect(new Set(tags)).toEqual(new Set([encodeURIComponent(id)]))
  })

  test('takes every part of it apart from the next, so that two never meet', () => {
    expect(KEYS.message.claim('a:b', 'c')).not.toBe(KEYS.message.claim('a', 'b:c'))
    expect(KEYS.limit.kind('x', 'a', 'hide')).not.toBe(KEYS.limit.account('x', 'a:hide'))
  })

  test('of a queue is where BullMQ keeps it', () => {
    for (const name of Object.values(QUEUES)) expect(KEYS.queue[name]()).toBe(`{warmline}:${name}`)
  })

  test('that version 0.1.0 stored is in the table still, with its type', () => {
    const file = join(import.meta.dirname, '../inbox/records/0.1.0.json')
    const { keys: stored } = JSON.parse(readFileSync(file, 'utf8')) as { keys: Record<string, { type: string }> }
    expect(Object.keys(stored).length).toBeGreaterThan(40)
    expect(Object.entries(stored).filter(([key, { type }]) => !isInTable(key, type))).toEqual([])
  })

  test('that the table does not know is noticed, and so is one of another type', () => {
    expect(isInTable('warmline:tickets:lost', 'hash')).toBe(false)
    expect(isInTable('warmline:tickets', 'list')).toBe(false)
    expect(isInTable('warmline:{x%3A1%3A2}:cases', 'hash')).toBe(false)
  })
})
