// The queue page: waiting, claimed, mine, resolved.
import { useRef, useState } from 'react'
import { Input, Label, SearchField, Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { useKeys } from '../../ui/use-shortcut.ts'
import type { TicketSummary, User } from '../api-client.ts'
import { channelName } from '../labels.ts'
import { useLeftTicket } from '../open-next.tsx'
import { go, ticketPath, useRoute } from '../router.tsx'
import { EmptyQueue } from './empty-queue.tsx'
import { NextTicket } from './next-ticket.tsx'
import { QueueRow } from './queue-row.tsx'
import { queryOfShow, ShowSelect } from './show-select.tsx'
import { TABS, useTicketList } from './use-tickets.ts'

const NAMES = { waiting: 'Waiting', claimed: 'Claimed', mine: 'Mine', resolved: 'Resolved' } as const

type Props = { user: User; chosen?: string; playground: boolean; channels: readonly string[] }

export function Queue({ user, chosen, playground, channels }: Props) {
  const { search } = useRoute()
  const tab = TABS.find((one) => one === search.get('tab')) ?? 'waiting'
  const show = search.get('show') ?? ''
  const { tickets, counts, more, loading, problem, retry } = useTicketList(tab, queryOfShow(show, user.teams))
  const [words, setWords] = useState('')
  const box = useRef<HTMLElement>(null)
  const shown = tickets?.filter((ticket) => fits(ticket, words))

  // The list is one stop of the Tab key; arrows go through it.
  const stop = shown?.some(({ id }) => id === chosen) ? chosen : shown?.[0]?.id

  // Whoever claims a ticket of the list keeps its place there, though it leaves the list.
  const place = useRef(0)
  const at = shown?.findIndex(({ id }) => id === chosen) ?? -1
  if (at >= 0) place.current = at
  const step = (by: number) => {
    const rows = [...(box.current?.querySelectorAll<HTMLElement>('.row') ?? [])]
    const current = rows.findIndex((row) => row.ariaCurrent === 'page')
    const focused = rows.indexOf(document.activeElement as HTMLElement)
    const from = focused >= 0 ? focused : current >= 0 ? current : place.current - (by > 0 ? 1 : 0)
    rows[Math.max(0, Math.min(rows.length - 1, from + by))]?.focus()
  }
  /** Opens the ticket after or before the one that is open, or what stands in its place where it has left the list. */
  const open = (by: number) => {
    const next = shown?.[at >= 0 ? at + by : by > 0 ? Math.min(place.current, shown.length - 1) : place.current - 1]
    if (next) go(ticketPath(next.id))
  }
  useLeftTicket((left) => left === chosen && open(1))
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ']': () => open(1),
    '[': () => open(-1),
    '/': () => box.current?.querySelector('input')?.focus(),
  })

  return (
    <section className="queue" aria-label="Queue" ref={box}>
      {chosen ? null : <h1 className="hidden-text">Queue</h1>}
      <Tabs
        className="queue-tabs"
        selectedKey={tab}
        onSelectionChange={(next) => go(`${location.pathname}?tab=${next}`)}
      >
        <TabList aria-label="Queues" className="tabs">
          {TABS.map((one) => (
            <Tab key={one} id={one} className="tab">
              {NAMES[one]} <span className="count numbers">{counts?.[one].toLocaleString('en')}</span>
            </Tab>
          ))}
        </TabList>
        <div className="queue-tools">
          <SearchField value={words} onChange={setWords}>
            <Label className="hidden-text">Search this list</Label>
            <Input className="input" placeholder="Search this list" />
          </SearchField>
          <ShowSelect
            tab={tab}
            value={show}
            channels={channels}
            mine={user.teams}
            late={counts?.late}
            snoozed={counts?.snoozed}
            onChange={(next) => go(`${location.pathname}?tab=${tab}${next ? `&show=${encodeURIComponent(next)}` : ''}`)}
          />
        </div>
        {problem ? (
          <div className="notice danger queue-problem" role="alert">
            <div>
              <p>{problem.message}</p>
              <Act small onPress={retry}>
                Try again
              </Act>
            </div>
          </div>
        ) : null}
        <TabPanel id={tab} className="queue-list">
          {shown === undefined ? (
            problem ? null : (
              <p className="queue-loading">Loading…</p>
            )
          ) : shown.length === 0 ? (
            <EmptyQueue tab={tab} searched={words} isNarrowed={show !== ''} playground={playground} />
          ) : (
            <ul onKeyDown={(event) => arrow(event.key, step) && event.preventDefault()}>
              {shown.map((ticket) => (
                <li key={ticket.id}>
                  <QueueRow
                    ticket={ticket}
                    me={user.email}
                    current={ticket.id === chosen}
                    tabIndex={ticket.id === stop ? 0 : -1}
                  />
                </li>
              ))}
            </ul>
          )}
          {more && tickets ? (
            <div className="queue-more">
              <Act small look="quiet" isPending={loading} onPress={more}>
                Show more
              </Act>
              <span className="numbers">
                {tickets.length.toLocaleString('en')}
                {show ? '' : ` of ${counts?.[tab].toLocaleString('en')}`}
              </span>
            </div>
          ) : null}
        </TabPanel>
      </Tabs>
      <div className="queue-foot">
        <NextTicket />
        <span className="desktop-only queue-keys">
          <kbd>?</kbd> shows all keys
        </span>
      </div>
    </section>
  )
}

function fits({ id, customer, team, wants, because, owner, tags }: TicketSummary, words: string): boolean {
  const names = [id, customer.name, customer.handle, channelName(customer.channel), owner]
  const text = [...names, team, wants, because, ...tags].join(' ')
  const there = text.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => there.includes(word))
}

function arrow(key: string, step: (by: number) => void): boolean {
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return false
  step(key === 'ArrowDown' ? 1 : -1)
  return true
}
