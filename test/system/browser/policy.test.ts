import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../../setup/browser.ts'
import { until } from '../../setup/redis.ts'
import { startTestService, type TestService } from '../../setup/service.ts'

const chromium = findChromium()
const inBrowser = chromium ? describe : describe.skip

const OLGA = { email: 'olga@harbourlane.example', name: 'Olga', password: 'a harbour full of boats' }
const BEN = { email: 'ben@harbourlane.example', name: 'Ben', password: 'a lighthouse far away' }
const ASKED = [
  'How long does a refund take?',
  'How long until I get my money back after a return?',
  'When will I get my refund back on my card?',
]
const FILE = 'refunds-and-compensation.yaml'
const ruleWith = (fact: string) => `
  - id: refunds.never-in-public
    when: { ${fact}: refunds, audience: public }
    then: move-to-private
    because: Refunds are not discussed in public, not even in general.
`
const EXAMPLE = `  - given: { audience: public, topic: refunds, knowledge: sure }
    expect: { verdict: move-to-private, because: refunds.never-in-public }
`
/** The brand as it is, with 10 euros of goodwill at most. */
const CAPPED = readFileSync('policies/brand.yaml', 'utf8').replace(
  /compensation: \{.*?\}/,
  'compensation: { most: 10, currency: EUR }',
)

