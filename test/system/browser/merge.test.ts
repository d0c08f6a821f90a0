// Two accounts of one person in the browser: offered with what speaks for it, merged, answered, undone and split off.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { Ticket } from '#handoff'
import { ticketOf } from '../../service/records.ts'
import { faults, SETTLED } from '../../setup/axe.ts'
import { type Browser, findChromium, openBrowser } from '../../setup/browser.ts'
import { until } from '../../setup/redis.ts'
import { ADMIN, type Person, startTestService, type TestService } from '../../setup/service.ts'

const chromium = findChromium()
const inBrowser = chromium ? describe : describe.skip
const WIDE = { width: 1366, height: 768 }
const PHONE = { width: 390, height: 844 }

inBrowser('two accounts of one person', () => {
  let service: TestService
  let browser: Browser
  let lead: Person
  let page: Page
  let whole: string
  let part: string

  beforeAll(async () => {
    service = await startTestService()
    lead = await service.signIn()
    const wants = 'I want to talk to a person. I am nora.hale@example.com'
    const write = async (customer: string, text: string) => {
      await service.post('/playground/api/dms', { customer, text })
      return (await ticketOf(lead, `playground:brand:${customer}`)).id
    }
    whole = await write('Nora', `${wants}, the sofa has a torn seam`)
    part = await write('NoraHale', `${wants}, does nobody answer about the seam`)
    browser = await openBrowser(chromium ?? '')
    page = await browser.page(WIDE)
    page.setDefaultTimeout(8_000)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(`${service.url}/console/tickets/${whole}`)
    await page.getByRole('textbox', { name: 'E-mail' }).fill(ADMIN.email)
    await page.getByLabel('Password', { exact: true }).fill(ADMIN.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Claim' }).click()
    await page.getByText('You have it').waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
  })

  const read = (id: string) => lead.get<Ticket>(`/api/tickets/${id}`)
  const fineInBoth = async () => {
    // React Aria names a button that was pressed, also once it is gone.
    await until(async () => (await page.locator('[role=log] > [role=img]').count()) === 0)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.evaluate(SETTLED)
      expect(await faults(page)).toEqual([])
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  }

  test('the likely duplicate is offered with what both have, and merged with one press', async () => {
    await page.getByRole('tab', { name: 'Customer 1 may be the same person' }).click()
    await page.getByText('Has the same e-mail address').waitFor()
    await fineInBoth()
    await page.getByRole('button', { name: `Merge ${part} into this ticket` }).click()
    await page.getByText('Merged: NoraHale').waitFor()
    await page.locator('.part-chip', { hasText: part }).first().waitFor()
    await page.getByText(`Merged ${part} into this ticket by`).waitFor()
    await page.getByRole('heading', { name: 'May be the same person' }).waitFor({ state: 'detached' })
    expect(await read(part)).toMatchObject({ mergedInto: whole, state: 'resolved' })
  })

  test('Undo splits it off, and it is offered again', async () => {
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.locator('.part-chip').first().waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: 'May be the same person' }).waitFor()
    expect((await read(part)).mergedInto).toBeUndefined()
  })

  test('by its number from the menu; a wrong number says so', async () => {
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Merge another ticket…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Merge another ticket into this one' })
    await fineInBoth()
    const box = dialog.getByRole('textbox', { name: 'Number of the other ticket' })
    await box.fill('77')
    await dialog.getByRole('button', { name: 'Merge' }).click()
    await dialog.getByText('There is no such ticket.').waitFor()
    await box.fill(part.slice(2))
    await box.press('Control+Enter')
    await dialog.waitFor({ state: 'hidden' })
    await page.locator('.part-chip', { hasText: part }).first().waitFor()
  })

  test('a reply goes to whoever wrote last, or to whom the agent chooses', async () => {
    const to = page.getByRole('combobox', { name: 'To', exact: true })
    expect(await to.inputValue()).toBe(part)
    await page.getByText('Only NoraHale will see this').waitFor()
    const box = page.getByRole('textbox', { name: 'Reply' })
    await box.fill('I am looking into it.')
    await box.press('Control+Enter')
    const said = (customer: string) => `${service.url}/playground/api/timeline?customer=${customer}`
    const texts = async (customer: string) =>
      ((await (await fetch(said(customer))).json()) as { dms: { text: string }[] }).dms.map(({ text }) => text)
    await until(async () => (await texts('NoraHale')).includes('I am looking into it.'))
    await to.selectOption(whole)
    await page.getByText('Only Nora will see this').waitFor()
    await box.fill('I am looking into this one too.')
    await box.press('Control+Enter')
    await until(async () => (await texts('Nora')).includes('I am looking into this one too.'))
    expect(await texts('NoraHale')).not.toContain('I am looking into this one too.')
  })

  test('what the other account writes is seen at once; on a phone nothing is cut off', async () => {
    await service.post('/playground/api/dms', { customer: 'NoraHale', text: 'It is the left seam, by the way' })
    await page.getByText('It is the left seam, by the way').waitFor()
    await page.setViewportSize(PHONE)
    await fineInBoth()
    const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect(over).toBe(0)
    await page.setViewportSize(WIDE)
    await fineInBoth()
  })

  test('the other ticket names this one and leads there; split off, it goes on by itself', async () => {
    await page.goto(`${service.url}/console/tickets/${part}`)
    await page.getByText(`This ticket is merged into ${whole} and answered there.`).waitFor()
    await fineInBoth()
    await page.getByRole('link', { name: `Open ${whole}` }).click()
    await page.getByRole('article', { name: 'Ticket of Nora', exact: true }).waitFor()
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: `Split off NoraHale, ${part}` }).click()
    await page.locator('.part-chip').first().waitFor({ state: 'detached' })
    await until(async () => (await read(part)).state === 'waiting')
  })
})
