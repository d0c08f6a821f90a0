// A customer's wording, from the ticket to what serves: proposed by an agent, approved by somebody else.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Ticket } from '#handoff'
import type { DraftView, Overview } from '../../src/releases/desk/views.ts'
import { BRAND, ORDER_STATUS, REFUNDS, RETURNS } from '../content/folder.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { ticketOf } from './records.ts'

const PASSWORD = 'a harbour full of boats'
const JO = 'jo@brand.example'
const CARE = `---
# Of the mill.
title: How to wash a jumper
questions: # from letters
  - How do I wash a jumper?
---
By hand, in cold water.
`
/** Without it the dialog's own example does not hold. */
const ORDERS = `topic: Orders
owner: customer-care
rules:
  - id: orders.private
    when: { intent: order-status, audience: private }
    then: answer
    because: In private we help with orders.
examples:
  - given: { intent: order-status, audience: private }
    expect: { verdict: answer, because: orders.private }
`
const SECRET = `---
title: What a jumper costs us to send back
audience: internal
questions:
  - How do I send a jumper back at our cost?
---
We pay 3.40 for each label.
`

let dir: string
let service: TestService
let lead: Person
let jo: Person
let cleo: Person
let ticket: Ticket

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'warmline-wording-'))
  for (const [path, text] of Object.entries({
    'policies/brand.yaml': BRAND,
    'policies/refunds.yaml': REFUNDS,
    'dialogs/order-status.yaml': ORDER_STATUS,
    'knowledge/returns.md': RETURNS,
    'knowledge/care.md': CARE,
    'knowledge/inside/costs.md': SECRET,
  })) {
    await mkdir(dirname(join(dir, path)), { recursive: true })
    await writeFile(join(dir, path), text)
  }
  service = await startTestService({ WARMLINE_CONTENT_DIR: dir, ORDERS_URL: 'http://127.0.0.1:9' })
  lead = await service.signIn()
  for (const [email, role] of [
    [JO, 'agent'],
    ['cleo@brand.example', 'policy-owner'],
  ])
    await lead.send('/api/people', { email, name: email, roles: [role], password: PASSWORD })
  ;[jo, cleo] = await Promise.all([service.signIn(JO, PASSWORD), service.signIn('cleo@brand.example', PASSWORD)])
  // There is no rule that lets anything be answered: whoever writes comes to a person.
  ticket = await asks('ana', 'How can I send my jumper back to you?\nMy mail is ana@example.com')
})
afterAll(async () => {
  await service?.close()
  await rm(dir, { recursive: true, force: true })
})

async function asks(customer: string, text: string): Promise<Ticket> {
  await service.post('/playground/api/dms', { customer, text })
  return ticketOf(jo, `playground:brand:${customer}`)
}
const propose = (who: Person, id: string, article: string) => who.send(`/api/tickets/${id}/wordings`, { article })
const drafts = async () => (await cleo.get<Overview>('/api/policy')).drafts
const waiting = async () => {
  const [one] = await drafts()
  return cleo.get<DraftView>(`/api/policy/drafts/${one?.id}`)
}

describe('a ticket', () => {
  test('has the nearest articles as the bot would have said them, and why', () => {
    const [best] = ticket.brief.suggestions.filter(({ agentsOnly }) => !agentsOnly)
    expect(best).toMatchObject({
      article: 'returns',
      title: 'How to return something',
      because: 'near to “How do I send a jumper back?”',
      audience: 'private',
      text: expect.stringMatching(/^Send it back within 30 days .*\n\nhttps:\/\/help\.hollow\.example\/returns$/s),
    })
    expect(best?.score).toBeGreaterThanOrEqual(0.4)
    expect(ticket.brief.suggestedReply).toBe(best?.text)
  })

  test('has what is written for agents too, marked, and without a link for customers', () => {
    const inside = ticket.brief.suggestions.find(({ article }) => article === 'costs')
    expect(inside).toMatchObject({ agentsOnly: true, text: 'We pay 3.40 for each label.' })
  })

  test('has the customer’s wording without private data', () => {
    expect(ticket.brief.wording).toBe('How can I send my jumper back to you? My mail is [email]')
  })
})

