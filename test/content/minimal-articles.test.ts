// Articles of a title, questions and an answer are content, beside the dialogs and policies that Warmline comes with.
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { OWN_CONTENT } from '#content/load'
import { run } from '../cli/run.ts'
import { CACHE } from '../setup/cache.ts'
import { startTestService } from '../setup/service.ts'

const ARTICLES = {
  'kettle-returns': [
    'Returning a kettle',
    'How do I send a kettle back?',
    'You can send a kettle back within 30 days of delivery. Keep the box for it.',
  ],
  descaling: [
    'Descaling a kettle',
    'How do I descale my kettle?',
    'Fill it with water and a spoon of citric acid, boil it, and leave it for an hour.',
  ],
} as const

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'warmline-minimal-'))
  for (const folder of ['dialogs', 'policies'])
    await cp(join(OWN_CONTENT, folder), join(dir, folder), { recursive: true })
  await mkdir(join(dir, 'knowledge'))
  for (const [id, [title, question, body]] of Object.entries(ARTICLES))
    await writeFile(
      join(dir, 'knowledge', `${id}.md`),
      `---\ntitle: ${title}\nquestions:\n  - ${question}\n---\n${body}\n`,
    )
})
afterAll(() => rm(dir, { recursive: true, force: true }))

test('content check tells what the policies say of other articles, and has no objection', async () => {
  const { code, out } = await run(['content', 'check', dir], '', {
    WARMLINE_DATA_DIR: join(dir, '.data'),
    WARMLINE_CACHE_DIR: CACHE,
  })
  expect(out.split('\n').filter((line) => line !== '')).toEqual([
    ...['beds', 'kitchen', 'lighting', 'care', 'products', 'safety'].map((topic) =>
      expect.stringMatching(
        new RegExp(
          `^policies/brand\\.yaml:\\d+: warning: contact reason .*: there is no dialog or topic \`${topic}\`; the`,
        ),
      ),
    ),
    expect.stringMatching(/^policies\/incidents\.yaml:\d+: warning: there is no article `delayed-order`; the incident/),
  ])
  expect(code).toBe(0)
}, 300_000)

test('a rule or an example about an article that is not there is left out', async () => {
  const policy = `topic: Kettles
owner: customer-care
rules:
  - id: kettles.loud
    when: { article: loud-kettles, audience: public }
    then: escalate
    because: Loud kettles are looked at by a person.
  - id: kettles.any
    when: { article: descaling, intent: { not: none }, wants-human: true, form: true, hours: closed, reach: { above: 90000 } }
    then: escalate
    because: It is only here so that the file has a rule.
examples:
  - given: { article: loud-kettles, audience: public }
    expect: { verdict: escalate, because: kettles.loud }
  - given: { article: descaling, intent: order-status, wants-human: true, form: true, hours: closed, reach: 90001 }
    expect: { verdict: escalate }
`
  const file = join(dir, 'policies/kettles.yaml')
  await writeFile(file, policy)
  const { out } = await run(['content', 'check', dir], '', {
    WARMLINE_DATA_DIR: join(dir, '.data'),
    WARMLINE_CACHE_DIR: CACHE,
  })
  await rm(file)
  expect(out).toMatch(/^policies\/kettles\.yaml:5: warning: there is no article `loud-kettles`; the rule is left out$/m)
  expect(out).toMatch(
    /^policies\/kettles\.yaml:13: warning: there is no article `loud-kettles`; the example is left out$/m,
  )
  expect(out).not.toMatch(/kettles\.yaml:\d+: (?!warning)/)
}, 300_000)

test('the service starts on it', async () => {
  const service = await startTestService({ WARMLINE_CONTENT_DIR: dir })
  await service.close()
}, 300_000)
