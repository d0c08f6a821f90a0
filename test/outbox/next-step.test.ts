// What follows an answer of the network, and a look for a lost send: a table, without a network.
import { describe, expect, test } from '@jest/globals'
import type { FoundSend } from '#channels'
import type { Sent } from '#domain'
import {
  type AttemptState,
  type DoubtState,
  type NextStep,
  nextStep,
  nextStepAfterLook,
  type StepAfterLook,
} from '../../src/outbox/next-step.ts'
import { ATTEMPTS, TIMING } from '../../src/outbox/retry-policy.ts'

const sent = { state: 'sent', platformId: 'p1' } as const
const limit = { of: 'account', forMs: 90_000 } as const
const away: Sent = { state: 'unreachable', reason: 'it answered 503' }
const full: Sent = { state: 'unreachable', reason: 'it answered 429', limit }
const lost: Sent = { state: 'in-doubt', reason: 'no answer came' }
const first: AttemptState = { tries: 1, resent: 0, isRepeatable: false, isCut: false, isOverdue: false }
const last = { tries: ATTEMPTS }

const finish = { type: 'finish', sent } as const
const retry = (because: string, limitMs = 0) => ({ type: 'retry', because, limitMs }) as const
const giveUp = (because: string) => ({ type: 'give-up', because }) as const

const ANSWERS: readonly (readonly [title: string, answer: Sent, attempt: Partial<AttemptState>, step: NextStep])[] = [
  ['what was sent is finished', sent, {}, finish],
  ['what was sent is finished, however many tries it took', sent, { ...last, isCut: true, isOverdue: true }, finish],
  ['a network that is away is tried again', away, {}, retry('it answered 503')],
  ['the last try of all gives up', away, last, giveUp(`it answered 503; given up after ${ATTEMPTS} tries`)],
  ['a limit is waited for', full, {}, retry('it answered 429', 90_000)],
  ['a limit uses up no tries', full, last, retry('it answered 429', 90_000)],
  [
    'a limit uses up tries once nobody wants the answer',
    full,
    { ...last, isOverdue: true },
    giveUp(`it answered 429; given up after ${ATTEMPTS} tries`),
  ],
  ['an overdue message has its tries left', full, { isOverdue: true }, retry('it answered 429', 90_000)],
  ['a lost answer is a doubt', lost, {}, { type: 'doubt', because: 'no answer came', over: true }],
  [
    'a call that we cut may still arrive',
    lost,
    { isCut: true },
    { type: 'doubt', because: 'no answer came', over: false },
  ],
  [
    'a lost answer of the last try is a doubt as well',
    lost,
    last,
    { type: 'doubt', because: 'no answer came', over: true },
  ],
  ['what may be repeated is repeated', lost, { isRepeatable: true }, retry('no answer came')],
  [
    'what may be repeated is given up in the end',
    lost,
    { ...last, isRepeatable: true },
    giveUp(`no answer came; given up after ${ATTEMPTS} tries`),
  ],
  ['a refusal is final', { state: 'refused', reason: 'the post is gone' }, {}, giveUp('the post is gone')],
  [
    'a refusal says what could be done instead',
    { state: 'refused', reason: 'the window is closed', instead: 'call the customer' },
    {},
    giveUp('the window is closed; call the customer'),
  ],
  [
    'a duplicate of a first send is somebody else’s',
    { state: 'refused', reason: 'a duplicate', repeated: true },
    {},
    giveUp('a duplicate'),
  ],
  [
    'a duplicate of a repeated send is looked for',
    { state: 'refused', reason: 'a duplicate', repeated: true },
    { resent: 1 },
    { type: 'find' },
  ],
]

describe('after an answer of the network:', () => {
  test.each(ANSWERS)('%s', (_title, answer, attempt, step) => {
    expect(nextStep({ ...first, ...attempt }, answer)).toEqual(step)
  })
})

const timing = { ...TIMING, looks: [100, 300, 1000] } as const
const gone: FoundSend = { state: 'absent' }
const unread: FoundSend = { state: 'unknown', reason: 'it answered 500' }
const passing: FoundSend = { ...unread, passing: true }
const begun: DoubtState = { looks: 0, resent: 0, isPublic: true, isStopping: false }
const look = (inMs: number, over: boolean) => ({ type: 'look', inMs, over }) as const
/** After the last of the regular looks. */
const ended = { looks: timing.looks.length - 1 }

const LOOKS: readonly (readonly [title: string, found: FoundSend, doubt: Partial<DoubtState>, step: StepAfterLook])[] =
  [
    ['what is found is finished', { state: 'found', sent }, {}, finish],
    ['what is found while we stop is finished', { state: 'found', sent }, { isStopping: true }, finish],
    ['what is not there yet is looked for again', gone, {}, look(200, false)],
    ['the call is over by the last regular look', gone, { looks: 1 }, look(700, false)],
    ['a look that we broke off says nothing', unread, { isStopping: true }, { type: 'wait' }],
    ['an absence counts although we stop', gone, { ...ended, isStopping: true }, { type: 'resend' }],
    ['what is never found is sent again', gone, ended, { type: 'resend' }],
    [
      'a public reply is sent twice at most',
      gone,
      { ...ended, resent: 1 },
      giveUp('it was sent twice, and we find it neither time'),
    ],
    ['a private message may be sent again', gone, { ...ended, resent: 1, isPublic: false }, { type: 'resend' }],
    [
      'a network that cannot be read goes to a person',
      unread,
      ended,
      giveUp('we cannot tell whether it arrived: it answered 500'),
    ],
    ['a network that is away is given longer', passing, ended, look(2000, true)],
    [
      'a network that stays away goes to a person',
      passing,
      { looks: 20 },
      giveUp('we cannot tell whether it arrived: it answered 500'),
    ],
  ]

describe('after a look for a lost send:', () => {
  test.each(LOOKS)('%s', (_title, found, doubt, step) => {
    expect(nextStepAfterLook({ ...begun, ...doubt }, found, timing)).toEqual(step)
  })
})
