// Says whether I am on duty; colleagues see it where they transfer.
import { useEffect, useState } from 'react'
import { ask } from '../api-client.ts'
import { useLive } from '../event-stream.tsx'

const STATES = [
  ['on-duty', 'On duty'],
  ['break', 'On a break'],
  ['off-duty', 'Off duty'],
] as const
type State = (typeof STATES)[number][0]

export function PresenceSwitch() {
  const [state, setState] = useState<State>()
  const read = () => {
    ask<{ presence: State }>('GET', '/api/session').then(
      ({ presence }) => setState(presence),
      () => {},
    )
  }
  useEffect(read, [])
  useLive((event) => event === 'connected' && read())
  const say = (next: State) => {
    setState(next)
    ask('PUT', '/api/session/presence', { presence: next }).catch(read)
  }
  if (!state) return null
  return (
    <select
      className={`presence ${state}`}
      aria-label="Whether I am on duty"
      value={state}
      onChange={(event) => say(STATES.find(([name]) => name === event.target.value)?.[0] ?? 'off-duty')}
    >
      {STATES.map(([name, title]) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
    </select>
  )
}
