import { tmpdir } from 'node:os'
import { afterEach, expect, test } from '@jest/globals'
import { loadContent, OWN_CONTENT } from '#content/load'
import { TookTooLong } from '#releases'
import { openSandbox, type Sandbox } from '../../src/app/sandbox/sandbox.ts'
import { silent } from '../setup/redis.ts'

/** Words alone. */
const finder = { model: 'lexical', lines: async () => undefined, question: async () => undefined }
const LONG = { read: 60_000, lint: 60_000, try: 60_000, certainty: 60_000, check: 60_000, replay: 60_000 }

const opened: Sandbox[] = []
function open(deadlines = LONG) {
  const sandbox = openSandbox({ finder, cacheDir: tmpdir(), log: silent, deadlines })
  opened.push(sandbox)
  return sandbox
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()))
})

const { files } = await loadContent(OWN_CONTENT)
const broken = files.map((file) =>
  file.path === 'policies/complaints.yaml' ? { ...file, text: `${file.text}\n}` } : file,
)

test('content is read, checked and tried', async () => {
  const { policySandbox: bench } = open()
  const read = await bench.read(files)
  expect('content' in read && read.content.dialogs.length).toBeGreaterThan(10)
  expect(await bench.lint(broken, 'policies/complaints.yaml')).toMatchObject({
    problems: expect.arrayContaining([
      expect.objectContaining({ file: 'policies/complaints.yaml', severity: 'error' }),
    ]),
  })
  const said = { text: 'Where is my order HL-20419?', audience: 'private', channel: 'playground' } as const
  expect(await bench.try(files, files, said)).toMatchObject({
    before: { outcome: expect.any(String) },
    facts: expect.arrayContaining([{ fact: 'audience', value: 'private' }]),
  })
  expect(await bench.try(files, broken, said)).toMatchObject({ refused: 'invalid' })
})

test('what takes longer than its deadline is ended, what else was in hand is answered, and so is what comes after', async () => {
  const { policySandbox: bench } = open({ ...LONG, check: 1 })
  await bench.read(files)
  const check = bench.check(files, [])
  const read = bench.read(files)
  await expect(check).rejects.toThrow(TookTooLong)
  await expect(check).rejects.toThrow(/took more than 1 seconds and was ended; make what you changed smaller/)
  expect('content' in (await read)).toBe(true)
  expect('content' in (await bench.read(files))).toBe(true)
})

test('what is in hand when it closes is given up, and nothing is taken any more', async () => {
  const { policySandbox: bench, close } = open()
  const check = bench.check(files, [])
  const given = expect(check).rejects.toThrow(TookTooLong)
  await close()
  await given
  await expect(bench.read(files)).rejects.toThrow(TookTooLong)
})

test('no more than 32 things are tried at once', async () => {
  const { policySandbox: bench } = open()
  const all = await Promise.allSettled(Array.from({ length: 33 }, () => bench.read(files.slice(0, 3))))
  expect(all.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(1)
  expect(all.at(-1)).toMatchObject({ reason: { message: expect.stringMatching(/too much is being tried/) } })
})
