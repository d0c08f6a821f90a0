// What a customer said yes to can be taken back, and a form is over when a person takes over.
import { describe, expect, test } from '@jest/globals'
import { loadContent, OWN_CONTENT } from '#content/load'
import { advance } from '#dialog'
import {
  type Case,
  type Customer,
  type CustomerSnapshot,
  continueCase,
  type Form,
  type PendingMessage,
  type Understanding,
} from '#domain'
import { openTicket } from '#handoff'
import { type TurnContext, type TurnResult, takeTurn } from '#turn'
import { turnContextOf } from '../setup/turn-context.ts'

const loaded = await loadContent(OWN_CONTENT)
if (!('content' in loaded)) throw new Error('the sample brand cannot be read')
const { content } = loaded
const { sayings } = content.brand
const CUSTOMER: Customer = { id: 'playground:brand:jane', channel: 'playground', account: 'brand', user: 'jane' }
const START = Date.parse('2026-11-25T11:00:00Z')
const FORM: Form = {
  dialog: 'cancel-order',
  values: { 'order-number': { value: 'HL-20950' }, email: { value: 'jane@mail.example' } },
  confirming: true,
  tries: 0,
}
const asked = continueCase(undefined, CUSTOMER, START)

const heardAs: Understanding = {
  intent: 'none',
  intentConfidence: 0,
  topic: 'none',
  complaint: 'none',
  sentiment: 0,
  urgency: 0,
  language: 'en',
  signals: [],
  privateData: [],
  wantsHuman: false,
}

const mindAt = (now: number, understanding: Partial<Understanding> = {}): TurnContext =>
  turnContextOf(content, now, { ...heardAs, ...understanding })

const waiting = (text: string, at: number, audience: 'public' | 'private' = 'private'): PendingMessage => {
  const conversation = { id: `playground:brand:${audience}`, channel: 'playground', audience } as const
  const message = { id: `m-${text}`, conversation, author: 'jane', authorKind: 'customer', text, at } as const
  return { message, customer: CUSTOMER, receivedAt: at, directed: true }
}

async function say(given: Case, text: string, saying: Saying = {}): Promise<TurnResult> {
  return hear(given, [waiting(text, START + (saying.after ?? 0))], saying)
}
type Saying = Partial<Understanding> & {
  readonly after?: number
  readonly owner?: string
  readonly content?: typeof content
}

function hear(given: Case, words: readonly PendingMessage[], saying: Saying = {}) {
  const { after = 0, owner = 'bot', content: said = content, ...heard } = saying
  const history = words.map(({ message }) => ({ at: START + after, type: 'message-received', message }) as const)
  const open: CustomerSnapshot = {
    customer: CUSTOMER.id,
    version: '1',
    epoch: 1,
    owner,
    case: given,
    waiting: words,
    history,
  }
  return takeTurn({ ...mindAt(START + after, heard), content: said }, open)
}

const sent = ({ change }: TurnResult): string[] =>
  (change.effects ?? []).flatMap((effect) =>
    effect.do === 'send' && 'text' in effect.outgoing ? [effect.outgoing.text] : [],
  )
const announced = ({ change }: TurnResult) =>
  (change.effects ?? []).flatMap((effect) => (effect.do === 'announce' ? [effect.event] : []))

const done = await say({ ...asked, wants: 'cancel my order', form: FORM }, 'yes please')

