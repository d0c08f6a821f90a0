import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Ticket } from '#handoff'
import { openLogger } from '../../src/app/logger.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { ticketOf, turnsOf } from './records.ts'

/** Real numbers of nobody: they pass as a card's, and stand nowhere else. */
const CARDS = ['4539 5787 6362 1486', '5425-2334-3010-9903', '３７４２ ４５４５５４ ００１２６', '4917.4845.8989.7107']
const DIGITS = ['4539578763621486', '5425233430109903', '374245455400126', '4917484589897107']

describe('card numbers, codes and passwords that customers write', () => {
  let service: TestService
  let lead: Person
  const logged: string[] = []

  beforeAll(async () => {
    const log = openLogger('trace', { write: (line: string) => void logged.push(line) })
    service = await startTestService({}, undefined, log)
    lead = await service.signIn()
  })
  afterAll(async () => {
    await service?.stop()
    if (service) await rm(service.dir, { recursive: true, force: true })
  })

  const dm = (customer: string, text: string) => service.post('/playground/api/dms', { customer, text })
  const textsOf = ({ conversations }: Ticket) =>
    conversations.flatMap(({ messages }) => messages.map(({ text }) => text))
  const reasonsOf = ({ reasons }: Ticket) => reasons.map(({ rule }) => rule)

  test('are words in the ticket, and the policy knows that they were said', async () => {
    await dm('Ann', `Charged twice! My card is ${CARDS[0]} cvv 907, refund it`)
    const ticket = await ticketOf(lead, 'playground:brand:Ann')
    expect(textsOf(ticket)).toContain('Charged twice! My card is [card ending 1486] cvv [security code], refund it')
    expect(reasonsOf(ticket)).toContain('security.secrets-in-private')
    const [turn] = await turnsOf(lead, 'playground:brand:Ann')
    expect(turn?.facts?.['private-data']).toEqual(expect.arrayContaining(['card', 'secret']))
  })

  test('a code alone is known as such too', async () => {
    await dm('Ben', 'code 738164 from your sms')
    const ticket = await ticketOf(lead, 'playground:brand:Ben')
    expect(textsOf(ticket)).toContain('code [one-time code] from your sms')
    expect(reasonsOf(ticket)).toContain('security.secrets-in-private')
    const [turn] = await turnsOf(lead, 'playground:brand:Ben')
    expect(turn?.facts?.['private-data']).toEqual(['secret'])
  })

  test('in public they are gone from the wall, and from what we answer', async () => {
    await service.post('/playground/api/posts', { customer: 'Cleo', text: `@us refund ${CARDS[1]} please` })
    await turnsOf(lead, 'playground:brand:Cleo')
    const { posts } = await service.timeline('Cleo')
    const texts = posts.map(({ text }) => text).join('\n')
    expect(texts).toContain('refund [card ending 9903] please')
    expect(texts.replaceAll(/\D/g, '')).not.toContain(DIGITS[1])
  })

  test('an agent who types one into a note or a reply leaves none behind', async () => {
    await dm('Dan', `I want a human. It is ${CARDS[2]} and my password is Kestrel!93`)
    const { id } = await ticketOf(lead, 'playground:brand:Dan')
    await lead.send(`/api/tickets/${id}/claim`)
    const noted = await lead.send(`/api/tickets/${id}/notes`, { text: `card ${CARDS[3]}, pin 6402` })
    expect(noted.body.notes).toMatchObject([{ text: 'card [card ending 7107], pin [PIN]' }])
    const { status, body } = await lead.send(`/api/tickets/${id}/replies`, {
      audience: 'private',
      text: `Is it ${CARDS[3]}?`,
    })
    expect(status).toBe(422)
    expect(JSON.stringify(body)).toContain('privacy.card')
  })

  test('are in no file that is left, however they were written, and in no line of the log', async () => {
    await service.stop()
    const names = (await readdir(service.dir, { recursive: true, withFileTypes: true })).filter((one) => one.isFile())
    const files = await Promise.all(names.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')))
    const stored = files.join('\n')
    expect(names.some(({ name }) => name.endsWith('.aof'))).toBe(true)
    expect(stored).toContain('[card ending 1486]')
    for (const text of [stored, logged.join('')]) {
      const plain = text.normalize('NFKC').replaceAll(/\D/g, '')
      for (const digits of DIGITS) expect(plain.includes(digits)).toBe(false)
      expect(/(?<!\d)738[ -]?164(?!\d)|Kestrel|cvv 907|pin 6402/.test(text)).toBe(false)
    }
  })
})
