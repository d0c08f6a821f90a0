// A draft in two browsers, and in one whose connection goes away: whatever happens, what was typed stays.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { DraftView } from '../../../src/releases/desk/views.ts'
import { type Browser, findChromium, openBrowser } from '../../setup/browser.ts'
import { until } from '../../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../../setup/service.ts'

const chromium = findChromium()
const inBrowser = chromium ? describe : describe.skip

const OLGA = { email: 'olga@harbourlane.example', name: 'Olga', password: 'a harbour full of boats' }
const BEN = { email: 'ben@harbourlane.example', name: 'Ben', password: 'a lighthouse far away' }
const FILE = 'people.yaml'

inBrowser('one draft', () => {
  let service: TestService
  let browser: Browser
  let admin: Person
  let olga: Page
  let ben: Page
  let draft: string

  async function enter(who: typeof OLGA): Promise<Page> {
    const page = await browser.page()
    page.setDefaultTimeout(45_000)
    await page.goto(`${service.url}/console/policy/drafts/${draft}`)
    await page.getByRole('textbox', { name: 'E-mail' }).fill(who.email)
    await page.getByLabel('Password', { exact: true }).fill(who.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: FILE }).click()
    await text(page).waitFor()
    return page
  }
  const text = (page: Page) => page.getByRole('textbox', { name: `Text of policies/${FILE}` })
  const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true })
  async function writeFirst(page: Page, line: string): Promise<void> {
    await text(page).press('Control+Home')
    await page.keyboard.insertText(`${line}\n`)
    await page.getByText('Not saved', { exact: true }).waitFor()
  }
  async function saved(): Promise<string> {
    const { files } = await admin.get<DraftView>(`/api/policy/drafts/${draft}`)
    return files.find(({ path }) => path === `policies/${FILE}`)?.text ?? ''
  }

  beforeAll(async () => {
    service = await startTestService()
    admin = await service.signIn()
    for (const who of [OLGA, BEN]) await admin.send('/api/people', { ...who, roles: ['policy-owner'] })
    draft = ((await admin.send('/api/policy/drafts', { title: 'Two of us' })).body as unknown as DraftView).id
    browser = await openBrowser(chromium ?? '')
    olga = await enter(OLGA)
    ben = await enter(BEN)
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
  })

  test('whoever saves second is shown both texts, and chooses', async () => {
    await writeFirst(olga, '# by Olga')
    await writeFirst(ben, '# by Ben')
    await save(olga).click()
    await olga.getByText('Changed, saved', { exact: true }).waitFor()
    await save(ben).click()
    const notice = ben.getByRole('alert').filter({ hasText: 'meanwhile' })
    await notice.getByText(`${OLGA.email} saved`).waitFor()
    expect(await saved()).toMatch(/^# by Olga\n/)
    for (const line of ['# by Olga', '# by Ben']) await notice.getByText(line).first().waitFor()
    await notice.getByRole('button', { name: 'Keep mine' }).click()
    await save(ben).click()
    await until(async () => (await saved()).startsWith('# by Ben\n'))
  })

  test('without a connection the words stay, it is said that they are not saved, and they are saved when it is back', async () => {
    await olga.reload()
    await olga.getByRole('button', { name: FILE }).click()
    await olga.context().setOffline(true)
    await writeFirst(olga, '# in a tunnel')
    await save(olga).click()
    await olga.getByRole('alert').first().waitFor()
    expect(await text(olga).innerText()).toContain('# in a tunnel')
    expect(await saved()).not.toContain('tunnel')
    await olga.context().setOffline(false)
    await save(olga).click()
    await until(async () => (await saved()).startsWith('# in a tunnel\n# by Ben\n'))
  })
})