describe('after a yes', () => {
  test('a person carries it out, and the form is over', () => {
    expect(done.outcome).toBe('escalated')
    expect(done.change.case).toMatchObject({
      deed: { dialog: 'cancel-order', at: START, until: START + 20_000 },
      ticket: { state: 'waiting' },
    })
    expect(done.change.case.form).toBeUndefined()
  })

  test.each(['wait no stop', 'no', 'hang on', "please don't cancel it, I need it", 'I changed my mind'])(
    'within seconds `%s` closes the ticket, and says so',
    async (text) => {
      const thought = await say(done.change.case, text, { after: 6_000 })
      expect([thought.outcome, sent(thought)]).toEqual(['acknowledged', [sayings.withdrawn]])
      expect(announced(thought)).toEqual(['ticket-resolved'])
      expect(thought.change.events).toContainEqual(
        expect.objectContaining({ type: 'ticket-resolved', by: 'customer', ticket: 'T1' }),
      )
      expect(thought.change.case.ticket?.state).toBe('resolved')
      expect(thought.change.case.deed).toBeUndefined()
    },
  )

  test('within seconds, so do words of their own that were read as a correction', async () => {
    const act = { act: 'correct', chance: 0.9 } as const
    const thought = await say(done.change.case, 'sorry, wrong order', { after: 6_000, act })
    expect(sent(thought)).toEqual([sayings.withdrawn])
  })

  test.each(['👍', 'ok thanks', 'great, bye', "perfect, that's all"])('`%s` takes nothing back', async (text) => {
    const act = { act: 'stop', chance: 0.99 } as const
    const thought = await say(done.change.case, text, { after: 6_000, act })
    expect(thought.change.case).toMatchObject({ deed: { dialog: 'cancel-order' }, ticket: { state: 'waiting' } })
  })

  test.each([
    ['19 seconds later, in the brand’s 20', 20, 19_000, sayings.withdrawn],
    ['21 seconds later', 20, 21_000, sayings['withdrawn-late']],
    ['4 seconds later, where the brand has 3', 3, 4_000, sayings['withdrawn-late']],
  ])('%s, `please keep it`: what is said is what is true', async (_when, grace, after, said) => {
    const own = { ...content, brand: { ...content.brand, grace } }
    const agreed = await say({ ...asked, form: FORM }, 'yes', { content: own })
    // The case goes through Redis, and the process may be another one.
    const kept: Case = JSON.parse(JSON.stringify(agreed.change.case))
    expect(sent(await say(kept, 'please keep it', { after, content: own }))).toEqual([said])
  })

  test('in words of their own it is taken back later only where that is sure', async () => {
    const takes = async (chance: number) =>
      (
        await say(done.change.case, 'I have been thinking and would prefer it to come', {
          after: 60_000,
          act: { act: 'deny', chance },
        })
      ).change.case.deed === undefined
    expect([await takes(0.95), await takes(0.8)]).toEqual([true, false])
  })

  test('later it is said that it was passed on, and the agent reads first that it was taken back', async () => {
    const thought = await say(done.change.case, 'wait no stop, keep it', { after: 60_000 })
    expect(sent(thought)).toEqual([sayings['withdrawn-late']])
    expect(announced(thought)).toEqual(['ticket-updated'])
    const { ticket, wants } = thought.change.case
    expect([ticket?.state, ticket?.priority, ticket?.reasons[0]?.rule]).toEqual(['waiting', 'urgent', 'withdrawn'])
    expect(wants).toBe('Taken back: “wait no stop, keep it”. Before that: “cancel my order”')
  })

  test('an agent who has it already reads the same, and the bot is silent', async () => {
    const { ticket } = done.change.case
    if (!ticket) throw new Error('there is no ticket')
    const claimed: Case = { ...done.change.case, ticket: { ...ticket, state: 'claimed', owner: 'mia@example.test' } }
    const thought = await say(claimed, 'stop, I want to keep it', { after: 4_000, owner: 'mia@example.test' })
    expect(sent(thought)).toEqual([])
    expect(thought.change.case.ticket).toMatchObject({ state: 'claimed', reasons: [{ rule: 'withdrawn' }, {}] })
  })

  test.each(['thanks', 'how long does it take?', 'ok', 'yes', 'hello'])('`%s` takes nothing back', async (text) => {
    const thought = await say(done.change.case, text, { after: 3_000 })
    const { ticket, deed } = thought.change.case
    expect([ticket?.state, ticket?.reasons[0]?.rule, deed?.dialog]).toEqual([
      'waiting',
      'dialog.cancel-order',
      'cancel-order',
    ])
  })

  test('a ticket that is about something else as well is not closed', async () => {
    const why = { reasons: [{ rule: 'complaints.major', because: 'It is grave.' }], version: content.version }
    const before = openTicket(asked, why, { id: 'e', ticketId: 'T0', due: () => START, now: START - 60_000 })
    const both = await say({ ...before.case, form: FORM }, 'yes')
    const thought = await say(both.change.case, 'wait stop', { after: 3_000 })
    expect(sent(thought)).toEqual([sayings['withdrawn-late']])
    expect(thought.change.case.ticket).toMatchObject({ state: 'waiting', reasons: [{ rule: 'withdrawn' }, {}, {}] })
  })
})

