// A working day at the desk, task by task, as agents and their supervisor live it. Prints what each task takes a person
// (clicks and keys) and the system (seconds). A wait of the test's own is no part of it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import type { Ticket } from '#handoff'
import { ticketOf } from '../../service/records.ts'
import { type Browser, findChromium, openBrowser } from '../../setup/browser.ts'
import { until } from '../../setup/redis.ts'
import { ADMIN, type Person, startTestService, type TestService } from '../../setup/service.ts'

const chromium = findChromium()
const inBrowser = chromium ? describe : describe.skip
const MIA = { email: 'mia@harbourlane.example', password: 'a kettle by the window' }
const WIDE = { width: 1366, height: 768 }
const PHONE = { width: 390, height: 844 }

/** What a person does in a task. */
type Hands = {
  click(target: Locator): Promise<void>
  /** A key, where the focus is. */
  press(key: string): Promise<void>
  /** Words into a box. */
  type(box: Locator, words: string): Promise<void>
}
type Taken = { readonly task: string; readonly clicks: number; readonly keys: number; readonly seconds: number }

inBrowser('a working day at the desk', () => {
  let service: TestService
  let browser: Browser
  let lead: Person
  let mia: Page
  let lou: Page
  const taken: Taken[] = []

  /** One task of the day: `act` is what the person does, and ends when it is seen to be done. */
  const task = (name: string, act: (on: { mia: Page; lou: Page; hands: (page: Page) => Hands }) => Promise<void>) =>
    test(name, async () => {
      let [clicks, keys] = [0, 0]
      const hands = (page: Page): Hands => ({
        click: async (target) => {
          clicks++
          await target.click()
        },
        press: async (key) => {
          keys++
          await page.keyboard.press(key)
        },
        type: async (box, words) => {
          await box.fill(words)
        },
      })
      const from = performance.now()
      await act({ mia, lou, hands })
      taken.push({ task: name, clicks, keys, seconds: (performance.now() - from) / 1000 })
    })

  async function openConsole(size = WIDE): Promise<Page> {
    const page = await browser.page(size)
    page.setDefaultTimeout(20_000)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(`${service.url}/console`)
    await page.getByRole('textbox', { name: 'E-mail' }).waitFor()
    return page
  }
  async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByLabel('Password', { exact: true }).press('Enter')
    await page.getByRole('button', { name: 'Next ticket' }).waitFor()
  }
  const direct = (customer: string, text: string) => service.post('/playground/api/dms', { customer, text })
  const post = (customer: string, text: string) => service.post('/playground/api/posts', { customer, text })
  const ids = new Map<string, string>()
  /** The ticket of a customer who has written. */
  async function idOf(customer: string): Promise<string> {
    const id = ids.get(customer) ?? (await ticketOf(lead, `playground:brand:${customer}`)).id
    ids.set(customer, id)
    return id
  }
  const waiting = async (customer: string, text: string) => {
    await direct(customer, text)
    return idOf(customer)
  }
  const read = (id: string) => lead.get<Ticket & { draft: Record<string, string> }>(`/api/tickets/${id}`)
  const ticketPage = (page: Page, customer: string) => page.getByRole('article', { name: `Ticket of ${customer}` })
  const open = async (page: Page, customer: string) => {
    await page.goto(`${service.url}/console/tickets/${await idOf(customer)}`)
    await ticketPage(page, customer).waitFor()
  }
  const row = (page: Page, customer: string) =>
    page.getByRole('region', { name: 'Queue' }).getByRole('link').filter({ hasText: customer })
  const reply = (page: Page) => page.getByRole('textbox', { name: 'Reply' })
  const mine = (page: Page) => page.getByText('You have it').waitFor()
  const said = (customer: string, text: string) =>
    until(async () => (await service.timeline(customer)).dms.some((one) => one.text.includes(text)))

  beforeAll(async () => {
    service = await startTestService()
    lead = await service.signIn()
    await lead.send('/api/people', { ...MIA, name: 'Mia Okafor', roles: ['agent'] })
    browser = await openBrowser(chromium ?? '')
    mia = await openConsole()
    lou = await openConsole()
    await signIn(lou, ADMIN)
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
    const lines = taken.map(
      ({ task, clicks, keys, seconds }) =>
        `${String(clicks).padStart(6)} ${String(keys).padStart(5)} ${seconds.toFixed(1).padStart(8)}  ${task}`,
    )
    process.stderr.write(`\nclicks  keys  seconds  task\n${lines.join('\n')}\n\n`)
  })

  describe('the queue', () => {
    task('sign in', async ({ mia, hands }) => {
      const { type, press } = hands(mia)
      await type(mia.getByRole('textbox', { name: 'E-mail' }), MIA.email)
      await type(mia.getByLabel('Password', { exact: true }), MIA.password)
      await mia.getByLabel('Password', { exact: true }).focus()
      await press('Enter')
      await mia.getByText('Nobody is waiting').waitFor()
    })

    task('see at once who waits, and what they want', async ({ mia }) => {
      await Promise.all([
        waiting('Ana', 'I want a person. My sofa has come with a broken leg.'),
        waiting('Ben', 'a human please, the rug I ordered is the wrong colour'),
        waiting('Cam', 'I want to talk to somebody about the invoice'),
      ])
      for (const [customer, wish] of [
        ['Ana', 'broken leg'],
        ['Ben', 'wrong colour'],
        ['Cam', 'invoice'],
      ] as const) {
        await row(mia, customer).filter({ hasText: wish }).waitFor()
      }
    })

    task('take the next ticket', async ({ mia, hands }) => {
      await hands(mia).click(mia.getByRole('button', { name: 'Next ticket' }))
      await mine(mia)
    })

    task('claim a certain ticket by key, without losing the place in the list', async ({ mia, hands }) => {
      await open(mia, 'Ben')
      if ((await read(await idOf('Ben'))).state === 'claimed') return
      await mia.locator('#main').focus()
      await hands(mia).press('c')
      await mine(mia)
      expect(await mia.evaluate('document.activeElement !== document.body')).toBe(true)
    })

    task('two agents claim the same ticket: one has it, the other reads who', async ({ mia, lou, hands }) => {
      await waiting('Dov', 'let me talk to a human about my lamp')
      await Promise.all([open(mia, 'Dov'), open(lou, 'Dov')])
      const claim = (page: Page) => page.getByRole('button', { name: 'Claim' })
      await hands(mia).click(claim(mia))
      await mine(mia)
      await lou.getByText('Mia Okafor has it').waitFor()
    })
  })

  describe('a ticket', () => {
    task('read the brief, and have the conversation in sight', async ({ mia }) => {
      await open(mia, 'Dov')
      await ticketPage(mia, 'Dov').getByText('let me talk to a human about my lamp').first().waitFor()
      const share = await mia.evaluate(
        `document.querySelector('.messages').getBoundingClientRect().height / window.innerHeight`,
      )
      expect(share).toBeGreaterThanOrEqual(0.45)
    })

    task('answer in private', async ({ mia, hands }) => {
      await hands(mia).type(reply(mia), 'Hello Dov, which lamp is it?')
      await reply(mia).focus()
      await hands(mia).press('Control+Enter')
      await said('Dov', 'which lamp is it?')
    })

    task('be stopped before private data goes out in public, and say it in private instead', async ({ mia, hands }) => {
      await post('Eve', 'Your lamp burned my hand, I want a person!')
      await open(mia, 'Eve')
      const { click, type } = hands(mia)
      await click(mia.getByRole('button', { name: 'Claim' }))
      await mine(mia)
      await click(mia.getByRole('button', { name: 'Write publicly to everybody on Playground' }))
      await type(reply(mia), 'We have written to eve.miller@example.org about it.')
      await mia.getByRole('button', { name: 'Say it in private' }).first().waitFor()
      await click(mia.getByRole('button', { name: 'Say it in private' }).first())
      await until(async () => (await reply(mia).inputValue()).includes('eve.miller@example.org'))
      await click(mia.getByRole('button', { name: 'Send privately' }))
      await said('Eve', 'eve.miller@example.org')
      expect((await service.timeline('Eve')).posts.some(({ text }) => text.includes('eve.miller'))).toBe(false)
    })

    task('take over a suggested reply by key', async ({ mia, hands }) => {
      await waiting('Bea', 'I want to talk to a person. Will the corner sofa fit up our narrow stairs?')
      await open(mia, 'Bea')
      const { click, press } = hands(mia)
      await click(mia.getByRole('button', { name: 'Claim' }))
      await mine(mia)
      await mia.locator('#main').focus()
      await press('1')
      await until(async () => (await reply(mia).inputValue()).startsWith('Measure every door'))
    })

    task('answer with a saved reply and the steps that belong to it', async ({ mia, hands }) => {
      await waiting('Hal', 'I want a person. My parcel HL-20419 is late, hal@example.org')
      await open(mia, 'Hal')
      const { click, press } = hands(mia)
      await click(mia.getByRole('button', { name: 'Claim' }))
      await mine(mia)
      await reply(mia).focus()
      await press('/')
      await mia.getByRole('option', { name: /Late parcel/ }).waitFor()
      await mia.keyboard.type('late')
      await press('ArrowDown')
      await press('Enter')
      await until(async () => (await reply(mia).inputValue()).startsWith('Hello Hal, I'))
      await mia.getByText('When you send: tag late-delivery, snooze for 2 days').waitFor()
      await press('Control+Enter')
      await said('Hal', 'Most late parcels turn up')
      await until(async () => (await read(await idOf('Hal'))).snoozed !== undefined)
      expect((await read(await idOf('Hal'))).tags).toContain('late-delivery')
    })

    task('take a sent reply back', async ({ mia, hands }) => {
      await open(mia, 'Bea')
      await until(async () => (await reply(mia).inputValue()).startsWith('Measure every door'))
      const { press, click } = hands(mia)
      await reply(mia).focus()
      await press('Control+Enter')
      await click(mia.getByRole('button', { name: 'Undo' }).first())
      await until(async () => (await reply(mia).inputValue()).startsWith('Measure every door'))
      expect((await service.timeline('Bea')).dms.some(({ authorKind }) => authorKind === 'agent')).toBe(false)
    })

    task('find a draft again after a reload, and in a second tab', async ({ mia }) => {
      await reply(mia).fill('Measure the stairs first, Bea')
      await mia.reload()
      await until(async () => (await reply(mia).inputValue()) === 'Measure the stairs first, Bea')
      const second = await mia.context().newPage()
      await open(second, 'Bea')
      await until(async () => (await reply(second).inputValue()) === 'Measure the stairs first, Bea')
      await second.close()
    })

    task('go on writing while the customer writes', async ({ mia }) => {
      await direct('Bea', 'are you still there?')
      await ticketPage(mia, 'Bea').getByText('are you still there?').first().waitFor()
      expect(await reply(mia).inputValue()).toBe('Measure the stairs first, Bea')
    })

    task('go on writing while the connection is lost, and send when it is back', async ({ mia, hands }) => {
      await mia.context().setOffline(true)
      await hands(mia).type(reply(mia), 'Measure the stairs and the door, Bea')
      await mia.getByText('Not saved yet').first().waitFor()
      await mia.context().setOffline(false)
      await mia.getByText('Draft saved').first().waitFor()
      await reply(mia).focus()
      await hands(mia).press('Control+Enter')
      await said('Bea', 'Measure the stairs and the door')
    })

    task('leave a note for colleagues', async ({ mia, hands }) => {
      const { press, type } = hands(mia)
      await mia.locator('#main').focus()
      await press('n')
      const note = mia.getByRole('textbox', { name: 'Note for colleagues' })
      await type(note, 'Her stairs are 70 cm wide')
      await note.focus()
      await press('Control+Enter')
      await ticketPage(mia, 'Bea').getByText('Her stairs are 70 cm wide').first().waitFor()
    })

    task('name a colleague in a note, who is told and finds the ticket', async ({ mia, lou, hands }) => {
      const { press, click } = hands(mia)
      const note = mia.getByRole('textbox', { name: 'Note for colleagues' })
      await note.focus()
      await press('@')
      await mia.getByRole('option', { name: 'lead', exact: true }).waitFor()
      await mia.keyboard.type('lead')
      await press('ArrowDown')
      await press('Enter')
      await until(async () => (await note.inputValue()) === '@lead ')
      await mia.keyboard.type('can you look at her stairs?')
      await press('Control+Enter')
      await click(lou.getByRole('button', { name: 'Notifications, 1 unread' }))
      expect(await lou.title()).toMatch(/^\(1\) /)
      await hands(lou).click(lou.getByRole('link', { name: 'Unread: Mia Okafor named you in a note on Bea' }))
      await ticketPage(lou, 'Bea').getByText('can you look at her stairs?').first().waitFor()
      await lou.getByRole('button', { name: 'Notifications', exact: true }).waitFor()
    })

    task('tag it', async ({ mia, hands }) => {
      const box = mia.getByRole('textbox', { name: 'Add a tag' })
      await hands(mia).type(box, 'stairs')
      await box.focus()
      await hands(mia).press('Enter')
      await until(async () => (await read(await idOf('Bea'))).tags.includes('stairs'))
    })

    task('see who else looks and types', async ({ mia, lou }) => {
      await open(lou, 'Bea')
      await mia.getByRole('img', { name: /Also looking/ }).waitFor()
      await lou.goto(`${service.url}/console`)
    })
  })

  describe('handing on', () => {
    task('put it aside for later', async ({ mia, hands }) => {
      const { press, click } = hands(mia)
      await mia.locator('#main').focus()
      await press('s')
      await click(mia.getByRole('menuitem', { name: 'Until they write' }))
      await until(async () => (await read(await idOf('Bea'))).snoozed !== undefined)
      await direct('Bea', 'it is the stairs on the left')
      await until(async () => (await read(await idOf('Bea'))).snoozed === undefined)
    })

    task('transfer it to a colleague with a note', async ({ mia, lou, hands }) => {
      await open(mia, 'Bea')
      const { press, click, type } = hands(mia)
      await mia.locator('#main').focus()
      await press('t')
      const dialog = mia.getByRole('dialog', { name: 'Transfer this ticket' })
      const to = dialog.getByRole('combobox', { name: 'To' })
      const lead = await to.locator('option', { hasNotText: 'Mia' }).filter({ hasText: 'holds' }).first().innerText()
      await to.selectOption({ label: lead })
      await type(dialog.getByRole('textbox', { name: 'Note' }), 'You know these stairs')
      await click(dialog.getByRole('button', { name: 'Transfer' }))
      await dialog.waitFor({ state: 'hidden' })
      await open(lou, 'Bea')
      await mine(lou)
      await lou.getByText('You know these stairs').first().waitFor()
    })

    task('resolve with an outcome, what was promised and a follow-up', async ({ mia, hands }) => {
      await open(mia, 'Dov')
      const { press, click, type } = hands(mia)
      await mia.locator('#main').focus()
      await press('e')
      const dialog = mia.getByRole('dialog', { name: 'Resolve this ticket' })
      await type(dialog.getByRole('textbox', { name: /promise/ }), 'A new lamp on Friday')
      await dialog.getByRole('radio', { name: 'Tomorrow' }).check({ force: true })
      await click(dialog.getByRole('button', { name: 'Resolve' }))
      await until(async () => (await read(await idOf('Dov'))).state === 'resolved')
    })

    task('reopen what was resolved', async ({ mia, hands }) => {
      await open(mia, 'Dov')
      await hands(mia).click(mia.getByRole('button', { name: 'Reopen' }))
      await mine(mia)
    })

    task('give it back to the bot with a promise, which the bot keeps to', async ({ mia, hands }) => {
      const { click, type } = hands(mia)
      await click(mia.getByRole('button', { name: 'More actions' }))
      await click(mia.getByRole('menuitem', { name: /Return to the bot/ }))
      const dialog = mia.getByRole('dialog')
      await type(dialog.getByRole('textbox', { name: /promise/i }), 'A new lamp comes on Friday')
      await click(dialog.getByRole('button', { name: 'Return to the bot' }))
      await dialog.waitFor({ state: 'hidden' })
      await direct('Dov', 'so what happens now with that?')
      await said('Dov', 'A new lamp comes on Friday')
    })

    task('a supervisor takes over a colleague’s ticket', async ({ lou, hands }) => {
      await open(lou, 'Eve')
      const { click } = hands(lou)
      await click(lou.getByRole('button', { name: 'Take over' }))
      await mine(lou)
    })

    task('a supervisor pauses the bot and lets it answer again', async ({ mia, lou, hands }) => {
      const { click, type } = hands(lou)
      await click(lou.getByRole('button', { name: /^Account/ }))
      await click(lou.getByRole('menuitem', { name: 'Pause the bot…' }))
      const dialog = lou.getByRole('dialog', { name: 'Pause the bot' })
      await type(dialog.getByRole('textbox', { name: 'Why' }), 'Wrong prices since noon')
      await click(dialog.getByRole('button', { name: 'Pause the bot' }))
      await mia.getByText('The bot is paused everywhere.').waitFor()
      await click(lou.getByRole('button', { name: 'Let it answer again' }))
      await mia.getByText('The bot is paused everywhere.').waitFor({ state: 'detached' })
    })
  })

  describe('everywhere', () => {
    task('come back to a ticket by its address and by the back button', async ({ mia }) => {
      await open(mia, 'Eve')
      await open(mia, 'Bea')
      await mia.goBack()
      await ticketPage(mia, 'Eve').waitFor()
    })

    task('claim, answer and resolve without the mouse', async ({ mia, hands }) => {
      await waiting('Fay', 'human please, my table wobbles')
      await row(mia, 'Fay').waitFor()
      await open(mia, 'Fay')
      const { press } = hands(mia)
      await mia.locator('#main').focus()
      await press('c')
      await mine(mia)
      await mia.locator('#main').focus()
      await press('r')
      await mia.keyboard.type('Tighten the four screws below, Fay')
      await press('Control+Enter')
      await said('Fay', 'four screws')
      await press('Escape')
      await mia.locator('#main').focus()
      await press('e')
      const dialog = mia.getByRole('dialog', { name: 'Resolve this ticket' })
      await dialog.waitFor()
      const focused = () => dialog.getByRole('button', { name: 'Resolve' }).evaluate((one) => one.matches(':focus'))
      for (let tabs = 0; tabs < 8 && !(await focused()); tabs++) await press('Tab')
      await press('Enter')
      await until(async () => (await read(await idOf('Fay'))).state === 'resolved')
    })

    task('claim and answer on a phone, as in a messenger', async ({ hands }) => {
      await waiting('Gil', 'I want a human, the mirror is cracked')
      const phone = await openConsole(PHONE)
      await signIn(phone, MIA)
      await open(phone, 'Gil')
      const { click, type } = hands(phone)
      await click(phone.getByRole('button', { name: 'Claim' }))
      await mine(phone)
      const top = await phone.evaluate(`document.querySelector('.messages').getBoundingClientRect().top`)
      expect(top).toBeLessThan(844 / 3)
      await type(reply(phone), 'A new mirror is on its way, Gil')
      await click(phone.getByRole('button', { name: 'Send privately' }))
      await said('Gil', 'new mirror')
      const wide = await phone.evaluate('document.documentElement.scrollWidth')
      expect(wide).toBeLessThanOrEqual(390)
    })

    task('read what to do where there is nothing', async ({ mia }) => {
      await mia.goto(`${service.url}/console/tickets/none`)
      await mia
        .getByText(/no such ticket/i)
        .first()
        .waitFor()
    })
  })
})
