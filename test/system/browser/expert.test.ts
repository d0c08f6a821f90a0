// An expert outside in the browser: asked from a ticket, reads what was chosen, answers; the agent sees the note at once.
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

inBrowser('an expert outside', () => {
  let service: TestService
  let browser: Browser
  let lead: Person
  let agent: Page
  let expert: Page
  let id: string
  let link = ''

  beforeAll(async () => {
    service = await startTestService()
    lead = await service.signIn()
    const text = 'I want to talk to a person. Is the varnish of the cot safe? I am nora.hale@example.com'
    await service.post('/playground/api/dms', { customer: 'Nora', text })
    id = (await ticketOf(lead, 'playground:brand:Nora')).id
    browser = await openBrowser(chromium ?? '')
    agent = await browser.page(WIDE)
    agent.setDefaultTimeout(8_000)
    await agent.emulateMedia({ reducedMotion: 'reduce' })
    await agent.goto(`${service.url}/console/tickets/${id}`)
    await agent.getByRole('textbox', { name: 'E-mail' }).fill(ADMIN.email)
    await agent.getByLabel('Password', { exact: true }).fill(ADMIN.password)
    await agent.getByRole('button', { name: 'Sign in' }).click()
    await agent.getByRole('button', { name: 'Claim' }).click()
    await agent.getByText('You have it').waitFor()
    expert = await browser.page(WIDE)
    expert.setDefaultTimeout(8_000)
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
  })

  const read = () => lead.get<Ticket>(`/api/tickets/${id}`)
  const fine = async (page: Page) => {
    // React Aria names a button that was pressed, also once it is gone.
    await until(async () => (await page.locator('[role=log] > [role=img]').count()) === 0)
    for (const size of [WIDE, PHONE])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize(size)
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.evaluate(SETTLED)
        expect(await faults(page)).toEqual([])
        const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
        expect(over).toBe(0)
      }
    await page.setViewportSize(WIDE)
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  }
  const ask = async (name: string) => {
    await agent.getByRole('button', { name: 'More actions' }).click()
    await agent.getByRole('menuitem', { name: 'Ask an expert outside…' }).click()
    const dialog = agent.getByRole('dialog', { name: 'Ask an expert outside' })
    await dialog.getByRole('textbox', { name: 'Their name' }).fill(name)
    await dialog.getByRole('textbox', { name: 'Question' }).fill('Is our varnish safe for a child who bites it?')
    return dialog
  }
  const made = async (name: string) => {
    await agent.getByRole('button', { name: 'Make the link' }).click()
    const dialog = agent.getByRole('dialog', { name: `The link for ${name}` })
    const url = await dialog.getByRole('textbox', { name: 'Link' }).inputValue()
    return { dialog, url }
  }

  test('is asked from the menu, with the messages that the agent chooses; the link is shown once', async () => {
    const dialog = await ask('Dr. Weiss')
    await dialog.getByRole('checkbox', { name: /varnish of the cot/ }).check({ force: true })
    await fine(agent)
    const { dialog: shown, url } = await made('Dr. Weiss')
    link = url
    await fine(agent)
    await shown.getByRole('button', { name: 'Done' }).click()
    await agent.getByText('Expert asked Dr. Weiss: 1 message, private data masked').waitFor()
    expect(JSON.stringify(await read())).not.toContain(link.slice(link.indexOf('#') + 1))
  })

  test('reads the question and these messages alone, masked, on a page that nothing leads back from', async () => {
    const asked: string[] = []
    expert.on('request', (request) => asked.push(`${request.url()} ${request.headers().referer ?? ''}`))
    const page = await expert.goto(link)
    expect(page?.headers()).toMatchObject({ 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' })
    await expert.getByRole('heading', { name: 'A question for Dr. Weiss' }).waitFor()
    await expert.getByText('Is our varnish safe for a child who bites it?').waitFor()
    await expert.getByText(/Is the varnish of the cot safe/).waitFor()
    expect(await expert.locator('body').innerText()).not.toMatch(/nora|hale/i)
    expect(asked.join('\n')).not.toContain(link.slice(link.indexOf('#') + 1))
    await fine(expert)
  })

  test('answers by keyboard; an empty answer says so; the agent has the note at once', async () => {
    await expert.getByRole('button', { name: 'Send the answer' }).click()
    await expert.getByText('Write an answer first.').waitFor()
    await fine(expert)
    await expert.getByRole('textbox', { name: 'Your answer' }).fill('Yes: EN 71-3, tested in May.')
    await expert.keyboard.press('Tab')
    await expert.keyboard.press('Enter')
    await expert.getByRole('heading', { name: 'Thank you' }).waitFor()
    await fine(expert)
    await agent.getByText('Yes: EN 71-3, tested in May.').first().waitFor()
    await agent.getByRole('tab', { name: /Notes/ }).click()
    await agent.getByText('Dr. Weiss has answered').waitFor()
    await fine(agent)
  })

  test('an answered, a forged and a halved link say so', async () => {
    await expert.reload()
    await expert.getByText('This question has been answered').waitFor()
    for (const [hash, words] of [
      [`${link.slice(link.indexOf('#'))}x`, 'This link is not valid'],
      ['', 'Copy all of the link'],
    ] as const) {
      await expert.goto('about:blank')
      await expert.goto(`${service.url}/expert${hash}`)
      await expert.getByText(words).waitFor()
      await fine(expert)
    }
  })

  test('a link is taken back from the ticket', async () => {
    await ask('Mr. Lund')
    const { dialog, url } = await made('Mr. Lund')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await agent.getByRole('tab', { name: /Notes/ }).click()
    await agent.getByRole('button', { name: 'Take back the link for Mr. Lund' }).click()
    await agent.getByText('Mr. Lund taken back').waitFor()
    await expert.goto('about:blank')
    await expert.goto(url)
    await expert.getByText('This link was taken back').waitFor()
  })
})
