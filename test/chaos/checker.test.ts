// The checker, told of histories made by hand: one in which every promise was kept, and one for each way to break one.
import { expect, test } from '@jest/globals'
import type { Case, HistoryEvent, Message } from '#domain'
import { check, type Violation } from '../../chaos/check.ts'
import type { Act, History, Kept, Said, Seen } from '../../chaos/record.ts'
import { storyOf } from '../../chaos/story.ts'

const KIM = 'x:us:7'
const AGENT = 'amira@example.com'
const BEN = 'ben@example.com'
const LEAD = 'lea@example.com'
const conversation = { id: 'x:us:post:1', channel: 'x', audience: 'public' } as const

const said = (n: number, more: Partial<Said> = {}): Said => ({
  id: `x:${n}`,
  network: 'x',
  audience: 'public',
  user: '7',
  text: `question ${n}`,
  secrets: ['HL-20419'],
  sentAt: 1000 * n,
  ackedAt: 1000 * n + 10,
  ...more,
})
const seen = (n: number, more: Partial<Seen> = {}): Seen => ({
  id: `90${n}`,
  at: 1000 * n + 500,
  network: 'x',
  audience: 'public',
  to: `x:${n}`,
  text: `answer ${n}`,
  ...more,
})
const message = (n: number): Message => ({
  id: `x:${n}`,
  conversation,
  author: '7',
  authorKind: 'customer',
  text: `question ${n}`,
  at: 1000 * n,
})
const received = (n: number): HistoryEvent => ({ at: 1000 * n + 5, type: 'message-received', message: message(n) })
const queued = (n: number, by = 'bot'): HistoryEvent => ({
  at: 1000 * n + 300,
  type: 'message-queued',
  effect: `e${n}`,
  sources: [],
  message: {
    ...message(n),
    id: `effect:e${n}`,
    authorKind: by === 'bot' ? 'bot' : 'agent',
    author: by,
    text: `answer ${n}`,
    replyTo: `x:${n}`,
  },
})
const taken = (ns: readonly number[], outcome = 'answered' as const): HistoryEvent => ({
  at: 1000 * (ns.at(-1) ?? 0) + 300,
  type: 'turn-taken',
  messages: ns.map((n) => `x:${n}`),
  outcome,
  reasons: [],
  version: 'v',
})
const sent = (n: number): HistoryEvent => ({
  at: 1000 * n + 600,
  type: 'effect-sent',
  effect: `e${n}`,
  detail: `90${n}`,
})
const ticketEvent = (
  type: 'ticket-opened' | 'ticket-claimed' | 'ticket-returned' | 'ticket-transferred' | 'ticket-reopened',
  at: number,
  by?: string,
  to?: string,
): HistoryEvent => ({
  at,
  type,
  ticket: 'T-1',
  ...(by ? { by } : {}),
  ...(to ? { to } : {}),
})
const withTicket = (state: 'waiting' | 'claimed' | 'resolved', rule = 'asked'): Pick<Kept, 'case'> => ({
  case: { ticket: { id: 'T-1', state, reasons: [{ rule, because: '' }] }, past: [] } as unknown as Case,
})
const act = (what: Act['what'], askedAt: number, more: Partial<Act> = {}): Act => ({
  agent: AGENT,
  what,
  ticket: 'T-1',
  customer: KIM,
  askedAt,
  answeredAt: askedAt + 20,
  status: 200,
  ...more,
})
const kept = (more: Partial<Kept> = {}): Kept => ({
  id: KIM,
  owner: 'bot',
  epoch: 0,
  mailbox: [],
  history: [1, 2].flatMap((n) => [received(n), taken([n]), queued(n), sent(n)]),
  effects: { e1: 'sent', e2: 'sent' },
  outbox: [],
  ...more,
})
type Change = Partial<Omit<History, 'store'>> & {
  readonly kept?: Partial<Kept>
  readonly others?: readonly Kept[]
  readonly open?: readonly string[]
}
const history = ({ kept: customer, others = [], open = [], ...more }: Change = {}): History => ({
  said: [said(1), said(2)],
  seen: [seen(1), seen(2)],
  acts: [],
  inboxWords: [],
  store: { customers: [kept(customer), ...others], open, resolved: [] },
  ...more,
})
const events = (...list: readonly (HistoryEvent | readonly HistoryEvent[])[]) => ({
  history: list.flat() as HistoryEvent[],
})
const merging = (type: 'ticket-merged' | 'ticket-split', at: number, detail: string): HistoryEvent => ({
  ...{ at, type, ticket: 'T-1', by: BEN, detail },
})
/** Kim's ticket is in that of Lou, which Ben holds and which knows of it unless told otherwise. */
const inAnother = (state: 'claimed' | 'resolved' = 'claimed'): Pick<Kept, 'case' | 'owner'> => ({
  owner: 'T-2',
  case: {
    ticket: {
      id: 'T-1',
      state,
      unread: 0,
      reasons: [],
      merged: { into: 'T-2', by: BEN, at: 1650, was: { state: 'waiting' } },
    },
    past: [],
  } as unknown as Case,
})
const lou = (parts = [{ ticket: 'T-1', heard: 0, reasons: 0 }], state = 'claimed'): Kept => ({
  ...kept({
    effects: {},
    history: [
      { at: 1600, type: 'ticket-claimed', ticket: 'T-2', by: BEN },
      ...(state === 'resolved' ? [{ at: 1710, type: 'ticket-resolved', ticket: 'T-2', by: BEN } as const] : []),
    ],
  }),
  id: 'x:us:8',
  owner: BEN,
  case: { ticket: { id: 'T-2', state, unread: 0, reasons: [], parts }, past: [] } as unknown as Case,
})
const first = [received(1), taken([1]), queued(1), sent(1)]

