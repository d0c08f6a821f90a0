// Which part of a list is shown: of a team, of a network, late ones, those put aside. It stands in the address.
import { useDesk } from '../desk-data.tsx'
import { channelName, readable } from '../labels.ts'
import type { Tab } from './use-tickets.ts'

/** Everything but the value of `show` in the address; empty: all of the list. */
export function queryOfShow(show: string, teams: readonly string[]): string {
  const [kind, ...rest] = show.split(':')
  const name = encodeURIComponent(rest.join(':'))
  if (kind === 'team') return `&teams=${name}`
  if (kind === 'channel') return `&channel=${name}`
  if (kind === 'late' || kind === 'snoozed') return `&${kind}=true`
  if (kind === 'my-teams' && teams.length > 0) return `&teams=${teams.map(encodeURIComponent).join(',')}`
  return ''
}

type Props = {
  tab: Tab
  value: string
  channels: readonly string[]
  mine: readonly string[]
  late?: number
  snoozed?: number
  onChange: (show: string) => void
}

export function ShowSelect({ tab, value, channels, mine, late = 0, snoozed = 0, onChange }: Props) {
  const { teams } = useDesk()
  const canBeLate = tab === 'waiting' || tab === 'claimed'
  return (
    <select className="input" aria-label="Show" value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">All</option>
      {mine.length > 0 && tab === 'waiting' ? <option value="my-teams">My teams</option> : null}
      {canBeLate ? <option value="late">Late ({late} in all)</option> : null}
      {tab === 'mine' || tab === 'claimed' ? (
        <option value="snoozed">{tab === 'mine' ? `Put aside (${snoozed})` : 'Put aside'}</option>
      ) : null}
      {tab === 'mine' ? null : (
        <optgroup label="One team">
          {teams.map((team) => (
            <option key={team} value={`team:${team}`}>
              {readable(team)}
            </option>
          ))}
        </optgroup>
      )}
      {channels.length > 1 && tab !== 'mine' ? (
        <optgroup label="One network">
          {channels.map((channel) => (
            <option key={channel} value={`channel:${channel}`}>
              {channelName(channel)}
            </option>
          ))}
        </optgroup>
      ) : null}
    </select>
  )
}
