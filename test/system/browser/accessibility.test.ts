// Every page by the rules of WCAG 2.2 AA that a program can check, light and dark, wide and on a phone.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { DraftView } from '../../../src/releases/desk/views.ts'
import { ticketOf } from '../../service/records.ts'
import { faults, SETTLED } from '../../setup/axe.ts'
import { type Browser, findChromium, openBrowser } from '../../setup/browser.ts'
import { until } from '../../setup/redis.ts'
import { ADMIN, startTestService, type TestService } from '../../setup/service.ts'

const chromium = findChromium()
const inBrowser = chromium ? describe : describe.skip

const TOO_WIDE = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
const SIZES = { wide: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } }
/** Near enough to an article to suggest a reply. */
const WANTS = 'I want a human. Will the corner sofa fit up our narrow stairs? My card is 4111 1111 1111 1111'
const MIA = 'playground:brand:Mia'

inBrowser('every page', () => {
  let service: TestService
  let browser: Browser
  let page: Page
  let ticket: string
  let draft: string

  beforeAll(async () => {
    service = await startTestService({ WARMLINE_APPROVALS: '0' })
    const lead = await service.signIn()
    await service.post('/playground/api/posts', { customer: 'Mia', text: 'Your lamp caught fire and burned my hand!' })
    await service.post('/playground/api/dms', { customer: 'Mia', text: WANTS })
    ticket = (await ticketOf(lead, MIA)).id
    const begin = async (title: string) =>
      (await lead.send('/api/policy/drafts', { title })).body as unknown as DraftView
    const silent = await begin('Nothing new')
    const path = 'policies/people.yaml'
    const text = (silent.files.find((file) => file.path === path)?.text ?? '').replace(
      'without being asked why',
      'at once',
    )
    const step = (id: string, what: string, body: object) => lead.send(`/api/policy/drafts/${id}/${what}`, body)
    await step(silent.id, 'file', { path, text, revision: silent.revision })
    await step(silent.id, 'propose', { message: 'please' })
    await step(silent.id, 'release', { shadow: true })
    draft = (await begin('Something else')).id
    browser = await openBrowser(chromium ?? '')
    page = await browser.page(SIZES.wide)
    page.setDefaultTimeout(30_000)
    await page.emulateMedia({ reducedMotion: 'reduce' })
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
  })

  /** Goes through the looks of a page; `ready` is there once it shows what it is for. `opens` opens what is looked at. */
  async function look(
    path: string,
    ready: string | RegExp,
    opens?: (size: keyof typeof SIZES) => Promise<void>,
  ): Promise<void> {
    const wrong: string[] = []
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
        await page.setViewportSize(SIZES[size])
        await page.goto(`${service.url}${path}`)
        await opens?.(size)
        await page.getByText(ready).first().waitFor()
        await page.evaluate(SETTLED)
        for (const fault of await faults(page)) wrong.push(`${size}, ${colorScheme}: ${fault}`)
        const over = await page.evaluate<number>(TOO_WIDE)
        if (over > 0) wrong.push(`${size}: ${over} pixels too wide`)
      }
    }
    expect([...new Set(wrong)]).toEqual([])
  }

  test('a program that looks for faults finds one', async () => {
    await page.setContent(
      '<html lang="en"><title>x</title><main><img src="x.png"><p style="color:#ccc">pale</p></main></html>',
    )
    const found = await faults(page)
    expect(found.map((one) => one.split(':')[0])).toEqual(expect.arrayContaining(['image-alt', 'color-contrast']))
  })

  test('the playground', () => look('/playground?customer=Mia', 'caught fire'))
  test('signing in', () => look('/console', 'Sign in'))

  test('the queue', async () => {
    await page.setViewportSize(SIZES.wide)
    await page.goto(`${service.url}/console`)
    await page.getByRole('textbox', { name: 'E-mail' }).fill(ADMIN.email)
    await page.getByLabel('Password', { exact: true }).fill(ADMIN.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Mia').first().waitFor()
    await look('/console', 'Mia')
  })

  const press = (name: string) => page.getByRole('button', { name, exact: true }).press('Enter')
  /** What is known stands beside the conversation, or behind a button where there is no room. */
  const openRail = async (size: keyof typeof SIZES) => {
    if (size === 'phone') await press('Facts, customer, notes, history')
  }
  test('a ticket, and what is known of it', async () => {
    await look(`/console/tickets/${ticket}`, 'Claim this ticket to reply')
    await look(`/console/tickets/${ticket}`, 'Suggested replies', openRail)
  })
  test.each([
    ['Customer', 'Promised so far'],
    ['Notes', 'No notes yet'],
    ['History', 'Came to the queue'],
  ])('the tab “%s” of a ticket', (tab, ready) =>
    look(`/console/tickets/${ticket}`, ready, async (size) => {
      await openRail(size)
      await page.getByRole('tab', { name: tab }).click()
    }),
  )
  test('what kind of message it is', () =>
    look(`/console/tickets/${ticket}`, 'What else it is', async (size) => {
      await openRail(size)
      await press('Correct it')
    }))
  test('a ticket of one’s own, and resolving it', async () => {
    const lead = await service.signIn()
    await lead.send(`/api/tickets/${ticket}/claim`)
    await look(`/console/tickets/${ticket}`, 'Send privately')
    await look(`/console/tickets/${ticket}`, 'Resolve this ticket', async (size) => {
      if (size === 'wide') return press('Resolve')
      await press('More actions')
      await page.getByRole('menuitem', { name: 'Resolve…' }).press('Enter')
    })
    await look(`/console/tickets/${ticket}`, 'Transfer this ticket', async (size) => {
      if (size === 'wide') return press('Transfer')
      await press('More actions')
      await page.getByRole('menuitem', { name: 'Transfer…' }).press('Enter')
    })
  })
  test('the bell, saved replies, and naming a colleague in a note', async () => {
    await service.post('/playground/api/dms', { customer: 'Mia', text: 'one more thing' })
    const open = (name: RegExp) => page.getByRole('button', { name }).press('Enter')
    await look('/console', 'Mark all as read', () => open(/^Notifications, \d+ unread/))
    await look(`/console/tickets/${ticket}`, 'Ask for the order number', () => open(/^Saved replies/))
    await look(`/console/tickets/${ticket}`, 'Name a colleague', async () => {
      await page.getByRole('radio', { name: /^Note/ }).click()
      await open(/^Name a colleague/)
    })
  })
  test('a ticket that is put aside, and a paused bot', async () => {
    const lead = await service.signIn()
    await lead.send(`/api/tickets/${ticket}/snooze`, {})
    await lead.send('/api/bot-pauses', { because: 'Wrong prices since noon' })
    await look(`/console/tickets/${ticket}`, 'Put aside until the customer writes')
    await look('/console?tab=mine&show=snoozed', /^put aside/)
    await lead.send(`/api/tickets/${ticket}/unsnooze`)
    await lead.send('/api/bot-pauses/resume', {})
  })
  test('choosing who will read a reply', async () => {
    const lead = await service.signIn()
    await service.post('/playground/api/posts', { customer: 'Pia', text: 'Your lamp caught fire and burned my hand!' })
    const { id } = await ticketOf(lead, 'playground:brand:Pia')
    await lead.send(`/api/tickets/${id}/claim`)
    await look(`/console/tickets/${id}`, 'Write publicly to everybody')
    await lead.send(`/api/tickets/${id}/resolve`)
    await look(`/console/tickets/${id}`, 'This ticket is resolved')
  })
  test('a case, step by step', () => look(`/console/cases/${encodeURIComponent(`${MIA}~1`)}`, 'caught fire'))
  test('the outbox', () => look('/console/outbox', /stuck|Nothing/i))
  test('people', () => look('/console/people', ADMIN.email))
  test('policies', () => look('/console/policy', 'in shadow'))
  test('drafts', () => look('/console/policy/drafts', 'Something else'))
  test('a draft', () => look(`/console/policy/drafts/${draft}`, 'Something else'))
  test('versions', () => look('/console/policy/versions', 'Nothing new'))
  test('how sure answers are', () => look('/console/policy/answers', /What these questions can prove/))
  test('the audit log', () => look('/console/policy/audit', /Nothing new|released/))
  test('a page that is not there', () => look('/console/nowhere', /no such page|nothing here|not here/i))

  test('a version', async () => {
    const lead = await service.signIn()
    const { rollout } = await until(async () => {
      const seen = await lead.get<{ rollout?: { version: string } }>('/api/policy')
      return seen.rollout && { rollout: seen.rollout }
    })
    await look(`/console/policy/versions/${rollout.version}`, 'Nothing new')
  })
})