describe('an open form', () => {
  test('is over when a person is asked for, and the ticket says what it still asked for', async () => {
    const form: Form = { dialog: 'cancel-order', values: {}, asking: 'order-number', tries: 0 }
    const thought = await say({ ...asked, form }, 'let me talk to a person', { wantsHuman: true })
    expect(thought.outcome).toBe('escalated')
    expect(thought.change.case.form).toBeUndefined()
    expect(thought.change.case.tried).toContain('Asked for the order number, which was not said.')
  })

  test('is over while an agent has the case', async () => {
    const thought = await say({ ...asked, form: FORM }, 'yes', { owner: 'mia@example.test' })
    expect([sent(thought), thought.change.case.form]).toEqual([[], undefined])
  })

  test('tells whoever does not plainly say yes that a person goes on, and the person that nothing was done', async () => {
    const once = await say({ ...asked, form: FORM }, 'hmm perhaps')
    expect(sent(once)).toEqual([
      expect.stringContaining('Just to be sure: would you like me to cancel the whole of order HL-20950?'),
    ])
    const twice = await say(once.change.case, 'well, only the lamp')
    expect([twice.outcome, twice.change.case.ticket?.team]).toEqual(['escalated', 'orders'])
    expect(twice.reasons[0]?.because).toContain('has not plainly said yes to “Cancelling an order”; nothing was done')
  })

  test('reads back what it has when its confirmation is denied', async () => {
    const thought = await say({ ...asked, form: FORM }, 'nope')
    expect(sent(thought)).toEqual([
      expect.stringMatching(/What should I change\? I have: order number: HL-20950; email: jane@mail\.example\.$/),
    ])
  })
})

describe('the buttons under a private message', () => {
  const buttonsOf = ({ change }: TurnResult) =>
    (change.effects ?? []).map((effect) =>
      effect.do === 'send' && 'quickReplies' in effect.outgoing ? effect.outgoing.quickReplies : undefined,
    )
  const { confirming: _, ...collecting } = FORM
  const values = { email: { value: 'jane@mail.example' } }

  test.each([
    ['the confirmation', { ...collecting, values, asking: 'order-number' }, 'HL-20950'],
    ['the confirmation said again, shorter', FORM, 'hmm perhaps'],
    ['the confirmation after a question in between', FORM, 'how much does delivery cost?'],
  ])('say yes and no under %s', async (_name, form, text) => {
    const thought = await say({ ...asked, form }, text)
    expect([thought.change.case.form?.confirming, buttonsOf(thought)]).toEqual([true, [['Yes', 'No']]])
  })

  test.each([
    ['a question for a value', { ...collecting, values: {}, asking: 'order-number' }, 'jane@mail.example'],
    ['a value that does not fit', { ...collecting, values, asking: 'order-number' }, 'HL-2'],
    ['what to change', FORM, 'nope'],
    ['a moment that is waited for', FORM, 'hang on'],
    ['the end', FORM, 'never mind'],
  ])('are not there under %s', async (_name, form, text) => {
    expect(buttonsOf(await say({ ...asked, form }, text))).toEqual([undefined])
  })

  test.each([
    ['are not read as a yes', { yes: 'Maybe' }],
    ['are not read as a no', { no: 'Yes' }],
    ['are too long', { yes: 'Yes please, go ahead with it' }],
  ])('are left out where their words %s', async (_name, words) => {
    const brand = { ...content.brand, sayings: { ...sayings, ...words } }
    const thought = await say({ ...asked, form: FORM }, 'hmm perhaps', { content: { ...content, brand } })
    expect([sent(thought).length, buttonsOf(thought)]).toEqual([1, [undefined]])
  })

  test.each(content.dialogs.flatMap((dialog) => (dialog.confirm === undefined ? [] : [[dialog.id, dialog] as const])))(
    'are a yes and a no to %s',
    (id, dialog) => {
      const known = Object.fromEntries(dialog.needs.map(({ name }) => [name, { value: 'HL-20950' }]))
      const form = { dialog: id, values: known, confirming: true, tries: 0 }
      const tap = (text: string) =>
        advance(dialog, form, { text, messageId: 'm', signals: [], today: '2026-11-25' }).type
      expect([tap(sayings.yes), tap(sayings.no)]).toEqual(['ready', dialog.needs.length > 0 ? 'change' : 'stopped'])
    },
  )
})

test('whoever has written privately by now is not asked there for what they have just written', async () => {
  const post = waiting('@HarbourLane where is my order?', START, 'public')
  const wants = { intent: 'order-status', intentConfidence: 0.95 }
  const words = [post, waiting('HL-20950, jane@mail.example', START)]
  expect(sent(await hear(asked, [post], wants))).toHaveLength(2)
  expect(sent(await hear(asked, words, wants))).toEqual([expect.stringContaining(sayings['move-to-private'])])
})
