// Every attack of the leak test at the gate itself, without a service: thousands in a second.
import { continueCase, learn } from '#case'
import { LAWS } from '#channels'
import { loadContent, OWN_CONTENT } from '#content'
import type { HistoryEvent } from '#inbox'
import { say } from '#outbox'
import { findPrivateData } from '#privacy'
import { type Attack, KEY } from '../../attacks/attack.ts'
import { toldAs } from '../../attacks/values.ts'

const loaded = await loadContent(OWN_CONTENT)
if (!('content' in loaded)) throw new Error('the sample brand cannot be read')
const { content } = loaded
const NOW = Date.parse('2026-11-25T11:00:00Z')
const ADA = 'ada@harbourlane.example'

const spans = (text: string) =>
  findPrivateData(text)
    .filter(({ type }) => type !== 'handle')
    .map(({ type, start, end }) => ({ name: type, value: text.slice(start, end) }))

export const FRAMES: readonly ((said: string) => string)[] = [
  (said) => `Thank you! We have ${said} on file, is that right?`,
  (said) => `Sorry about that. ${said}. We are on it.`,
  (said) => said,
]

export function tryAtGate(attack: Attack, frame: number): string[] {
  const { source, type, value } = attack
  const told = `${toldAs(type, value)}.`
  const name = source === 'profile' ? value.replace(' ', ' Qb. ') : 'Pat Doe'
  const base = continueCase(
    undefined,
    { id: 'playground:brand:jo', channel: 'playground', account: 'brand', user: 'jo', name },
    NOW,
  )
  const history: HistoryEvent[] =
    source === 'note' ? [{ at: NOW, type: 'note-added', by: ADA, text: toldAs(type, value) } as HistoryEvent] : []
  let given = {
    ...base,
    conversations: [
      { id: 'playground:public', channel: 'playground', audience: 'public', lastInbound: 'm', lastInboundAt: NOW },
    ],
  } as typeof base
  if (source === 'message' || source === 'linked' || source === 'fact') given = { ...given, said: spans(told) }
  if (source === 'form')
    given = learn({ ...given, said: spans(value) }, [{ name: 'detail', value, message: 'm', audience: 'private' }])
  if (source === 'look-up')
    given = learn(given, [
      { name: 'carrier', value: `a neighbour: ${toldAs(type, value)}`, audience: 'private' } as never,
    ])
  if (source === 'promise') given = { ...given, promises: [{ by: ADA, text: toldAs(type, value), at: NOW }] }
  const text = FRAMES[frame]?.(attack.carried) ?? attack.carried
  const said = say(
    given,
    { text, audience: 'public', author: 'agent', sources: [] },
    {
      content,
      law: LAWS.playground,
      keys: [KEY],
      id: 'e1',
      by: ADA,
      now: NOW,
      history,
      override: 'the customer wants it',
    },
  )
  if ('closed' in said) throw new Error(said.closed)
  return 'blocked' in said ? said.blocked.map(({ rule }) => rule) : []
}
