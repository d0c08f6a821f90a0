// Whoever shows private data in public is told to delete it, whatever rule decides.
import { expect, test } from '@jest/globals'
import { loadContent, OWN_CONTENT } from '#content/load'
import type { ChannelName, Customer, PendingMessage, Understanding } from '#domain'
import { findPrivateData } from '#privacy'
import { takeTurn } from '#turn'
import { turnContextOf } from '../setup/turn-context.ts'

const loaded = await loadContent(OWN_CONTENT)
if (!('content' in loaded)) throw new Error('the sample brand cannot be read')
const { content } = loaded
const NOW = Date.parse('2026-11-25T22:00:00Z')
const POST = 'good evening, is anybody looking into this? I live at 3 Heron Way, Ludlow SY8 1AA, phone 07700 900461'
const WARNING = /safest to delete it/

async function post(heard: Partial<Understanding>, channel: ChannelName = 'playground') {
  const customer: Customer = { id: `${channel}:brand:jane`, channel, account: 'brand', user: 'jane' }
  const conversation = { id: `${channel}:brand:post`, channel, audience: 'public' } as const
  const message = {
    id: `${channel}:m1`,
    conversation,
    author: 'jane',
    authorKind: 'customer',
    text: POST,
    at: NOW,
  } as const
  const waiting: PendingMessage[] = [{ message, customer, receivedAt: NOW, directed: true }]
  const understanding: Understanding = {
    ...{ intent: 'none', intentConfidence: 0, topic: 'none', complaint: 'none', sentiment: 0, urgency: 0 },
    ...{ language: 'en', signals: [], wantsHuman: false, privateData: findPrivateData(POST), ...heard },
  }
  const history = [{ at: NOW, type: 'message-received', message } as const]
  const { change, outcome } = await takeTurn(turnContextOf(content, NOW, understanding), {
    customer: customer.id,
    version: '1',
    epoch: 1,
    owner: 'bot',
    case: undefined,
    waiting,
    history,
  })
  const texts = (change.effects ?? []).flatMap((effect) =>
    effect.do === 'send' && 'text' in effect.outgoing && effect.outgoing.type === 'public-reply'
      ? [effect.outgoing.text]
      : [],
  )
  return { outcome, texts }
}

test.each<[string, Partial<Understanding>, string, RegExp]>([
  ['nothing else', {}, 'moved-to-private', /private message/],
  [
    'a greeting with a question that nobody can answer',
    { signals: ['greeting', 'question'] },
    'escalated',
    /tomorrow at 08:00/,
  ],
  ['a wish for a person', { wantsHuman: true }, 'escalated', /tomorrow at 08:00/],
  ['danger', { signals: ['safety'], complaint: 'major' }, 'escalated', /keep everybody away/],
  ['another language', { language: 'de' }, 'escalated', /only answer in English/],
  ['talk that is left alone', { signals: ['chatter'] }, 'moved-to-private', /private message/],
])('beside %s', async (_, heard, outcome, also) => {
  for (const channel of ['playground', 'x'] as const) {
    const said = await post(heard, channel)
    expect(said).toEqual({ outcome, texts: [expect.stringMatching(WARNING)] })
    expect(said.texts[0]).toMatch(also)
    expect(said.texts[0]).not.toMatch(/Heron|07700|SY8/)
  }
})
