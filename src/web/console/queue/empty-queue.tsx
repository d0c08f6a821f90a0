// What an empty queue shows.
import { Icon } from '../../ui/icon.tsx'
import type { Tab } from './use-tickets.ts'

const WORDS: Record<Tab, readonly [string, string]> = {
  waiting: ['Nobody is waiting', 'When the bot needs a person, the customer appears here.'],
  claimed: ['Nobody is being helped right now', 'Tickets that an agent has claimed appear here.'],
  mine: ['You hold no tickets', 'Open one under Waiting and press “Claim”.'],
  resolved: ['Nothing is resolved yet', 'Finished tickets stay here to look things up.'],
}

type Props = { tab: Tab; searched: string; isNarrowed: boolean; playground: boolean }

/** Says what would be here, and what to do now. */
export function EmptyQueue({ tab, searched, isNarrowed, playground }: Props) {
  if (searched) {
    return (
      <div className="empty">
        <strong>No ticket has “{searched}”</strong>
        <p>Search goes over names, wishes, reasons and channels of this list.</p>
      </div>
    )
  }
  if (isNarrowed) {
    return (
      <div className="empty">
        <strong>Nothing here</strong>
        <p>Choose “All” beside the search to see the whole list.</p>
      </div>
    )
  }
  const [title, more] = WORDS[tab]
  return (
    <div className="empty">
      <Icon name="harbour" />
      <strong>{title}</strong>
      <p>{more}</p>
      {playground && tab === 'waiting' ? (
        <a className="button" href="/playground/" target="_blank" rel="noreferrer">
          Try the playground
        </a>
      ) : null}
    </div>
  )
}
