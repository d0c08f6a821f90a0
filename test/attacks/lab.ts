// Every attack of the leak test at the gate itself, without a service. `knows`: whether anybody has told us the value.

import { loadContent, OWN_CONTENT } from '#content/load'
import { CAPABILITIES, continueCase, type HistoryEvent, withFacts } from '#domain'
import { fingerprintForms } from '#gate'
import { findPrivateData } from '#privacy'
import { composeReply } from '#reply'
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

const told = ({ type, value }: Attack) => `${toldAs(type, value)}.`

export const FRAMES: readonly ((said: string) => string)[] = [
  (said) => `Thank you! We have ${said} on file, is that right?`,
  (said) => `Sorry about that. ${said}. We are on it.`,
  (said) => said,
]

export async function tryAtGate(attack: Attack, frame: number, { knows = true } = {}): Promise<string[]> {
  const { type, value } = attack
  const source = knows ? attack.source : 'other customer'
  const others = new Set(knows && source === 'other customer' ? spans(told(attack)).flatMap(fingerprintForms) : [])
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
  if (source === 'message' || source === 'linked' || source === 'fact') given = { ...given, said: spans(told(attack)) }
  if (source === 'form')
    given = withFacts({ ...given, said: spans(value) }, [{ name: 'detail', value, message: 'm', audience: 'private' }])
  if (source === 'look-up')
    given = withFacts(given, [
      { name: 'carrier', value: `a neighbour: ${toldAs(type, value)}`, audience: 'private' } as never,
    ])
  if (source === 'promise') given = { ...given, promises: [{ by: ADA, text: toldAs(type, value), at: NOW }] }
  const text = FRAMES[frame]?.(attack.carried) ?? attack.carried
  const said = await composeReply(
    given,
    { text, audience: 'public', author: 'agent', sources: [] },
    {
      content,
      law: CAPABILITIES.playground,
      keys: knows ? [KEY] : [],
      recognise: async (_, forms) => forms.filter((form) => others.has(form)),
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
