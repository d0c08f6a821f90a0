// What happens to a service whose content is broken: at its start, and while it serves customers.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { OWN_CONTENT } from '#content/load'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'

const ARTICLE = 'knowledge/delivery-costs.md'
const QUESTION = 'How much is delivery?'

/** The sample brand's content in a folder of its own. */
async function copyContent(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'warmline-content-'))
  for (const folder of ['dialogs', 'knowledge', 'policies']) {
    await cp(join(OWN_CONTENT, folder), join(dir, folder), { recursive: true })
  }
  return dir
}

let dir: string
beforeAll(async () => {
  dir = await copyContent()
})
afterAll(() => rm(dir, { recursive: true, force: true }))

/** Rewrites a file; returns what it was. */
async function rewrite(path: string, change: (text: string) => string): Promise<string> {
  const text = await readFile(join(dir, path), 'utf8')
  await writeFile(join(dir, path), change(text))
  return text
}

describe('broken content at the start', () => {
  test.each([
    [
      'a rule that is misspelt',
      'policies/spam.yaml',
      'then: ignore',
      'then: ignoer',
      /policies\/spam\.yaml:\d+: .*ignoer/,
    ],
    ['an article without a title', ARTICLE, 'title:', 'titel:', /knowledge\/delivery-costs\.md:\d+: .*title/],
    [
      'YAML that ends in the middle',
      'dialogs/order-status.yaml',
      'needs:',
      'needs: [',
      /dialogs\/order-status\.yaml:\d+: /,
    ],
  ])('%s: the service does not start, and says where to look', async (_name, path, from, to, says) => {
    const before = await rewrite(path, (text) => text.replace(from, to))
    await expect(startTestService({ WARMLINE_CONTENT_DIR: dir })).rejects.toThrow(says)
    await rewrite(path, () => before)
  })
})

describe('content that is changed while we serve', () => {
  let service: TestService
  let lead: Person
  beforeAll(async () => {
    service = await startTestService({ WARMLINE_CONTENT_DIR: dir })
    lead = await service.signIn()
  })
  afterAll(() => service?.close())

  type State = { version: string; problems: { file: string; line: number; severity: string }[] }
  const content = () => lead.get<State>('/api/content')
  async function answerTo(customer: string): Promise<string> {
    await service.post('/playground/api/dms', { customer, text: QUESTION })
    const answer = await until(async () =>
      (await service.timeline(customer)).dms.find((one) => one.authorKind !== 'customer'),
    )
    return answer.text
  }

  let good: string
  let article: string
  let price: string

  test('broken: the last good version keeps serving, and the console shows what is wrong and where', async () => {
    good = (await content()).version
    article = await rewrite(ARTICLE, (text) => text.replace('title:', 'titel:'))
    const { version, problems } = await until(async () => {
      const state = await content()
      return state.problems.length > 0 && state
    })
    expect(version).toBe(good)
    expect(problems).toContainEqual(expect.objectContaining({ file: ARTICLE, severity: 'error' }))
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200)
    price = /£\d+\.\d\d/.exec(article)?.[0] ?? 'no price'
    expect(await answerTo('Ana')).toContain(price)
  })

  test('mended: the new version serves within moments, without a restart', async () => {
    await rewrite(ARTICLE, () => article.replaceAll(price, '£4.15'))
    const { version } = await until(async () => {
      const state = await content()
      return state.version !== good && state
    })
    expect(version).toMatch(/^[0-9a-f]{12}$/)
    expect((await content()).problems.filter((one) => one.severity === 'error')).toEqual([])
    expect(await answerTo('Ben')).toContain('£4.15')
  })

  test('put back: the version is the one it was', async () => {
    await rewrite(ARTICLE, () => article)
    await until(async () => (await content()).version === good)
  })
})
