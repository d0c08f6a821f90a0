// The queue in a browser: rows, and the keys that go through them.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { ticketOf } from '../../service/records.ts'
import { type Browser, findChromium, openBrowser } from '../../setup/browser.ts'
import { until } from '../../setup/redis.ts'
import { ADMIN, startTestService, type TestService } from '../../setup/service.ts'

const chromium = findChromium()
const inBrowser = chromium ? describe : describe.skip

inBrowser('the queue', () => {
  let service: TestService
  let browser: Browser
  let page: Page
  const wait = async (customer: string) => {
    await service.post('/playground/api/dms', { customer, text: 'I want to talk to a person, please' })
    return (await ticketOf(await service.signIn(), `playground:brand:${customer}`)).id
  }

  beforeAll(async () => {
    service = await startTestService()
    await wait('Ada')
    await wait('Ben')
    browser = await openBrowser(chromium ?? '')
    page = await browser.page({ width: 1366, height: 768 })
    page.setDefaultTimeout(30_000)
    await page.goto(`${service.url}/console`)
    await page.getByRole('textbox', { name: 'E-mail' }).fill(ADMIN.email)
    await page.getByLabel('Password', { exact: true }).fill(ADMIN.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.locator('.row').nth(1).waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
  })

  test('] and [ open the next and the previous ticket, and stop at the ends of the list', async () => {
    const names = await page.locator('.row-name').allTextContents()
    const shows = (name = '') => page.getByRole('article', { name: `Ticket of ${name}` }).waitFor()
    await page.keyboard.press(']')
    await shows(names[0])
    await page.keyboard.press(']')
    await shows(names[1])
    await page.keyboard.press(']')
    await page.keyboard.press('[')
    await shows(names[0])
    expect(names.toSorted()).toEqual(['Ada', 'Ben'])
  })

  test('a new ticket comes into the list by itself', async () => {
    await wait('Cleo')
    await page.locator('.row-name').getByText('Cleo').waitFor()
  })

  test('whoever resolves a ticket has the next one of the list before them, and one that was claimed keeps its place', async () => {
    const names = await page.locator('.row-name').allTextContents()
    await page.getByRole('link', { name: new RegExp(names[0] ?? '') }).click()
    await page.getByRole('button', { name: 'Claim' }).click()
    await page.getByText('You have it').waitFor()
    await page
      .locator('.row')
      .nth(names.length - 1)
      .waitFor({ state: 'detached' })
    await page.locator('#main').focus()
    await page.keyboard.press('e')
    const dialog = page.getByRole('dialog', { name: 'Resolve this ticket' })
    expect(await dialog.getByRole('checkbox', { name: /open the next ticket/ }).isChecked()).toBe(true)
    await dialog.getByRole('button', { name: 'Resolve' }).click()
    await page.getByRole('article', { name: `Ticket of ${names[1]}` }).waitFor()
    await page
      .getByRole('status')
      .filter({ hasText: `Resolved: ${names[0]}` })
      .waitFor()
  })

  test('a computer whose clock is an hour wrong shows the right times', async () => {
    const wrong = await browser.page({ width: 1366, height: 768 })
    await wrong.clock.setSystemTime(Date.now() + 3_600_000)
    await wrong.goto(`${service.url}/console`)
    await wrong.getByRole('textbox', { name: 'E-mail' }).fill(ADMIN.email)
    await wrong.getByLabel('Password', { exact: true }).fill(ADMIN.password)
    await wrong.getByRole('button', { name: 'Sign in' }).click()
    const due = (on: Page) => on.locator('.row-due').first().innerText()
    await wrong.locator('.row-due').first().waitFor()
    await until(async () => (await due(wrong)) === (await due(page)))
  })

  test('a ticket that is open while its customer is erased shows nothing of them any longer', async () => {
    const id = await wait('Gone')
    await page.goto(`${service.url}/console/tickets/${id}`)
    await page.getByRole('article', { name: 'Ticket of Gone' }).waitFor()
    const lead = await service.signIn()
    const customer = encodeURIComponent('playground:brand:Gone')
    expect((await lead.send(`/api/customers/${customer}/erase`)).status).toBe(204)
    await page.getByText('This ticket is gone: its customer was erased.').waitFor()
    expect(await page.locator('#main').innerText()).not.toContain('I want to talk')
    await page.getByRole('button', { name: 'Back to the queue' }).click()
    await page.getByText('Choose a ticket').waitFor()
  })
})
