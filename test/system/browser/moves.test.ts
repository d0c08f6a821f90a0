// A day's moves in the browser: the next ticket, handing it on, putting it aside, tags, colleagues beside one, pausing the bot.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { Ticket } from '#handoff'
import { ticketOf } from '../../service/records.ts'
import { type Browser, findChromium, openBrowser } from '../../setup/browser.ts'
import { until } from '../../setup/redis.ts'
import { ADMIN, type Person, startTestService, type TestService } from '../../setup/service.ts'

const chromium = findChromium()
const inBrowser = chromium ? describe : describe.skip
const THEO = { email: 'theo@harbourlane.example', password: 'lights on the quay wall' }

inBrowser('a working day at the desk', () => {
  let service: TestService
  let browser: Browser
  let lead: Person
  let ada: Page
  let theo: Page

  async function signedIn(email: string, password: string): Promise<Page> {
    const page = await browser.page({ width: 1366, height: 768 })
    page.setDefaultTimeout(20_000)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(`${service.url}/console`)
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Next ticket' }).waitFor()
    return page
  }
  beforeAll(async () => {
    service = await startTestService()
    lead = await service.signIn()
    await lead.send('/api/people', { ...THEO, name: 'Theo Lindqvist', roles: ['agent'] })
    browser = await openBrowser(chromium ?? '')
    ada = await signedIn(ADMIN.email, ADMIN.password)
    theo = await signedIn(THEO.email, THEO.password)
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
  })

  const direct = (customer: string, text: string) => service.post('/playground/api/dms', { customer, text })
  const waiting = async (customer: string, text: string) => {
    await direct(customer, text)
    return (await ticketOf(lead, `playground:brand:${customer}`)).id
  }
  const read = (id: string) => lead.get<Ticket>(`/api/tickets/${id}`)
  const opened = (page: Page, customer: string) =>
    page.getByRole('article', { name: `Ticket of ${customer}` }).waitFor()
  const press = async (page: Page, key: string) => {
    await page.locator('#main').focus()
    await page.keyboard.press(key)
  }

  test('“Next ticket” opens the most urgent one, claimed', async () => {
    await waiting('Sue', 'I want to talk to a person about my order')
    await waiting('Kev', 'The lamp caught fire last night and burned the carpet')
    await ada.getByRole('button', { name: 'Next ticket' }).click()
    await opened(ada, 'Kev')
    await ada.getByText('You have it').waitFor()
    await press(ada, 'N')
    await opened(ada, 'Sue')
    await press(ada, 'N')
    await ada.getByText('Nothing waits for you.').waitFor()
  })

  test('a ticket is transferred to a colleague by keyboard, with a note; it is theirs, by name', async () => {
    const id = await waiting('Tom', 'I want to talk to a person about my sofa')
    await ada.goto(`${service.url}/console/tickets/${id}`)
    await opened(ada, 'Tom')
    await press(ada, 'c')
    await ada.getByText('You have it').waitFor()
    await press(ada, 't')
    const dialog = ada.getByRole('dialog', { name: 'Transfer this ticket' })
    await dialog.getByRole('combobox', { name: 'To' }).selectOption({ label: 'Theo Lindqvist (off duty, holds 0)' })
    await dialog.getByRole('textbox', { name: 'Note' }).fill('Leeds has two left')
    await dialog.getByRole('button', { name: 'Transfer' }).press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    await ada.getByText('Theo Lindqvist has it').waitFor()
    await theo.goto(`${service.url}/console/tickets/${id}`)
    await theo.getByText('You have it').waitFor()
    await theo.getByText('Leeds has two left').waitFor()
    expect(await read(id)).toMatchObject({ state: 'claimed', owner: THEO.email })
  })

  test('colleagues see who looks at a ticket, and where they type', async () => {
    const id = (await ticketOf(lead, 'playground:brand:Tom')).id
    await ada.goto(`${service.url}/console/tickets/${id}`)
    await opened(ada, 'Tom')
    await ada.getByRole('img', { name: 'Also looking: Theo Lindqvist' }).waitFor()
    await theo.getByRole('textbox', { name: 'Reply' }).fill('Good news')
    await ada.getByText('Theo Lindqvist is typing a private reply').waitFor()
    await ada.goto(`${service.url}/console`)
    await theo.locator('.viewers').waitFor({ state: 'detached' })
  })

  test('a ticket is put aside until the customer writes, and is back then', async () => {
    const id = (await ticketOf(lead, 'playground:brand:Tom')).id
    await press(theo, 's')
    await theo.getByRole('menuitem', { name: 'Until they write' }).click()
    await theo.getByText('Put aside until the customer writes').waitFor()
    await theo.getByRole('tab', { name: /Mine/ }).click()
    await theo.getByText('You hold no tickets').waitFor()
    await theo.getByRole('combobox', { name: 'Show' }).selectOption('snoozed')
    await theo.getByRole('link', { name: /Tom/ }).waitFor()
    await direct('Tom', 'one more thing about the sofa')
    await theo.getByText('Nothing here').waitFor()
    await until(async () => (await read(id)).snoozed === undefined)
    await theo.getByRole('combobox', { name: 'Show' }).selectOption('')
    await theo.getByRole('link', { name: /Tom/ }).waitFor()
  })

  test('tags are added and taken away; the end has an outcome', async () => {
    const id = (await ticketOf(lead, 'playground:brand:Tom')).id
    const box = theo.getByRole('textbox', { name: 'Add a tag' })
    await box.fill('Late delivery, Leeds')
    await box.press('Enter')
    await theo.getByRole('button', { name: 'Remove the tag leeds' }).click()
    await until(async () => (await read(id)).tags.join() === 'late delivery')
    await press(theo, 'e')
    const dialog = theo.getByRole('dialog', { name: 'Resolve this ticket' })
    await dialog.getByRole('radio', { name: 'Passed on' }).check({ force: true })
    await dialog.getByRole('button', { name: 'Resolve' }).click()
    await until(async () => (await read(id)).outcome === 'passed-on')
  })

  test('the bot is paused for all to see, and answers again', async () => {
    await ada.getByRole('button', { name: /^Account/ }).click()
    await ada.getByRole('menuitem', { name: 'Pause the bot…' }).click()
    const dialog = ada.getByRole('dialog', { name: 'Pause the bot' })
    await dialog.getByRole('textbox', { name: 'Why' }).fill('Wrong prices since noon')
    await dialog.getByRole('button', { name: 'Pause the bot' }).click()
    await theo.getByText('The bot is paused everywhere.').waitFor()
    expect(await theo.getByRole('button', { name: 'Let it answer again' }).count()).toBe(0)
    const id = await waiting('Una', 'How much is delivery?')
    expect((await read(id)).conversations.flatMap(({ messages }) => messages)).toHaveLength(1)
    await ada.getByRole('button', { name: 'Let it answer again' }).click()
    await theo.getByText('The bot is paused everywhere.').waitFor({ state: 'detached' })
  })
})
