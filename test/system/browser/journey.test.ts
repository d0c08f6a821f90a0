import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../../setup/browser.ts'
import { ADMIN, startTestService, type TestService } from '../../setup/service.ts'

const chromium = findChromium()
const inBrowser = chromium ? describe : describe.skip

inBrowser('the whole way, in a browser', () => {
  let service: TestService
  let browser: Browser
  let customer: Page
  let agent: Page

  beforeAll(async () => {
    service = await startTestService()
    browser = await openBrowser(chromium ?? '')
    customer = await browser.page()
    agent = await browser.page()
    for (const page of [customer, agent]) page.setDefaultTimeout(20_000)
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
  })

  const direct = () => customer.getByRole('list', { name: 'Messages' })
  async function write(text: string): Promise<void> {
    await customer.getByRole('textbox', { name: 'Direct message' }).fill(text)
    await customer.getByRole('button', { name: 'Send message' }).click()
    await direct().getByText(text, { exact: true }).waitFor()
  }

  test('a customer asks in public; the answer repeats nothing and invites to a private conversation', async () => {
    await customer.goto(`${service.url}/playground`)
    const name = customer.getByRole('combobox', { name: 'Customer' })
    await name.fill('Ana')
    await name.press('Enter')
    await customer
      .getByRole('textbox', { name: 'Post publicly' })
      .fill('Where is my order HL-20419? My mail is ana@example.com')
    await customer.getByRole('button', { name: 'Post', exact: true }).click()
    const wall = customer.getByRole('list', { name: 'Posts' })
    await wall.getByRole('button', { name: /privately/i }).waitFor()
    const answers = await wall.getByRole('listitem').filter({ hasText: 'Harbour Lane' }).last().innerText()
    const ours = answers.slice(answers.lastIndexOf('Harbour Lane'))
    expect(ours).not.toMatch(/20419|ana@example\.com/)
  })

  test('in the direct messages the bot knows the order already and looks it up', async () => {
    await direct()
      .getByText(/on its way/i)
      .first()
      .waitFor()
  })

  test('an agent signs in, sees the ticket appear, and reads everything', async () => {
    await agent.goto(`${service.url}/console`)
    await agent.getByRole('textbox', { name: 'E-mail' }).fill(ADMIN.email)
    await agent.getByLabel('Password', { exact: true }).fill(ADMIN.password)
    await agent.getByRole('button', { name: 'Sign in' }).click()
    await agent
      .getByText(/Nobody is waiting/)
      .first()
      .waitFor()
    await write('this is the third time, I want a human')
    await agent
      .getByRole('region', { name: 'Queue' })
      .getByText(/Where is my order/)
      .first()
      .click()
    const ticket = agent.getByRole('article', { name: 'Ticket of Ana' })
    await ticket.getByText('HL-20419').first().waitFor()
    expect(await ticket.innerText()).toContain('I want a human')
  })

  test('private data is masked until the agent has it shown, and the history says so', async () => {
    const ticket = agent.getByRole('article', { name: 'Ticket of Ana' })
    await ticket
      .getByText(/e-mail ••••/)
      .first()
      .waitFor()
    expect(await agent.locator('body').innerText()).not.toContain('ana@example.com')
    await ticket.getByRole('button', { name: /^Show all private data/ }).press('Enter')
    await ticket.getByText('ana@example.com').first().waitFor()
    await ticket.getByRole('tab', { name: 'History' }).click()
    await ticket.getByText(/Private data was shown/).waitFor()
    await ticket.getByRole('button', { name: /^Hide all private data/ }).press('Enter')
    await ticket.getByText('ana@example.com').first().waitFor({ state: 'detached' })
  })

  test('the agent claims and answers, the customer sees it, and the bot keeps silent', async () => {
    await agent.getByRole('button', { name: 'Claim' }).click()
    const reply = agent.getByRole('textbox', { name: 'Reply' })
    await reply.fill('Hi Ana, Laura here. I will call the carrier and write to you by noon tomorrow.')
    await agent.getByRole('button', { name: 'Send privately' }).click()
    await direct()
      .getByText(/Laura here/)
      .waitFor()
    const before = await direct().getByRole('listitem').count()
    await write('thank you! and what are your opening hours?')
    await agent.getByText('what are your opening hours?').first().waitFor()
    expect(await direct().getByRole('listitem').count()).toBe(before + 1)
  })

  test('given back to the bot, it goes on and knows what was promised', async () => {
    await agent.getByRole('button', { name: 'More actions' }).click()
    await agent.getByRole('menuitem', { name: /Return to the bot/ }).click()
    const dialog = agent.getByRole('dialog')
    await dialog
      .getByRole('textbox', { name: /promise/i })
      .fill('Laura calls the carrier and writes to you by noon tomorrow')
    await dialog.getByRole('button', { name: 'Return to the bot' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await write('so what happens now with that?')
    await direct()
      .getByText(/by noon tomorrow/)
      .nth(1)
      .waitFor()
  })

  test('a confirmation has a button for yes and one for no, and a tap says what stands on it', async () => {
    await customer.goto(`${service.url}/playground`)
    const name = customer.getByRole('combobox', { name: 'Customer' })
    await name.fill('Dot')
    await name.press('Enter')
    const buttons = customer.getByRole('group', { name: 'Quick replies' }).getByRole('button')
    await write('I want to cancel my order HL-20950, my mail is dot@mail.example')
    await direct()
      .getByText(/Is that right\?/)
      .waitFor()
    expect(await buttons.allInnerTexts()).toEqual(['Yes', 'No'])
    await buttons.getByText('No', { exact: true }).press('Enter')
    await direct()
      .getByText(/What should I change\?/)
      .waitFor()
    expect(await direct().getByText('No', { exact: true }).count()).toBe(1)
    expect(await buttons.count()).toBe(0)
  })

  test('a suggested reply is taken over with one press, and the customer’s wording proposed with another', async () => {
    const text = 'I want to talk to a person. Will the corner sofa fit up our narrow stairs?'
    await service.post('/playground/api/dms', { customer: 'Bea', text })
    await agent.getByRole('region', { name: 'Queue' }).getByText('Bea').first().click()
    const ticket = agent.getByRole('article', { name: 'Ticket of Bea' })
    await ticket.getByText(/near to “our stairs are narrow/).waitFor()
    await ticket.getByRole('button', { name: 'Claim' }).press('Enter')
    await ticket
      .getByRole('button', { name: 'Insert the reply from “Will it fit? Doors, stairs and lifts”' })
      .press('Enter')
    const reply = ticket.getByRole('textbox', { name: 'Reply' })
    await agent.locator('.composer textarea:focus').waitFor()
    expect(await reply.inputValue()).toMatch(/^Measure every door/)
    await ticket.getByRole('button', { name: /^Add wording .*Will it fit/ }).press('Enter')
    const proposed = ticket.getByText(/Wording proposed by you/)
    await proposed.waitFor()
    await ticket.getByRole('tab', { name: 'History' }).click()
    await ticket.getByText('The customer’s wording was proposed').waitFor()
    await ticket.getByRole('tab', { name: 'Facts' }).click()
    await proposed.getByRole('link', { name: 'a draft' }).press('Enter')
    await agent.getByRole('list', { name: 'Customers’ wordings' }).getByText('access-and-measuring').waitFor()
  })

  test('what kind of message it is is said by keyboard alone, and waits in the same draft', async () => {
    await service.post('/playground/api/dms', { customer: 'Cam', text: 'I want to talk to a person. My lamp hums.' })
    await agent.goto(`${service.url}/console`)
    await agent.getByRole('region', { name: 'Queue' }).getByText('Cam').first().click()
    const ticket = agent.getByRole('article', { name: 'Ticket of Cam' })
    await ticket.getByRole('button', { name: 'Correct it' }).press('Enter')
    const dialog = agent.getByRole('dialog', { name: 'What kind of message is it?' })
    await dialog.getByText('My lamp hums.').waitFor()
    const complaint = dialog.getByRole('radiogroup', { name: 'Complaint' })
    await complaint.getByRole('radio', { checked: true }).focus()
    while (!(await complaint.getByRole('radio', { name: /^Minor/ }).isChecked()))
      await agent.keyboard.press('ArrowDown')
    const wants = dialog.getByRole('checkbox', { name: /asks for a person/ })
    expect(await wants.isChecked()).toBe(true)
    await wants.press('Space')
    await dialog.getByRole('button', { name: 'Propose' }).press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    const said = ticket.getByText(/Said to be a minor complaint, .* by you/)
    await said.waitFor()
    expect(await said.innerText()).not.toContain('asks for a person')
    await said.getByRole('link', { name: 'a draft' }).press('Enter')
    const wordings = agent.getByRole('list', { name: 'Customers’ wordings' })
    await wordings.getByText('My lamp hums.').waitFor()
    expect(await wordings.innerText()).toMatch(/My lamp hums\.”? is a minor complaint, /)
  })
})
