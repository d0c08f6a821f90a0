// The labelled conversations of the bench can be judged, and each stands once.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { conversation } from '../../bench/judge.ts'
import { readLines } from '../../src/cli/json-lines.ts'

const FOLDER = new URL('../../bench/conversations/', import.meta.url)
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl'))

describe.each(FILES)('%s', (name) => {
  const file = new URL(name, FOLDER)
  const all = readLines(name, readFileSync(file, 'utf8'), conversation)

  test('has ids of its own, and something to judge in every conversation', () => {
    expect(all.length).toBeGreaterThan(0)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(all.filter(({ turns }) => turns.every(({ expect }) => expect === undefined)).map(({ id }) => id)).toEqual([])
  })
})