inBrowser('a policy owner, in a browser', () => {
  let service: TestService
  let browser: Browser
  let olga: Page
  let ben: Page

  async function enter(page: Page, who: typeof OLGA): Promise<void> {
    await page.goto(`${service.url}/console`)
    await page.getByRole('textbox', { name: 'E-mail' }).fill(who.email)
    await page.getByLabel('Password', { exact: true }).fill(who.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  const part = (page: Page, name: string | RegExp) => page.getByRole('navigation').getByRole('link', { name }).click()
  const write = (page: Page) => page.getByRole('textbox', { name: /^Text of/ })

  beforeAll(async () => {
    service = await startTestService()
    const admin = await service.signIn()
    for (const who of [OLGA, BEN])
      expect((await admin.send('/api/people', { ...who, roles: ['policy-owner'] })).status).toBe(200)
    for (const [index, text] of ASKED.entries())
      await service.post('/playground/api/posts', { customer: `Guest ${index}`, text })
    await until(async () => {
      // A busy machine may say 503: it is asked again.
      const { posts = [] } = await service.timeline('')
      return (
        posts.filter(({ authorKind, text }) => authorKind === 'bot' && text.includes('5 working days')).length === 3
      )
    })
    browser = await openBrowser(chromium ?? '')
    olga = await browser.page()
    ben = await browser.page()
    for (const page of [olga, ben]) page.setDefaultTimeout(45_000)
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
  })

  test('signs in, lands at the policies, and reads every rule in words', async () => {
    await enter(olga, OLGA)
    await olga.getByRole('heading', { name: 'Policies', exact: true }).waitFor()
    expect(new URL(olga.url()).pathname).toBe('/console/policy')
    await olga.getByRole('searchbox', { name: 'Search the rules' }).fill('refunds.public')
    await olga.getByText('Money is never discussed in public').waitFor()
    await olga.getByText('1 rule of 1 topic').waitFor()
  })

  test('starts a draft, is shown a mistake at its line, and mends it', async () => {
    await olga.getByRole('button', { name: 'New draft' }).click()
    await olga.getByRole('textbox', { name: 'What is it about?' }).fill('No refunds in public')
    await olga.getByRole('button', { name: 'Start' }).click()
    await olga.getByRole('button', { name: FILE }).click()
    await write(olga).press('Control+Home')
    for (const key of ['ArrowDown', 'ArrowDown', 'End']) await olga.keyboard.press(key)
    await olga.keyboard.insertText(ruleWith('topik'))
    const problem = olga.getByRole('button', { name: /line 5.*topik/ })
    await problem.waitFor()
    expect(await olga.locator('.cm-lint-marker-error').count()).toBeGreaterThan(0)
    await write(olga).press('Control+z')
    await problem.waitFor({ state: 'detached' })
    await olga.keyboard.insertText(ruleWith('topic'))
    await olga.getByRole('button', { name: /no example shows it/ }).waitFor()
    await write(olga).press('Control+End')
    await olga.keyboard.insertText(EXAMPLE)
    await olga.getByText('None in this file.').waitFor()
    await olga.getByText(/^(\d+) of \1 examples pass\.$/).waitFor()
  })

  test('caps what may be offered at 10 euros', async () => {
    await olga.getByRole('button', { name: 'brand.yaml' }).click()
    await write(olga).press('Control+a')
    await olga.keyboard.insertText(CAPPED)
    await olga.getByText('None in this file.').waitFor()
    await olga
      .getByRole('button', { name: /asks for 20 offered, and the cap is 10 EUR/ })
      .first()
      .waitFor()
  })

  test('leaves the editor with the keyboard, and saves', async () => {
    await write(olga).press('Escape')
    await olga.keyboard.press('Tab')
    expect(await olga.locator('.cm-editor :focus').count()).toBe(0)
    await olga.getByRole('button', { name: 'Save', exact: true }).click()
    await olga.getByText('Changed, saved').waitFor()
  })

  test('sees which rule decides for any words, before and after', async () => {
    await part(olga, 'Which rule decides?')
    await olga.getByRole('textbox', { name: 'What a customer writes' }).fill('How long do refunds take?')
    await olga.getByRole('button', { name: 'Decide' }).click()
    await olga.getByRole('region', { name: 'Now' }).getByText('answers.sure').waitFor()
    await olga.getByRole('region', { name: 'With the draft' }).getByText('refunds.never-in-public').waitFor()
  })

  test('sees the three recorded conversations change', async () => {
    await part(olga, 'Replay')
    await olga.getByRole('button', { name: 'Replay' }).click()
    await olga.getByText('3 of 3 turns would end otherwise.').waitFor()
    for (const text of ASKED) await olga.getByText(text, { exact: true }).waitFor()
    expect(await olga.getByRole('region', { name: 'Now' }).getByText('Answered').count()).toBe(3)
    expect(await olga.getByRole('region', { name: 'With the draft' }).getByText('Moved to private').count()).toBe(3)
  })

  test('proposes it, and cannot approve what she wrote', async () => {
    await olga.getByRole('button', { name: 'Propose' }).click()
    await olga.getByRole('textbox', { name: /What changes/ }).fill('Strangers joined in when we spoke of refunds.')
    await olga.getByRole('dialog').getByRole('button', { name: 'Propose' }).click()
    // All examples of all files run before.
    await olga.getByText('somebody else has to approve it').waitFor({ timeout: 150_000 })
    expect(await olga.getByRole('button', { name: 'Approve' }).count()).toBe(0)
  })

  test('a second person reads what changes, and approves', async () => {
    await enter(ben, BEN)
    await part(ben, /^Drafts/)
    await ben.getByRole('link', { name: /No refunds in public/ }).click()
    await part(ben, /^Changes/)
    await ben.getByText('id: refunds.never-in-public').waitFor()
    await ben.getByText('compensation: { most: 10, currency: EUR }').waitFor()
    await ben.getByRole('button', { name: 'Approve' }).click()
    await ben.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
    await ben.getByText(`Approved by ${BEN.email}`).waitFor()
  })

  test('it is rolled out to 10 %, and the figures of both versions are there', async () => {
    await olga.getByRole('button', { name: 'Release' }).click()
    expect(await olga.getByRole('textbox', { name: 'Percent of customers' }).inputValue()).toBe('10')
    await olga.getByRole('dialog').getByRole('button', { name: 'Release' }).click()
    const rollout = olga.getByRole('region', { name: 'Rollout' })
    await rollout.getByText('10 %').waitFor()
    for (const [index, text] of ASKED.entries())
      await service.post('/playground/api/posts', { customer: `Friend ${index}`, text })
    await until(async () => {
      await olga.reload()
      await rollout.waitFor()
      const turns = await rollout.getByRole('row').getByRole('cell').first().innerText()
      return Number(turns) > 0
    })
    await rollout.getByRole('rowheader', { name: /^New/ }).waitFor()
  })

  test('and rolled back, with the reason in the audit log', async () => {
    await olga.getByRole('button', { name: 'Roll back' }).click()
    await olga.getByRole('textbox', { name: 'Why?' }).fill('Too many private conversations for today.')
    await olga.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click()
    await olga.getByText(/The rollout of .* was ended/).waitFor()
    await part(olga, 'Audit log')
    await olga.getByText('Too many private conversations for today.').last().waitFor()
    await part(olga, 'Versions')
    await olga.getByText('Rolled back', { exact: true }).waitFor()
  })

  test('nothing in the folder was touched', () => {
    expect(readFileSync(`policies/${FILE}`, 'utf8')).not.toContain('refunds.never-in-public')
  })
})