describe('a wording', () => {
  test('that an agent proposes waits in a draft that says who and from which ticket; nothing of it serves', async () => {
    const before = await cleo.get<Overview>('/api/policy')
    const { status, body } = await propose(jo, ticket.id, 'returns')
    expect(status).toBe(200)
    const shown = body as unknown as Ticket
    const { proposed } = shown.brief.suggestions.find(({ article }) => article === 'returns') ?? {}
    expect(proposed).toEqual({ by: JO, draft: expect.any(String) })
    expect(shown.history.at(-1)).toMatchObject({
      what: 'wording-learnt',
      by: JO,
      detail: `for “How to return something”; it waits for approval in the draft ${proposed?.draft}`,
    })
    const draft = await waiting()
    expect(draft).toMatchObject({ id: proposed?.draft, state: 'proposed', by: JO, changes: 1 })
    expect(draft.learnt).toMatchObject([
      { article: 'returns', wording: ticket.brief.wording, by: JO, ticket: ticket.id },
    ])
    expect(draft.diff[0]?.after).toBe(
      RETURNS.replace('back?\n', 'back?\n  - How can I send my jumper back to you? My mail is [email]\n'),
    )
    expect((await cleo.get<Overview>('/api/policy')).live.version).toBe(before.live.version)
  })

  test('is not added twice, whoever presses and however often', async () => {
    const answers = await Promise.all([jo, lead, jo].map((who) => propose(who, ticket.id, 'returns')))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await drafts()).toHaveLength(1)
    expect((await waiting()).learnt).toHaveLength(1)
    const { history } = await jo.get<Ticket>(`/api/tickets/${ticket.id}`)
    expect(history.filter(({ what }) => what === 'wording-learnt')).toHaveLength(1)
  })

  test('of another ticket goes into the same draft of the same agent, also when both are pressed at once', async () => {
    const [ben, cat] = [await asks('ben', 'washing jumpers: how?'), await asks('cat', 'may jumpers get warm')]
    const answers = await Promise.all([propose(jo, ben.id, 'care'), propose(jo, cat.id, 'care')])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    const draft = await waiting()
    expect(await drafts()).toHaveLength(1)
    expect(draft.learnt?.map((one) => one.ticket).toSorted()).toEqual([ticket.id, ben.id, cat.id].toSorted())
    expect(draft).toMatchObject({ state: 'proposed', message: expect.stringContaining(cat.id) })
    const care = draft.diff.find(({ path }) => path === 'knowledge/care.md')?.after ?? ''
    expect(care).toContain('# Of the mill.\ntitle: How to wash a jumper\nquestions: # from letters\n  - How do I wash')
    expect(care).toContain('  - "washing jumpers: how?"\n')
  })

  test('that another article lists is refused, and the answer names it', async () => {
    const dan = await asks('dan', 'how do I wash a jumper')
    expect(await propose(jo, dan.id, 'returns')).toMatchObject({
      status: 409,
      body: {
        refused: 'conflict',
        detail: '“How to wash a jumper” (`care`) lists these words already, and only one article can',
      },
    })
    expect(await propose(jo, dan.id, 'care')).toMatchObject({
      status: 409,
      body: { detail: '“How to wash a jumper” lists these words already' },
    })
  })

  test('is refused where there is no article, no ticket, no words, or no part in it', async () => {
    const eve = await asks('eve', '🙂')
    expect(await propose(jo, ticket.id, 'nothing')).toMatchObject({ status: 404 })
    expect(await propose(jo, 'T-0', 'returns')).toMatchObject({ status: 404 })
    expect(await propose(jo, eve.id, 'returns')).toMatchObject({ status: 422, body: { refused: 'invalid' } })
    expect(await propose(jo, ticket.id, ' ')).toMatchObject({ status: 400 })
    expect(await propose(cleo, ticket.id, 'returns')).toMatchObject({ status: 403 })
    const { id } = await waiting()
    expect(await jo.send(`/api/policy/drafts/${id}/approve`)).toMatchObject({ status: 403 })
  })

  test('is not approved while an example does not hold, and approved by a third person when it was mended', async () => {
    const { id, revision } = await waiting()
    const step = (who: Person, name: string, body = {}) => who.send(`/api/policy/drafts/${id}/${name}`, body)
    expect(await step(cleo, 'approve')).toMatchObject({
      status: 422,
      body: { failed: [{ file: 'dialogs/order-status.yaml' }] },
    })
    const mended = { path: 'policies/orders.yaml', text: ORDERS, revision }
    expect(await step(cleo, 'file', mended)).toMatchObject({ status: 200, body: { state: 'editing' } })
    expect(await step(cleo, 'propose', { message: 'wordings, and a rule' })).toMatchObject({ status: 200 })
    expect(await step(cleo, 'approve')).toMatchObject({ status: 409 })
    expect(await step(lead, 'approve')).toMatchObject({ status: 200, body: { state: 'approved' } })
    const next = await asks('fay', 'is it fine to spin a jumper')
    expect(await propose(jo, next.id, 'care')).toMatchObject({ status: 200 })
    expect(await drafts()).toHaveLength(2)
    expect(await step(cleo, 'release')).toMatchObject({ status: 200 })
    const { live } = await cleo.get<Overview>('/api/policy')
    const path = `/api/policy/versions/${live.version}/file?path=knowledge%2Freturns.md`
    const { text } = await cleo.get<{ text: string }>(path)
    expect(text).toContain('  - How can I send my jumper back to you? My mail is [email]\n')
  })

  test('goes over what is live meanwhile', async () => {
    const hal = await asks('hal', 'can I post a jumper to you')
    expect(await propose(jo, hal.id, 'returns')).toMatchObject({ status: 200 })
    const { live, drafts: all } = await cleo.get<Overview>('/api/policy')
    const own = all.find(({ learnt }) => learnt?.some(({ ticket: from }) => from === hal.id))
    expect(own).toMatchObject({ base: live.version, state: 'proposed' })
    expect(own?.learnt?.map(({ article }) => article)).toEqual(['care', 'returns'])
  })
})