test('two questions, each answered once and in order, break nothing', () => {
  expect(check(history())).toEqual([])
})

const KEPT: readonly [string, Change][] = [
  [
    'one reply to two messages of one turn',
    {
      seen: [seen(2)],
      kept: { ...events(received(1), received(2), taken([1, 2]), queued(2), sent(2)), effects: { e2: 'sent' } },
    },
  ],
  [
    'a reply in doubt that a person is told of',
    {
      seen: [seen(1)],
      open: ['T-1'],
      kept: {
        ...events(first, received(2), taken([2]), queued(2)),
        effects: { e1: 'sent', e2: 'in-doubt' },
        ...withTicket('waiting', 'send-failed'),
      },
    },
  ],
  [
    'a reply in doubt that arrived after all',
    { open: ['T-1'], kept: { effects: { e1: 'sent', e2: 'in-doubt' }, ...withTicket('waiting', 'send-failed') } },
  ],
  [
    'a reply that gave way to a claim',
    {
      seen: [seen(1)],
      open: ['T-1'],
      acts: [act('claim', 2310)],
      kept: {
        ...events(
          first,
          received(2),
          taken([2]),
          queued(2),
          ticketEvent('ticket-opened', 2300),
          ticketEvent('ticket-claimed', 2320, AGENT),
        ),
        effects: { e1: 'sent', e2: 'suppressed' },
        ...withTicket('claimed'),
      },
    },
  ],
  [
    'a message that was never acknowledged and never came',
    { said: [said(1), said(2), { ...said(3), ackedAt: undefined } as unknown as Said] },
  ],
  [
    'a message that its author took back before its turn',
    { said: [said(1), said(2), said(3, { changed: true })], kept: { ...events(kept().history, received(3)) } },
  ],
  [
    'a bot that speaks again after the case was returned',
    {
      acts: [act('claim', 1700), act('return', 2100)],
      kept: {
        ...events(
          first,
          ticketEvent('ticket-opened', 1650),
          ticketEvent('ticket-claimed', 1710, AGENT),
          ticketEvent('ticket-returned', 2110, AGENT),
          received(2),
          taken([2]),
          queued(2),
          sent(2),
        ),
        ...withTicket('resolved'),
      },
    },
  ],
  [
    'a ticket that its holder hands to a colleague, who answers, and that a supervisor takes over from them',
    {
      lead: LEAD,
      open: ['T-1'],
      acts: [act('claim', 1700), act('transfer', 1800, { to: BEN }), act('transfer', 3000, { agent: LEAD, to: LEAD })],
      kept: {
        ...events(
          first,
          ticketEvent('ticket-opened', 1650),
          ticketEvent('ticket-claimed', 1710, AGENT),
          ticketEvent('ticket-transferred', 1810, AGENT, BEN),
          received(2),
          { ...taken([2]), outcome: 'escalated' } as HistoryEvent,
          queued(2, BEN),
          sent(2),
          ticketEvent('ticket-transferred', 3010, LEAD, LEAD),
        ),
        ...withTicket('claimed'),
      },
    },
  ],
  [
    'a ticket that is merged into another and answered by whoever holds that one',
    {
      open: ['T-2'],
      others: [lou()],
      acts: [act('merge', 1640, { agent: BEN })],
      kept: {
        ...events(
          first,
          ticketEvent('ticket-opened', 1630),
          merging('ticket-merged', 1650, 'into T-2'),
          received(2),
          { ...taken([2]), outcome: 'escalated' } as HistoryEvent,
          queued(2, BEN),
          sent(2),
        ),
        ...inAnother(),
      },
    },
  ],
  [
    'a bot that speaks again once the ticket that it was merged into is resolved',
    {
      others: [lou(undefined, 'resolved')],
      acts: [
        act('merge', 1640, { agent: BEN }),
        act('resolve', 1700, { agent: BEN, ticket: 'T-2', customer: 'x:us:8' }),
      ],
      kept: {
        ...events(
          first,
          ticketEvent('ticket-opened', 1630),
          merging('ticket-merged', 1650, 'into T-2'),
          { at: 1710, type: 'ticket-resolved', ticket: 'T-1', by: BEN, detail: 'with T-2' },
          received(2),
          taken([2]),
          queued(2),
          sent(2),
        ),
        ...inAnother('resolved'),
        owner: 'bot',
      },
    },
  ],
]
test.each(KEPT)('%s breaks nothing', (_, change) => {
  expect(check(history(change))).toEqual([])
})

