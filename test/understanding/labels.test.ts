// The labelled lines that are part of Warmline: each says something, and none says two things at once.
import { readFile } from 'node:fs/promises'
import { expect, test } from '@jest/globals'
import { MESSAGES, readLabelled } from '#understanding/classifier'

const lines = await readLabelled()

test('our messages to the sample brand come first, and every line of theirs has a kind of complaint', async () => {
  const [, ...messages] = (await readFile(MESSAGES, 'utf8')).split('\n').filter(Boolean)
  const first = lines.slice(0, messages.length)
  expect(first.map(({ text }) => text)).toEqual(messages.map((line) => line.split('\t').at(-1)))
  expect(first.filter(({ complaint }) => !complaint)).toEqual([])
})

test('every line has words and teaches something', () => {
  const empty = lines.filter(({ text, voice: _, ...labels }) => text.trim() === '' || Object.keys(labels).length === 0)
  expect(empty).toEqual([])
})

test('no text is labelled twice with different words for the same thing', () => {
  const names = ['complaint', 'praise', 'danger', 'spam', 'not-wanted', 'wants-human'] as const
  const known = new Map<string, (typeof lines)[number]>()
  const torn = lines.filter((line) => {
    const before = known.get(line.text)
    known.set(line.text, line)
    return names.some((name) => before?.[name] !== undefined && line[name] !== undefined && before[name] !== line[name])
  })
  expect(torn.map(({ text }) => text)).toEqual([])
})

test('what was not judged stays open: thanks are neither praise nor its opposite', () => {
  const thanked = lines.filter(({ voice, engage, praise }) => voice && engage === 'thanks' && praise === undefined)
  expect(thanked.length).toBeGreaterThan(100)
})

test('what a complaint implies is taken from a part of the lines alone, that it is no danger from all', () => {
  const judged = lines.filter(({ voice, complaint }) => !voice && (complaint === 'minor' || complaint === 'rant'))
  const asking = judged.filter(({ engage }) => engage === 'asks').length
  expect(asking / judged.length).toBeCloseTo(1 / 3, 1)
  expect(judged.every(({ danger }) => danger === false)).toBe(true)
})

test('who has a thing already or does not want it is not wanting it, and who asks about it may', () => {
  const of = (wish: string) => lines.filter((line) => line.wish === wish).map((line) => line['not-wanted'])
  expect(new Set(['not-wanted', 'happened'].flatMap(of))).toEqual(new Set([true]))
  expect(new Set(['wanted', 'asked'].flatMap(of))).toEqual(new Set([false]))
})