describe('what kind of message it is', () => {
  const label = (who: Person, id: string, body: object) => who.send(`/api/tickets/${id}/labels`, body)
  const SAID = { complaint: 'minor', mood: 'negative', 'account-specific': true, 'wants-human': false }
  const IN_WORDS = 'complaint: minor, mood: negative, account-specific: true, wants-human: false'

  test('waits in the draft with the wordings, as a message of the policies', async () => {
    const gus = await asks('gus', 'my jumper has a hole in it\nwrite to gus@example.com')
    expect(gus.brief.heard).toEqual({
      complaint: expect.stringMatching(/^(none|rant|minor|major)$/),
      mood: expect.stringMatching(/^(negative|neutral|positive)$/),
      'account-specific': expect.any(Boolean),
      'wants-human': false,
    })
    for (let times = 0; times < 2; times++) expect(await label(jo, gus.id, SAID)).toMatchObject({ status: 200 })
    const { brief, history } = await jo.get<Ticket>(`/api/tickets/${gus.id}`)
    const { draft: id = '' } = brief.labelled ?? {}
    expect(brief.labelled).toEqual({ ...SAID, by: JO, draft: id })
    expect(history.filter(({ what }) => what === 'wording-learnt').map(({ detail }) => detail)).toEqual([
      `as “${IN_WORDS}”; it waits for approval in the draft ${id}`,
    ])
    const draft = await cleo.get<DraftView>(`/api/policy/drafts/${id}`)
    expect(draft).toMatchObject({ state: 'proposed', by: JO, problems: [] })
    expect(draft.learnt?.at(-1)).toMatchObject({ label: SAID, wording: gus.brief.wording, ticket: gus.id })
    expect(draft.diff.find(({ path }) => path === 'policies/messages.yaml')).toMatchObject({
      kind: 'added',
      after: expect.stringContaining(
        'messages:\n  - text: my jumper has a hole in it write to [email]\n    complaint: minor\n    mood: negative\n    account-specific: true\n    wants-human: false\n',
      ),
    })
  })

  test('is one kind only, and one that there is', async () => {
    const same = await asks('ida', 'My jumper has a hole in it!\nWrite to ida@example.com')
    expect(await label(jo, same.id, { complaint: 'none' })).toMatchObject({
      status: 409,
      body: { detail: `${JO} has proposed these words already, as ${IN_WORDS}` },
    })
    expect(await label(lead, same.id, SAID)).toMatchObject({ status: 200 })
    expect(await label(jo, same.id, { complaint: 'big' })).toMatchObject({ status: 400 })
    expect(await label(jo, 'T-0', SAID)).toMatchObject({ status: 404 })
    expect(await label(cleo, same.id, SAID)).toMatchObject({ status: 403 })
  })
})