const BROKEN: readonly [Violation['kind'], string, Change][] = [
  ['lost', 'an acknowledged message that is nowhere', { said: [said(1), said(2), said(3)] }],
  ['lost', 'a reply recorded as sent that nobody has seen', { seen: [seen(1)] }],
  ['lost', 'a reply that never ended', { seen: [seen(1)], kept: { effects: { e1: 'sent', e2: 'started' } } }],
  [
    'lost',
    'a reply suppressed though nobody claimed',
    { seen: [seen(1)], kept: { effects: { e1: 'sent', e2: 'suppressed' } } },
  ],
  [
    'lost',
    'an answer that says nothing',
    { seen: [seen(1)], kept: { ...events(first, received(2), taken([2])), effects: { e1: 'sent' } } },
  ],
  [
    'without-outcome',
    'a message that no turn took',
    { seen: [seen(1)], kept: { ...events(first, received(2)), effects: { e1: 'sent' } } },
  ],
  ['without-outcome', 'a message that still waits', { kept: { mailbox: ['x:2'] } }],
  ['doubled', 'a reply seen twice', { seen: [seen(1), seen(2), seen(2, { id: '999' })] }],
  ['doubled', 'a reply that nobody decided', { seen: [seen(1), seen(2), seen(2, { id: '999', text: 'made up' })] }],
  [
    'doubled',
    'a message in two turns',
    { kept: { ...events(first, received(2), taken([2]), queued(2), sent(2), taken([2])) } },
  ],
  [
    'doubled',
    'a message taken in twice',
    { kept: { ...events(first, received(2), received(2), taken([2]), queued(2), sent(2)) } },
  ],
  ['out-of-order', 'replies that overtook each other', { seen: [seen(2), seen(1)] }],
  [
    'out-of-order',
    'turns that overtook each other',
    {
      kept: { ...events(received(1), received(2), taken([2]), queued(2), sent(2), taken([1]), queued(1), sent(1)) },
      seen: [seen(2), seen(1)],
    },
  ],
  [
    'out-of-order',
    'messages kept in another order than they were acknowledged',
    { kept: { ...events(received(2), taken([2]), queued(2), sent(2), first) }, seen: [seen(2), seen(1)] },
  ],
  [
    'talked-over',
    'a bot that speaks while a person has the case',
    {
      acts: [act('claim', 1700)],
      open: ['T-1'],
      kept: {
        ...events(
          first,
          ticketEvent('ticket-opened', 1650),
          ticketEvent('ticket-claimed', 1710, AGENT),
          received(2),
          taken([2]),
          queued(2),
          sent(2),
        ),
        ...withTicket('claimed'),
      },
    },
  ],
  [
    'talked-over',
    'a bot that speaks after somebody answered in the network’s own inbox',
    { inboxWords: [{ network: 'x', user: '7', ackedAt: 1700 }] },
  ],
  [
    'talked-over',
    'a bot that speaks to whoever’s ticket was merged into another',
    {
      open: ['T-2'],
      others: [lou()],
      acts: [act('merge', 1640, { agent: BEN })],
      kept: {
        ...events(
          first,
          ticketEvent('ticket-opened', 1630),
          merging('ticket-merged', 1650, 'into T-2'),
          received(2),
          taken([2]),
          queued(2),
          sent(2),
        ),
        ...inAnother(),
      },
    },
  ],
  ...(
    [
      ['ticket-lost', 'a ticket merged into one that is resolved', [lou(undefined, 'resolved')], []],
      ['ticket-lost', 'a ticket merged into one that does not know of it', [lou([])], ['T-2']],
      [
        'ticket-lost',
        'a merged ticket whose messages did not arrive',
        [lou([{ ticket: 'T-1', heard: 3, reasons: 0 }])],
        ['T-2'],
      ],
      ['ticket-lost', 'a ticket merged into nothing', [], []],
      ['ticket-doubled', 'a merged ticket that is listed beside the other', [lou()], ['T-1', 'T-2']],
    ] as const
  ).map(([kind, name, others, open]): [Violation['kind'], string, Change] => [
    kind,
    name,
    {
      others,
      open,
      kept: {
        ...events(kept().history, ticketEvent('ticket-opened', 2630), merging('ticket-merged', 2650, 'into T-2')),
        ...inAnother(),
      },
    },
  ]),
  [
    'ticket-doubled',
    'a ticket that holds one which is not merged into it',
    {
      open: ['T-1', 'T-2'],
      others: [lou()],
      kept: { ...events(kept().history, ticketEvent('ticket-opened', 2700)), ...withTicket('waiting') },
    },
  ],
  [
    'ticket-doubled',
    'somebody who answers a merged ticket and never held the other',
    {
      open: ['T-2'],
      others: [lou()],
      kept: {
        ...events(
          first,
          ticketEvent('ticket-opened', 1630),
          merging('ticket-merged', 1650, 'into T-2'),
          received(2),
          { ...taken([2]), outcome: 'escalated' } as HistoryEvent,
          queued(2, AGENT),
          sent(2),
        ),
        ...inAnother(),
      },
    },
  ],
  [
    'ticket-lost',
    'an escalation without a ticket',
    {
      seen: [seen(1)],
      kept: {
        ...events(first, received(2), { ...taken([2]), outcome: 'escalated' } as HistoryEvent),
        effects: { e1: 'sent' },
      },
    },
  ],
  [
    'ticket-lost',
    'a ticket in no list',
    { kept: { ...events(kept().history, ticketEvent('ticket-opened', 2700)), ...withTicket('waiting') } },
  ],
  [
    'ticket-lost',
    'a refused reply that nobody is told of',
    {
      seen: [seen(1)],
      kept: { ...events(first, received(2), taken([2]), queued(2)), effects: { e1: 'sent', e2: 'refused' } },
    },
  ],
  [
    'ticket-lost',
    'a claim that was acknowledged and is not recorded',
    {
      acts: [act('claim', 2700)],
      open: ['T-1'],
      kept: { ...events(kept().history, ticketEvent('ticket-opened', 2690)), ...withTicket('waiting') },
    },
  ],
  [
    'ticket-lost',
    'a person’s reply that was acknowledged and is not there',
    { acts: [act('reply', 2700, { text: 'Amira here' })] },
  ],
  [
    'ticket-doubled',
    'a ticket given to two people',
    {
      open: ['T-1'],
      acts: [act('claim', 2700), act('claim', 2710, { agent: 'ben@example.com' })],
      kept: {
        ...events(
          kept().history,
          ticketEvent('ticket-opened', 2690),
          ticketEvent('ticket-claimed', 2705, AGENT),
          ticketEvent('ticket-claimed', 2715, 'ben@example.com'),
        ),
        ...withTicket('claimed'),
      },
    },
  ],
  [
    'ticket-doubled',
    'a second ticket while one is open',
    {
      open: ['T-1'],
      kept: {
        ...events(kept().history, ticketEvent('ticket-opened', 2690), {
          at: 2695,
          type: 'ticket-opened',
          ticket: 'T-2',
        }),
        ...withTicket('waiting'),
      },
    },
  ],
  [
    'talked-over',
    'a bot that speaks once a ticket was handed to a colleague',
    {
      open: ['T-1'],
      acts: [act('transfer', 1700, { to: BEN })],
      kept: {
        ...events(
          first,
          ticketEvent('ticket-opened', 1650),
          ticketEvent('ticket-transferred', 1710, AGENT, BEN),
          received(2),
          taken([2]),
          queued(2),
          sent(2),
        ),
        ...withTicket('claimed'),
      },
    },
  ],
  [
    'ticket-doubled',
    'words of somebody who had handed the ticket on',
    {
      open: ['T-1'],
      acts: [act('claim', 1700), act('transfer', 1800, { to: BEN })],
      kept: {
        ...events(
          first,
          ticketEvent('ticket-opened', 1650),
          ticketEvent('ticket-claimed', 1710, AGENT),
          ticketEvent('ticket-transferred', 1810, AGENT, BEN),
          received(2),
          { ...taken([2]), outcome: 'escalated' } as HistoryEvent,
          queued(2, AGENT),
          sent(2),
        ),
        ...withTicket('claimed'),
      },
    },
  ],
  [
    'ticket-doubled',
    'a ticket that somebody hands on who does not hold it',
    {
      lead: LEAD,
      open: ['T-1'],
      acts: [act('claim', 2700), act('transfer', 2800, { agent: BEN, to: BEN })],
      kept: {
        ...events(
          kept().history,
          ticketEvent('ticket-opened', 2690),
          ticketEvent('ticket-claimed', 2705, AGENT),
          ticketEvent('ticket-transferred', 2810, BEN, BEN),
        ),
        ...withTicket('claimed'),
      },
    },
  ],
  [
    'ticket-doubled',
    'a ticket reopened while another is open',
    {
      open: ['T-1'],
      kept: {
        ...events(kept().history, ticketEvent('ticket-opened', 2690), ticketEvent('ticket-reopened', 2700, AGENT)),
        ...withTicket('claimed'),
      },
    },
  ],
  ['ticket-doubled', 'a listed ticket that no case has', { open: ['T-9'] }],
  [
    'private-in-public',
    'a post that shows what the customer wants kept private',
    { seen: [seen(1), seen(2, { text: 'answer about HL-20419' })] },
  ],
]
test.each(BROKEN)('%s: %s', (kind, _, change) => {
  expect(check(history(change)).map((violation) => violation.kind)).toContain(kind)
})

test('the story of a customer tells all sides in the order of time', () => {
  const told = storyOf(history(), KIM).split('\n')
  const at = (words: string) => told.findIndex((line) => line.includes(words))
  expect(at('customer  x:1')).toBeGreaterThan(0)
  const steps = [
    'customer  x:1',
    'received x:1',
    'x:1 acknowledged',
    'turn of x:1',
    'queued e1',
    'network   901',
    'effect-sent',
  ]
  expect(steps.map(at)).toEqual(steps.map(at).toSorted((a, b) => a - b))
})
