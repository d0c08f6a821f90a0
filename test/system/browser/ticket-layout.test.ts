// The ticket page in the browser: the conversation owns it, and what is sent can be taken back.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { ticketOf } from '../../service/records.ts'
import { type Browser, findChromium, openBrowser } from '../../setup/browser.ts'
import { until } from '../../setup/redis.ts'
import { ADMIN, type Person, startTestService, type TestService } from '../../setup/service.ts'

const chromium = findChromium()
const inBrowser = chromium ? describe : describe.skip

inBrowser('the ticket page', () => {
  let service: TestService
  let browser: Browser
  let lead: Person
  let page: Page

  beforeAll(async () => {
    service = await startTestService()
    lead = await service.signIn()
    browser = await openBrowser(chromium ?? '')
    page = await browser.page({ width: 1366, height: 768 })
    page.setDefaultTimeout(20_000)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(`${service.url}/console`)
    await page.getByRole('textbox', { name: 'E-mail' }).fill(ADMIN.email)
    await page.getByLabel('Password', { exact: true }).fill(ADMIN.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Nobody is waiting').waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
  })

  const post = (customer: string, text: string) => service.post('/playground/api/posts', { customer, text })
  const direct = (customer: string, text: string) => service.post('/playground/api/dms', { customer, text })
  const opened = async (customer: string) => (await ticketOf(lead, `playground:brand:${customer}`)).id
  const open = async (customer: string) => {
    const id = await opened(customer)
    await page.goto(`${service.url}/console/tickets/${id}`)
    await page.getByRole('article', { name: `Ticket of ${customer}` }).waitFor()
    return id
  }
  const claim = async () => {
    await page.getByRole('button', { name: 'Claim' }).click()
    await page.getByText('You have it').waitFor()
  }
  const reply = () => page.getByRole('textbox', { name: 'Reply' })
  const told = async (customer: string) => {
    const { posts, dms } = await service.timeline(customer)
    return [...posts, ...dms].map(({ text }) => text)
  }
  async function picture(name: string): Promise<void> {
    const folder = process.env.WARMLINE_PICTURES
    if (!folder) return
    await mkdir(folder, { recursive: true })
    for (const [size, viewport] of [
      ['wide', { width: 1366, height: 768 }],
      ['phone', { width: 390, height: 844 }],
    ] as const) {
      await page.setViewportSize(viewport)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.evaluate(
          'Promise.allSettled(document.getAnimations().map(({ finished }) => finished)).then(() => undefined)',
        )
        await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) })
      }
    }
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 1366, height: 768 })
  }

  test('the conversation has 45 % of the height and the composer is whole, however long the wish is', async () => {
    const wish = `I want a person. ${'My wardrobe came with a broken door and nobody calls me back. '.repeat(12)}`
    await direct('Lia', wish)
    await open('Lia')
    await claim()
    await reply().fill('Good day Lia')
    const conversation = await page.getByRole('region', { name: 'Conversation' }).boundingBox()
    const send = await page.getByRole('button', { name: 'Send privately' }).boundingBox()
    await picture('long-wish')
    expect(conversation?.height).toBeGreaterThanOrEqual(768 * 0.45)
    expect((send?.y ?? 999) + (send?.height ?? 0)).toBeLessThanOrEqual(768)
    await page.getByRole('button', { name: 'more', exact: true }).click()
    const after = await page.getByRole('region', { name: 'Conversation' }).boundingBox()
    expect(Math.abs((after?.height ?? 0) - (conversation?.height ?? 0))).toBeLessThan(1)
  })

  test('what is sent can be taken back for some seconds, and is sent once when it is not', async () => {
    await open('Lia')
    await reply().fill('We ring you at noon.')
    await reply().press('Control+Enter')
    await page.getByRole('status', { name: 'Your reply is about to be sent' }).waitFor()
    await picture('sending')
    await page.keyboard.press('Escape')
    await reply().waitFor()
    expect(await reply().inputValue()).toBe('We ring you at noon.')
    expect(await told('Lia')).not.toContain('We ring you at noon.')
    await reply().press('Control+Enter')
    await page.getByRole('status', { name: 'Your reply is about to be sent' }).waitFor()
    await until(async () => (await told('Lia')).includes('We ring you at noon.'))
    expect((await told('Lia')).filter((text) => text === 'We ring you at noon.')).toHaveLength(1)
    await until(async () => (await reply().inputValue()) === '')
  })

  test('going on to another ticket sends at once; reloading keeps the draft and sends nothing', async () => {
    await post('Pia', 'Your lamp caught fire and burned my hand!')
    const pia = await opened('Pia')
    const lia = await open('Lia')
    await reply().fill('Kept as a draft.')
    await reply().press('Control+Enter')
    await page.getByRole('status', { name: 'Your reply is about to be sent' }).waitFor()
    await page.reload()
    await until(async () => (await reply().inputValue()) === 'Kept as a draft.')
    expect(await told('Lia')).not.toContain('Kept as a draft.')
    await reply().press('Control+Enter')
    await page.getByRole('status', { name: 'Your reply is about to be sent' }).waitFor()
    await page.locator(`a[href^="/console/tickets/${pia}"]`).first().click()
    await page.getByRole('article', { name: 'Ticket of Pia' }).waitFor()
    await until(async () => (await told('Lia')).includes('Kept as a draft.'))
    const { draft } = await lead.get<{ draft: object }>(`/api/tickets/${lia}`)
    expect(draft).not.toHaveProperty('private')
  })

  test('it never begins in public: the box is folded until it is asked for, and danger is told of above', async () => {
    await open('Pia')
    await page.getByRole('region', { name: 'Danger' }).waitFor()
    await claim()
    await page.getByRole('button', { name: 'Write publicly to everybody on Playground' }).waitFor()
    expect(await reply().count()).toBe(0)
    await picture('folded')
    await page.getByRole('radio', { name: /^Private/ }).click()
    await reply().waitFor()
    const conversation = await page.getByRole('region', { name: 'Conversation' }).boundingBox()
    expect(conversation?.height).toBeGreaterThanOrEqual(768 * 0.45)
    await page.getByRole('radio', { name: /^Public/ }).click()
    await page.getByRole('button', { name: 'Write publicly to everybody on Playground' }).press('Enter')
    await reply().fill('Please ring us on 07700 900412')
    await page.getByRole('button', { name: /^Remove 07700/ }).waitFor()
    await picture('findings')
    await page.getByRole('button', { name: /^Remove 07700/ }).press('Enter')
    await page.getByRole('button', { name: /^Remove 07700/ }).waitFor({ state: 'detached' })
    expect(await reply().inputValue()).toBe('Please ring us on ')
  })
})
