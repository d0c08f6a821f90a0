// A ticket in the browser, wide and on a phone: nothing is resolved, written in public or lost by accident.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { Ticket } from '#handoff'
import { ticketOf } from '../../service/records.ts'
import { type Browser, findChromium, openBrowser } from '../../setup/browser.ts'
import { until } from '../../setup/redis.ts'
import { ADMIN, type Person, startTestService, type TestService } from '../../setup/service.ts'

const chromium = findChromium()
const inBrowser = chromium ? describe : describe.skip

const SIZES = [
  ['wide', { width: 1366, height: 768 }],
  ['phone', { width: 390, height: 844 }],
] as const

const PUBLICLY = 'Write publicly to everybody on Playground'

inBrowser.each(SIZES)('a ticket on a %s screen', (size, viewport) => {
  let service: TestService
  let browser: Browser
  let lead: Person
  let page: Page

  beforeAll(async () => {
    service = await startTestService()
    lead = await service.signIn()
    browser = await openBrowser(chromium ?? '')
    page = await browser.page(viewport)
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
  /** The ticket of a customer who has written; returns its id. */
  const opened = async (customer: string) => (await ticketOf(lead, `playground:brand:${customer}`)).id
  const read = (id: string) => lead.get<Ticket & { draft: Record<string, string> }>(`/api/tickets/${id}`)
  const open = async (id: string, customer: string, on = page) => {
    await on.goto(`${service.url}/console/tickets/${id}`)
    await on.getByRole('article', { name: `Ticket of ${customer}` }).waitFor()
  }
  const claim = async (on = page) => {
    await on.getByRole('button', { name: 'Claim' }).click()
    await on.getByText('You have it').waitFor()
  }
  const reply = (on = page) => on.getByRole('textbox', { name: 'Reply' })
  const side = (name: string, on = page) => on.getByRole('radio', { name: new RegExp(`^${name}`) })
  const chosen = (on = page) => on.locator('.side[aria-checked="true"]').innerText()
  /** For whoever wants to look: pictures of the page, light and dark. */
  async function picture(name: string): Promise<void> {
    const folder = process.env.WARMLINE_PICTURES
    if (!folder) return
    await mkdir(folder, { recursive: true })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) })
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }

  test('whoever clicks again where “Claim” was presses nothing', async () => {
    await direct('Nora', 'I want to talk to a person. My lamp hums.')
    const id = await opened('Nora')
    await open(id, 'Nora')
    await picture('waiting')
    const box = await page.getByRole('button', { name: 'Claim' }).boundingBox()
    if (!box) throw new Error('there is no button to claim with')
    const spots = [0.05, 0.5, 0.95].map((part) => [box.x + box.width * part, box.y + box.height / 2] as const)
    const [x, y] = spots[1] ?? [0, 0]
    await page.mouse.click(x, y)
    await page.mouse.click(x, y)
    await page.getByText('You have it').waitFor()
    for (const [left, top] of spots) await page.mouse.click(left, top, { clickCount: 2 })
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(await read(id)).toMatchObject({ state: 'claimed', owner: ADMIN.email })
    for (const [left, top] of spots) {
      const under = `document.elementFromPoint(${left}, ${top})?.closest('button, a')?.textContent ?? ''`
      expect(await page.evaluate(under)).toBe('')
    }
    await picture('claimed')
  })

  test('resolving by keyboard asks first, and is taken back with “Undo”', async () => {
    const id = await opened('Nora')
    await page.locator('#main').focus()
    await page.keyboard.press('e')
    const dialog = page.getByRole('dialog', { name: 'Resolve this ticket' })
    await dialog.getByText('Nobody has answered').waitFor()
    await dialog.getByRole('radio', { name: 'Tomorrow' }).check({ force: true })
    await dialog.getByRole('textbox', { name: 'Note' }).fill('Sent a new lamp')
    await picture('resolve')
    await dialog.getByRole('button', { name: 'Resolve' }).press('Enter')
    const toast = page.getByRole('status').filter({ hasText: 'Resolved: Nora' })
    await toast.waitFor()
    expect(await read(id)).toMatchObject({ state: 'resolved' })
    // A second Enter in haste takes nothing back.
    await page.keyboard.press('Enter')
    await page.getByText('This ticket is resolved.').waitFor()
    await picture('resolved')
    await toast.getByRole('button', { name: 'Undo' }).press('Enter')
    await toast.waitFor({ state: 'hidden' })
    await page.getByText('You have it').waitFor()
    const { state, owner, history } = await read(id)
    expect({ state, owner }).toEqual({ state: 'claimed', owner: ADMIN.email })
    expect(history.at(-1)).toMatchObject({ what: 'ticket-reopened', by: ADMIN.email })
    expect(history.find(({ what }) => what === 'ticket-resolved')?.detail).toBe('Sent a new lamp')
  })

  test('a resolved ticket is reopened from its page', async () => {
    const id = await opened('Nora')
    expect((await lead.send(`/api/tickets/${id}/resolve`)).status).toBe(200)
    await page.getByRole('button', { name: 'Reopen' }).press('Enter')
    await page.getByText('You have it').waitFor()
    expect((await read(id)).state).toBe('claimed')
    await reply().waitFor()
  })

  test('a case with both sides opens where the customer wrote last, though the bot answered elsewhere since', async () => {
    await post('Omar', 'Where is my order HL-20419?')
    await direct('Omar', 'I want a human to look at my order')
    const id = await opened('Omar')
    await open(id, 'Omar')
    await claim()
    await reply().waitFor()
    expect(await chosen()).toMatch(/^Private/)
    expect(await page.getByRole('button', { name: 'Send privately' }).count()).toBe(1)
  })

  test('nothing is written in public before that is chosen; the choice and both drafts are remembered', async () => {
    await post('Pia', 'Your lamp caught fire and burned my hand!')
    const id = await opened('Pia')
    await open(id, 'Pia')
    await claim()
    expect(await chosen()).toMatch(/^Public/)
    await page.getByRole('button', { name: PUBLICLY }).waitFor()
    expect(await reply().count()).toBe(0)
    await picture('choose')
    // Keys pressed as if there were a box already send nothing and resolve nothing.
    await page.keyboard.type('her doctor said ')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+Enter')
    if ((await page.getByRole('dialog').count()) > 0) await page.keyboard.press('Escape')
    expect(await read(id)).toMatchObject({ state: 'claimed', draft: {} })
    expect((await service.timeline('Pia')).posts.at(-1)?.authorKind).not.toBe('agent')
    await open(id, 'Pia')
    await page.getByRole('button', { name: PUBLICLY }).press('Enter')
    await reply().fill('We are so sorry. We write to you privately.')
    await page.getByText('Draft saved').waitFor()
    await picture('public')
    expect(await page.getByRole('button', { name: 'Send publicly to everybody' }).count()).toBe(1)
    await page.reload()
    await reply().waitFor()
    expect(await chosen()).toMatch(/^Public/)
    expect(await reply().inputValue()).toBe('We are so sorry. We write to you privately.')

    await side('Private').click()
    await reply().fill('Which hand is it?')
    await side('Public').filter({ hasText: 'Draft' }).waitFor()
    await open(await opened('Nora'), 'Nora')
    await page.goBack()
    await page.getByRole('article', { name: 'Ticket of Pia' }).waitFor()
    expect(await chosen()).toMatch(/^Private/)
    expect(await reply().inputValue()).toBe('Which hand is it?')
    await side('Public').filter({ hasText: 'Draft' }).waitFor()
    await picture('two-drafts')
    // In private nothing of the public draft is sent, and the public side has to be chosen again.
    await reply().press('Control+Enter')
    await until(async () => (await service.timeline('Pia')).dms.some(({ text }) => text === 'Which hand is it?'))
    await until(async () => (await reply().inputValue()) === '')
    expect((await read(id)).draft).toEqual({ public: 'We are so sorry. We write to you privately.', side: 'private' })
    await side('Public').click()
    await page.getByRole('button', { name: PUBLICLY }).waitFor()
    expect(await reply().count()).toBe(0)
  })

  test('what was chosen in public does not hold once the customer writes in private', async () => {
    const id = await opened('Pia')
    await page.getByRole('button', { name: PUBLICLY }).press('Enter')
    await until(async () => (await read(id)).draft.side === 'public')
    await direct('Pia', 'It is the left hand')
    await until(async () => JSON.stringify(await read(id)).includes('It is the left hand'))
    await page.reload()
    await reply().waitFor()
    expect(await chosen()).toMatch(/^Private/)
  })

  test('a draft and a note survive a reload and are the same in a second tab, where the newest stays', async () => {
    const id = await opened('Nora')
    await open(id, 'Nora')
    const note = (on: Page) => on.getByRole('textbox', { name: 'Note for colleagues' })
    await reply().fill('Hello Nora, about the lamp')
    await side('Note').click()
    await note(page).fill('She called twice')
    // Left at once: what is typed is saved on the way out.
    await page.reload()
    await reply().waitFor()
    await until(async () => (await reply().inputValue()) === 'Hello Nora, about the lamp')
    await side('Note').click()
    expect(await note(page).inputValue()).toBe('She called twice')
    await side('Private').click()

    const second = await page.context().newPage()
    second.setDefaultTimeout(20_000)
    await open(id, 'Nora', second)
    await reply(second).waitFor()
    expect(await reply(second).inputValue()).toBe('Hello Nora, about the lamp')
    await side('Note', second).click()
    expect(await note(second).inputValue()).toBe('She called twice')
    await side('Private', second).click()
    await reply(second).fill('Hello Nora, a new lamp is on its way')
    await until(async () => (await reply().inputValue()) === 'Hello Nora, a new lamp is on its way')
    await reply(second).press('Control+Enter')
    await until(async () => (await reply().inputValue()) === '' && (await reply(second).inputValue()) === '')
    await second.close()
    await side('Note').click()
    await note(page).press('Control+Enter')
    await until(async () => (await read(id)).notes.some(({ text }) => text === 'She called twice'))
    await until(async () => (await note(page).inputValue()) === '')
    expect((await read(id)).draft).not.toHaveProperty('note')
  })

  test('a draft that cannot be saved says so, and is saved once it can', async () => {
    const id = await opened('Nora')
    await side('Private').click()
    await page.route('**/draft', (route) => route.abort())
    await reply().fill('Typed while the service is away')
    await page.getByText('Not saved yet').first().waitFor()
    await page.unroute('**/draft')
    await page.getByText('Draft saved').first().waitFor()
    expect((await read(id)).draft.private).toBe('Typed while the service is away')
  })

  test('a private side that is closed says why before anything is typed, and the customer is invited in public', async () => {
    await post('Xena', 'Your sofa smells of smoke, somebody could have died!')
    const id = await opened('Xena')
    const closed = 'on this channel the customer has to write privately first; invite them in public'
    // As it is on X; the playground takes private messages from us at any time.
    await page.route(`**/api/tickets/${id}**`, async (route) => {
      const answer = await route.fetch()
      const text = await answer.text()
      const sides = { public: { open: true }, private: { open: false, closed } }
      await route.fulfill({ response: answer, body: text ? JSON.stringify({ ...JSON.parse(text), sides }) : text })
    })
    await open(id, 'Xena')
    await claim()
    await page.getByText('On this channel the customer has to write privately first').waitFor()
    await side('Private').click()
    expect(await reply().count()).toBe(0)
    await picture('closed')
    await page.getByRole('button', { name: 'Ask them in public to write privately' }).press('Enter')
    expect(await page.getByRole('checkbox', { name: /button to write to us privately/ }).isChecked()).toBe(true)
    await reply().fill('Please write to us privately, so that we can help.')
    await picture('invite')
    await reply().press('Control+Enter')
    const said = await until(async () => {
      const { posts } = await service.timeline('Xena')
      return posts.find(({ text }) => text.startsWith('Please write to us privately, so'))
    })
    expect(said).toMatchObject({ invite: true })
    await page.unrouteAll({ behavior: 'wait' })
  })

  test('the queue neither has nor finds what is masked, and reads from the right where the customer does', async () => {
    await direct('Noa', '\u05d0\u05e0\u05d9 want a human, noa.levi@example.org \u05d1\u05d1\u05e7\u05e9\u05d4')
    await opened('Noa')
    expect(JSON.stringify(await lead.get('/api/tickets'))).not.toContain('noa.levi')
    await page.goto(`${service.url}/console`)
    const queue = page.getByRole('region', { name: 'Queue' })
    const row = queue.getByRole('link').filter({ hasText: 'Noa' })
    await row.getByText('e-mail ••••').waitFor()
    await picture('queue')
    const mask = "document.querySelector('.row .mask')"
    expect(await page.evaluate(`getComputedStyle(${mask}).unicodeBidi`)).toBe('isolate')
    expect(await page.evaluate(`getComputedStyle(${mask}.closest('.row-wants')).direction`)).toBe('rtl')
    const search = queue.getByRole('searchbox')
    await search.fill('noa.levi')
    await queue.getByText('No ticket has “noa.levi”').waitFor()
    await search.fill('Noa')
    await row.waitFor()
  })
})
